"""What a long run says while it works. The command line draws it; everybody else stays silent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol


class Progress(Protocol):
    """Hears where a run is. `company` is blank for a step that concerns the whole cycle."""

    def stage(self, company: str, stage: str) -> None:
        """`stage` of `company` begins."""

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """`stage` of `company` has ended; `note` is a few words for people, never a person's data. `rows`
        went through it, and `findings` came of it."""


class Silent:
    """Says nothing: the default in tests and in other programs."""

    def stage(self, company: str, stage: str) -> None:
        """Nothing."""

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """Nothing."""


DONE, STANDS = "done", "stands"
"""Notes of a step that concerns all companies: it was done, or nothing had changed."""


@dataclass
class Step:
    """A step that concerns all companies; whoever finds that it stands says so in `note`."""

    note: str = DONE


@contextmanager
def together(progress: Progress, stage: str) -> Iterator[Step]:
    """Tells that a step of all companies begins, and that it has ended."""
    progress.stage("", stage)
    step = Step()
    yield step
    progress.done("", stage, step.note)
