"""The folders of runs, `runs/<number>-<cycle>`: made once, each one run's for good, read for ever.

`runs/latest` points at the newest.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pipeline.runs.record import RUNNING, Run, Timing
from pipeline.storage.store import read_json, write_json
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

FOLDER, ACCOUNT, LOG, LATEST = "runs", "run.json", "run.log", "latest"
RECONCILIATION, FINDINGS, NOT_CARRIED = "reconciliation.json", "findings", "not_carried"
"""What a run that reconciled keeps of it: the figures, its findings, and the rows that are not carried."""

NAME = re.compile(r"(\d{4,})-(.+)")


def number_of(name: str) -> int:
    """The number in the name of a run's folder; 0 where it is none."""
    found = NAME.fullmatch(name)
    return int(found[1]) if found else 0


def run_folder(workspace: Workspace, name: str) -> Path:
    """Where the run keeps what is its own."""
    return workspace.root / FOLDER / name


def make_folder(workspace: Workspace) -> Path:
    """A new folder with the next number, and `latest` pointing at it. Two that ask at once get two."""
    runs = workspace.root / FOLDER
    runs.mkdir(parents=True, exist_ok=True)
    number = max((number_of(path.name) for path in runs.iterdir()), default=0) + 1
    while True:
        folder = runs / f"{number:04}-{workspace.cycle or 'no-cycle'}"
        if not any(runs.glob(f"{number:04}-*")):
            with suppress(FileExistsError):
                folder.mkdir()
                break
        number += 1
    _point_at(runs / LATEST, folder.name)
    return folder


def _point_at(link: Path, name: str) -> None:
    """A link is replaced whole; where a file system has none, there is no `latest`."""
    beside = link.with_name(link.name + ".part")
    with suppress(OSError):
        beside.unlink(missing_ok=True)
        beside.symlink_to(name)
        beside.replace(link)


def write_run(workspace: Workspace, run: Run) -> None:
    """Write the account into the run's folder."""
    write_json(run_folder(workspace, run.name) / ACCOUNT, asdict(run))


def read_run(folder: Path) -> Run | None:
    """The account in a run's folder; None where the run was killed before it wrote one."""
    held = read_json(folder / ACCOUNT)
    return None if held is None else _from(held)


def _from(held: dict[str, Any]) -> Run:
    known = {name: held[name] for name in Run.__dataclass_fields__ if name in held}
    timings = tuple(Timing(**one) for one in known.pop("timings", ()))
    return replace(Run(**known), timings=timings, companies=tuple(held["companies"]))


def runs_of(workspace: Workspace) -> Iterator[Run]:
    """Every run of the workspace, the newest first."""
    folders = (workspace.root / FOLDER).glob("[0-9]*-*")
    for folder in sorted(folders, key=lambda path: number_of(path.name), reverse=True):
        if (run := read_run(folder)) is not None:
            yield run


def find_run(workspace: Workspace, wanted: str) -> Run:
    """The run that `wanted` names: its number, its folder's name, or `latest`.

    Raises:
        ConfigError: there is none.
    """
    for run in runs_of(workspace):
        is_it = run.name == wanted or (wanted.isdecimal() and run.number == int(wanted))
        if is_it or wanted == LATEST:
            return run
    raise ConfigError(f"{workspace.root} has no run {wanted!r}. `day1 runs` lists them.")


def running(workspace: Workspace) -> Run | None:
    """The run at work, if any."""
    return next((run for run in runs_of(workspace) if run.state_now == RUNNING), None)
