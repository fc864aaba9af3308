"""The stages of companies as work for other processes, on this machine or another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipeline.failures import Failure, Failures
from pipeline.progress import Progress
from pipeline.stages.relay import Telling
from pipeline.stages.source_stages import run_sources
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

Line = tuple[str, str, str, int, int]
"""Of a stage that has ended: company, stage, note, rows, findings."""

Outcome = tuple[list[Line], Failure | None]
"""What another process gives back: the progress that it has not told yet, and what stopped the company."""


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
        with self.failures.apart(company, self.stages[0]):
            lines, failure = outcome()
            for line in lines:
                self.progress.stage(*line[:2])
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

    lines: list[Line] = field(default_factory=list)

    def stage(self, company: str, stage: str) -> None:
        """Nothing: it is told when it is over."""

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """Keeps the line."""
        self.lines.append((company, stage, note, rows, findings))


def run_company(
    workspace: Workspace, company: str, stages: Sequence[str], telling: Telling | None = None
) -> Outcome:
    """The stages of one company in this process, which tells of them while it works, or else at the end. A
    failure is kept beside its stages, too."""
    told = Told()
    failures = Failures(workspace, telling or told)
    run_sources(workspace, (company,), stages, telling or told, failures)
    return told.lines, failures.found.get(company)
