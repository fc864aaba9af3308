"""Companies in processes of their own: up to the plan none needs another.

What comes out is byte for byte what one process makes; only the order in which companies are told of differs.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from pipeline.failures import Failures
from pipeline.progress import Progress
from pipeline.stages.company_work import run_company, take_outcome
from pipeline.stages.source_stages import run_sources
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

THREADS = "POLARS_MAX_THREADS"
"""Read by polars when it is imported: the processes share the processors out."""

ENDED = (
    "the process that worked on it was ended from outside, perhaps because memory was short. Run it again, "
    "with a smaller --jobs."
)


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
        work = {pool.submit(run_company, workspace, code, tuple(stages)): code for code in companies}
        for one in as_completed(work):
            progress.stage(work[one], stages[-1])
            try:
                take_outcome(work[one], one.result(), progress, failures)
            except BrokenProcessPool:
                unfinished.append(work[one])
    return sorted(unfinished)


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
