"""What a stage leaves on disk: Parquet frames and one small JSON manifest, which names the hash of each.

A stage is built aside and takes its place whole, by a rename: a reader sees the earlier result or the new
one, and of a run that is killed half-way nothing counts.
"""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from reports.atomic_write import atomic_write
from vocabulary.errors import ConfigError
from vocabulary.file_hash import file_hash
from vocabulary.findings import no_findings

MANIFEST = "stage.json"
FRAMES = "frames"
"""Of a manifest: each file that the stage left, to its hash."""

STANDS_ON, RUN, ENTRY = "stands_on", "run", "entry"
"""Of a manifest: the `inputs` of the stage before it; the run that made it; of a load, its entry in the
ledger. What was made of what, and by whom, is told by these and not by moments: a clock may be set back."""

ASIDE, OLD = ".part-", ".old-"
"""In the names of folders that are built or thrown away; what is left of them belongs to a run that was
killed."""

_HASHES: dict[tuple[int, ...], str] = {}
"""Device, number, length and moment of a file to its hash: what this process wrote or saw it reads once."""


def aside(folder: Path) -> Path:
    """Where this process builds the stage that is to lie at `folder`."""
    return folder.with_name(f"{folder.name}{ASIDE}{os.getpid()}")


def start_stage(folder: Path) -> Path:
    """An empty folder beside `folder`, to be filled and then put in its place."""
    made = aside(folder)
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    return made


def commit_stage(made: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """Write the manifest of what `start_stage` gave, and put it in its place: from now on the stage counts as
    run. Gives the manifest as it stands there."""
    frames = {name: _hash(path) for name, path in _files(made)}
    write_json(made / MANIFEST, {**manifest, FRAMES: frames})
    place_stage(made)
    return {**manifest, FRAMES: frames}


def place_stage(made: Path) -> None:
    """Put what `start_stage` gave in its place, in which an earlier one may lie."""
    folder = made.with_name(made.name.rpartition(ASIDE)[0])
    old = _thrown_away(folder)
    if folder.exists():
        folder.rename(old)
    made.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _thrown_away(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}{OLD}{os.getpid()}")


def forget_stage(folder: Path) -> None:
    """Nothing is left of the stage: an earlier result must not be taken for that of a run that fails. It goes
    whole: who is killed meanwhile leaves no half of it."""
    old = _thrown_away(folder)
    if folder.exists():
        folder.rename(old)
    shutil.rmtree(old, ignore_errors=True)


def is_of_load(held: dict[str, Any] | None, account: dict[str, Any]) -> bool:
    """What is `held` of a load or a proof, if anything, speaks of the load of `account`."""
    return held is not None and held.get(ENTRY) == account.get(ENTRY)


def clear_leftovers(folders: Iterable[Path]) -> None:
    """Remove from `folders` what killed runs left beside stages. For who writes there alone."""
    for folder in folders:
        for sign in (ASIDE, OLD):
            for left in folder.glob(f"*{sign}*"):
                shutil.rmtree(left, ignore_errors=True)


def require_whole(folders: Iterable[Path]) -> None:
    """The stages in `folders`, as far as they ran, are as they were left. Each file is read once a process.

    A stage that is not counts as not run from now on.

    Raises:
        ConfigError: names the first file that is another, gone, or nobody's.
    """
    changed: list[Path] = []
    for folder in folders:
        frames: dict[str, str] | None = (read_manifest(folder) or {}).get(FRAMES)
        if frames is not None and (found := _changed(folder, frames)):
            (folder / MANIFEST).unlink()
            changed += found
    if changed:
        raise ConfigError(
            f"{changed[0]} is not as the program left it. `day1 run` makes it again, and what stands on it."
        )


def _changed(folder: Path, frames: dict[str, str]) -> list[Path]:
    there = dict(_files(folder))
    names = sorted((frames.keys() | there.keys()) - {MANIFEST})
    return [
        folder / name
        for name in names
        if name not in frames or name not in there or _hash(there[name]) != frames[name]
    ]


def _hash(path: Path) -> str:
    known = path.stat()
    sign = (known.st_dev, known.st_ino, known.st_size, known.st_mtime_ns)
    if sign not in _HASHES:
        _HASHES[sign] = file_hash(path)
    return _HASHES[sign]


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Every file below `folder` by its name there, in order. A cycle's stages leave ten thousand, and each
    run looks at all of them: `Path.rglob` takes five times as long."""
    found = []
    for place, _, names in os.walk(folder):
        below = os.path.relpath(place, folder)
        found += [name if below == os.curdir else f"{below}/{name}" for name in names]
    return [(name, folder / name) for name in sorted(found)]


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a stage that ran, else None."""
    return read_json(folder / MANIFEST)


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Write a small account to `path`, which is there whole or not at all."""
    with atomic_write(path) as partial:
        partial.write_text(json.dumps(values, indent=1, sort_keys=True, default=str), encoding="utf-8")


def read_json(path: Path) -> dict[str, Any] | None:
    """What `write_json` wrote; None where there is nothing."""
    if not path.exists():
        return None
    values: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return values


def write_frame(folder: Path, name: str, frame: pl.DataFrame) -> None:
    """Write `frame` as folder/name.parquet; `name` may have folders in it."""
    path = folder / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as partial:
        frame.write_parquet(partial)


def sink_frame(folder: Path, name: str, rows: pl.LazyFrame) -> None:
    """The same of rows that are not read: they go from file to file a block at a time."""
    path = folder / f"{name}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path) as partial:
        rows.sink_parquet(partial)


def read_frame(folder: Path, name: str) -> pl.DataFrame:
    """Read what `write_frame` wrote.

    Raises:
        ConfigError: the stage that makes it has not run.
    """
    return pl.read_parquet(_written(folder, name))


def scan_frame(folder: Path, name: str) -> pl.LazyFrame:
    """The same, unread.

    Raises:
        ConfigError: the stage that makes it has not run.
    """
    return pl.scan_parquet(_written(folder, name))


def _written(folder: Path, name: str) -> Path:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise ConfigError(
            f"{path} is missing: an earlier stage has not run. Use `day1 run`, which runs all in order."
        )
    return path


def read_findings(folder: Path) -> pl.DataFrame:
    """The findings of a stage; none when it has not run."""
    path = folder / "findings.parquet"
    return pl.read_parquet(path) if path.exists() else no_findings()


def link_or_copy(source: str, target: str) -> None:
    """The same file under a second name; a copy where the file system has no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
