"""What a stage leaves on disk: Parquet frames and one small JSON manifest, written last."""

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl

from vocabulary.errors import ConfigError
from vocabulary.findings import no_findings

MANIFEST = "stage.json"


def start_stage(folder: Path) -> Path:
    """An empty folder: a stage that is killed half-way leaves no manifest, so it counts as not run."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def commit_stage(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest; from now on the stage counts as run."""
    write_json(folder / MANIFEST, manifest)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a stage that ran, else None."""
    return read_json(folder / MANIFEST)


def write_json(path: Path, values: dict[str, Any]) -> None:
    """Write a small account to `path`, which is there whole or not at all."""
    partial = path.with_name(path.name + ".part")
    partial.write_text(json.dumps(values, indent=1, sort_keys=True, default=str), encoding="utf-8")
    partial.rename(path)


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
    frame.write_parquet(path)


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
