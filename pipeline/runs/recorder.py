"""Writes a run's account and log while it works: nothing that a killed run did is left untold."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TextIO

from pipeline.progress import STANDS, Progress
from pipeline.runs.folders import LOG, run_folder, write_run
from pipeline.runs.record import ENDED, STOPPED, Run, Timing, now
from pipeline.workspace import Workspace
from vocabulary.errors import BUG, ConfigError, Day1Error, StoppedError
from vocabulary.machine import refusal

UNDO = "undo"
"""What is timed here although it is one company's: it leaves no account of its own."""


@dataclass
class Recorder:
    """Hears where a run is, tells `shown` the same, and writes it down with clock and duration.

    `workspace` is the run's own: what is made in it bears the run's name.
    """

    workspace: Workspace
    run: Run
    shown: Progress
    log: TextIO
    timings: list[Timing] = field(default_factory=list)
    began: dict[tuple[str, str], float] = field(default_factory=dict)

    def stage(self, company: str, stage: str) -> None:
        """`stage` of `company` begins."""
        self.began[company, stage] = time.perf_counter()
        self.write(company, stage, "begins")
        self.shown.stage(company, stage)

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """`stage` of `company` has ended."""
        began = self.began.pop((company, stage), None)
        took = "" if began is None else f"  {time.perf_counter() - began:.1f} s"
        if began is not None and note != STANDS and (not company or stage == UNDO):
            self.timings.append(Timing(company, stage, 0, round(time.perf_counter() - began, 3)))
        self.write(company, stage, f"{note}{took}")
        self.shown.done(company, stage, note, rows, findings)

    def write(self, company: str, stage: str, words: str) -> None:
        """A line of the log, on the disk at once."""
        self.log.write(f"{now()}  {company or 'all':<4} {stage:<10} {words}\n")
        self.log.flush()

    def end(self, exit_code: int, message: str = "", *, state: str = ENDED) -> None:
        """The run is over, as its account says from now on."""
        self.run = replace(self.run, ended=now(), state=state, exit_code=exit_code, message=message)
        write_run(self.workspace, self.run)
        self.write("", state, f"exit code {exit_code}")

    def __enter__(self) -> "Recorder":
        """The account stands from the first moment on."""
        write_run(self.workspace, self.run)
        self.write("", "begins", self.run.command)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """However the run ends, it is written down; the error goes on."""
        if self.run.exit_code is None:
            self.end(*_told(error), state=STOPPED if isinstance(error, KeyboardInterrupt) else ENDED)
        self.log.close()


def _told(error: BaseException | None) -> tuple[int, str]:
    """Exit code and message of what ended a run before it came to its end."""
    if isinstance(error, Day1Error):
        return error.exit_code, str(error)
    if isinstance(error, KeyboardInterrupt):
        return StoppedError.exit_code, "interrupted"
    if isinstance(error, Exception) and (told := refusal(error)) is not None:
        return ConfigError.exit_code, told
    return (BUG, "a fault of this program") if error is not None else (0, "")


def open_recorder(workspace: Workspace, run: Run, shown: Progress) -> Recorder:
    """The recorder of `run`, whose folder is there."""
    log = (run_folder(workspace, run.name) / LOG).open("a", encoding="utf-8")
    return Recorder(replace(workspace, run=run.name), run, shown, log)


def read_log(folder: Path) -> Sequence[str]:
    """The lines of a run's log; none where it was killed before the first."""
    path = folder / LOG
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else ()
