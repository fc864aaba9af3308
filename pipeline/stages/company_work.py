"""The stages of one company as work for another process, on this machine or another."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.failures import Failure, Failures
from pipeline.progress import Progress
from pipeline.stages.source_stages import run_sources
from pipeline.workspace import Workspace

Outcome = tuple[list[tuple[str, str, str]], Failure | None]
"""What another process gives back: its lines of progress, and what stopped the company."""


@dataclass
class Told:
    """Remembers what a process would have shown, for the one that shows it."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def stage(self, company: str, stage: str) -> None:
        """Nothing: it is told when it is over."""

    def done(self, company: str, stage: str, note: str) -> None:
        """Keeps the line."""
        self.lines.append((company, stage, note))


def run_company(workspace: Workspace, company: str, stages: Sequence[str]) -> Outcome:
    """The stages of one company in this process. A failure is kept beside its stages, too."""
    told = Told()
    failures = Failures(workspace, told)
    run_sources(workspace, (company,), stages, told, failures)
    return told.lines, failures.found.get(company)


def take_outcome(company: str, outcome: Outcome, progress: Progress, failures: Failures) -> None:
    """Tell what another process did."""
    lines, failure = outcome
    for line in lines:
        progress.done(*line)
    if failure is not None:
        failures.found[company] = failure
