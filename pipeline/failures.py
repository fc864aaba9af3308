"""A company whose road ended with an error: kept beside its stages, so that the others go on."""

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from pipeline.graph import BY_NAME, ROAD, TARGET
from pipeline.progress import Progress
from pipeline.storage.store import read_json, read_manifest, write_json
from pipeline.workspace import Workspace
from vocabulary.errors import BUG, ConfigError, Day1Error
from vocabulary.machine import refusal

FILE = "failed.json"


@dataclass(frozen=True)
class Failure:
    """What ended a company's road: at which stage, in words without anybody's data, with which exit code."""

    stage: str
    message: str
    exit_code: int

    @property
    def problem(self) -> str:
        """In one line for a page."""
        return f"{self.stage}: {self.message}"


@dataclass
class Failures:
    """The failures of a run, by company.

    They are kept on disk: a later command must not take an earlier run's files for this one's. `is_kept` is
    False for what a dry run leaves no trace of.
    """

    workspace: Workspace
    progress: Progress
    is_kept: bool = True
    found: dict[str, Failure] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        progress: Progress,
        codes: Sequence[str],
        again: Sequence[str],
        *,
        dry_run: bool = False,
    ) -> "Failures":
        """Those of earlier commands, but for those at or after the stages `again`, which are tried anew.

        A failure bars what comes after it, not what may mend it. A dry run tries load and reconcile as well,
        but what really failed there stays told.
        """
        first = min((ROAD.index(stage) for stage in again if stage in ROAD), default=len(ROAD))
        failures = cls(workspace, progress)
        for code in codes:
            failure = failure_of(workspace, code)
            if failure is None:
                continue
            if ROAD.index(failure.stage) < first:
                failures.found[code] = failure
            elif not (dry_run and BY_NAME[failure.stage].side == TARGET):
                _path(workspace, code).unlink()
        return failures

    def unkept(self) -> "Failures":
        """The same for the part of a dry run that leaves nothing behind."""
        return Failures(self.workspace, self.progress, False, dict(self.found))

    def going(self, codes: Sequence[str]) -> list[str]:
        """Those of `codes` that nothing has stopped."""
        return [code for code in codes if code not in self.found]

    @contextmanager
    def apart(self, company: str, stage: str) -> Iterator[None]:
        """What goes wrong inside ends this company's road and nobody else's.

        A fault of the program keeps its traceback, on stderr. A database that ends the session is neither: no
        other company can go on with it, and whoever opened the session words it (target.database).
        """
        try:
            yield
        except DBAPIError:
            raise
        except Exception as error:
            failure = _failure(stage, error)
            if failure.exit_code == BUG:
                traceback.print_exc()
            self._add(company, failure)

    def _add(self, company: str, failure: Failure) -> None:
        self.found[company] = failure
        if self.is_kept:
            path = _path(self.workspace, company)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_json(path, asdict(failure))
        self.progress.done(company, failure.stage, "stopped")


def failure_of(workspace: Workspace, company: str) -> Failure | None:
    """What stopped the company in the cycle; None when nothing did."""
    held = read_json(_path(workspace, company))
    return None if held is None else Failure(**held)


def is_stopped(workspace: Workspace, company: str, stage: str) -> bool:
    """Its delivery is refused or was never received, or an error stopped it at `stage` or before.

    What went wrong later, at the target, takes nothing back of what its delivery says.
    """
    received = read_manifest(workspace.stage_folder(company, "receive"))
    failure = failure_of(workspace, company)
    has_failed = failure is not None and ROAD.index(failure.stage) <= ROAD.index(stage)
    return received is None or bool(received["is_blocked"]) or has_failed


def is_through(workspace: Workspace, company: str, stage: str) -> bool:
    """Nothing stopped it up to `stage`, and it has been there."""
    is_done = read_manifest(workspace.stage_folder(company, stage)) is not None
    return is_done and not is_stopped(workspace, company, stage)


def _failure(stage: str, error: Exception) -> Failure:
    if isinstance(error, Day1Error):
        return Failure(stage, str(error), error.exit_code)
    if (told := refusal(error)) is not None:
        return Failure(stage, told, ConfigError.exit_code)
    return Failure(stage, f"a fault of this program ({type(error).__name__}). Send its traceback to us.", BUG)


def _path(workspace: Workspace, company: str) -> Path:
    return workspace.root / "work" / workspace.cycle / company / FILE
