"""Companies in processes of their own: up to the plan none needs another.

What comes out is byte for byte what one process makes; only the order in which companies are told of differs.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context

from pipeline.failures import Failure, Failures
from pipeline.progress import Progress
from pipeline.stages.source_stages import run_sources
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

THREADS = "POLARS_MAX_THREADS"
"""Read by polars when it is imported: the processes share the processors out."""

ENDED = (
    "the process that worked on it was ended from outside, perhaps because memory was short. Run it again, "
    "with a smaller --jobs."
)


@dataclass
class Told:
    """Remembers what a process would have shown, for the one that shows it."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)

    def stage(self, company: str, stage: str) -> None:
        """Nothing: it is told when it is over."""

    def done(self, company: str, stage: str, note: str) -> None:
        """Keeps the line."""
        self.lines.append((company, stage, note))


def run_in_processes(
    workspace: Workspace,
    companies: Sequence[str],
    stages: Sequence[str],
    progress: Progress,
    failures: Failures,
    jobs: int,
) -> None:
    """`run_sources`, `jobs` companies at a time.

    Where a process is ended, all of them are; what is still to do goes on one company at a time, so that it
    is known whose process ends a second time.
    """
    going = failures.going(companies)
    if jobs == 1 or len(going) < 2:
        run_sources(workspace, going, stages, progress, failures)
        return
    todo = _together(workspace, going, stages, progress, failures, jobs)
    for code in todo:
        if _together(workspace, [code], stages, progress, failures, 1):
            with failures.apart(code, stages[0]):
                raise ConfigError(ENDED)


def _together(
    workspace: Workspace,
    companies: Sequence[str],
    stages: Sequence[str],
    progress: Progress,
    failures: Failures,
    jobs: int,
) -> list[str]:
    """The companies in one pool of processes; gives those that were not finished when it broke."""
    unfinished = []
    with _share_threads(jobs), ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        work = {pool.submit(_run_company, workspace, code, tuple(stages)): code for code in companies}
        for one in as_completed(work):
            progress.stage(work[one], stages[-1])
            try:
                lines, failure = one.result()
            except BrokenProcessPool:
                unfinished.append(work[one])
                continue
            for line in lines:
                progress.done(*line)
            if failure is not None:
                failures.found[work[one]] = failure
    return sorted(unfinished)


def _run_company(
    workspace: Workspace, company: str, stages: Sequence[str]
) -> tuple[list[tuple[str, str, str]], Failure | None]:
    """What a process does: the stages of one company; its lines, and what stopped it."""
    told = Told()
    failures = Failures(workspace, told)
    run_sources(workspace, (company,), stages, told, failures)
    return told.lines, failures.found.get(company)


@contextmanager
def _share_threads(jobs: int) -> Iterator[None]:
    """Within it new processes get their part of the processors, unless the environment says how many."""
    if THREADS in os.environ:
        yield
        return
    os.environ[THREADS] = str(max(1, (os.cpu_count() or 1) // jobs))
    try:
        yield
    finally:
        del os.environ[THREADS]
