"""The stages of companies as work for other processes, on this machine or another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.failures import Failure, Failures
from pipeline.progress import Progress
from pipeline.stages.source_stages import run_sources
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

Outcome = tuple[list[tuple[str, str, str]], Failure | None]
"""What another process gives back: its lines of progress, and what stopped the company."""


@dataclass(frozen=True)
class CompanyWork:
    """`stages` up to the plan, and those who hear what becomes of each company."""

    workspace: Workspace
    stages: Sequence[str]
    progress: Progress
    failures: Failures

    def run_here(self, companies: Sequence[str]) -> None:
        """One company after another in this process."""
        run_sources(self.workspace, companies, self.stages, self.progress, self.failures)

    def take(self, company: str, outcome: Callable[[], Outcome]) -> None:
        """Tell what another process did; an error of its own stops its company alone."""
        self.progress.stage(company, self.stages[-1])
        with self.failures.apart(company, self.stages[0]):
            lines, failure = outcome()
            for line in lines:
                self.progress.done(*line)
            if failure is not None:
                self.failures.found[company] = failure

    def lose(self, company: str, why: str) -> None:
        """Nobody came back from the work on `company`."""
        with self.failures.apart(company, self.stages[0]):
            raise ConfigError(why)


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
