"""Companies in processes of their own: up to the plan none needs another.

What comes out is byte for byte what one process makes; only the order in which companies are told of differs.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread

from pipeline.stages.company_work import CompanyWork, run_company
from pipeline.stages.relay import relayed
from vocabulary.errors import ConfigError

THREADS = "POLARS_MAX_THREADS"
"""Read by polars when it is imported: the processes share the processors out."""

ENDED = (
    "the process that worked on it was ended from outside, perhaps because memory was short. Run it again, "
    "with a smaller --jobs."
)

ENDED_AT_WRITING = (
    "A process that wrote reports was ended from outside, perhaps because memory was short. Run `day1 "
    "report` again, with a smaller --jobs."
)


def run_in_processes(work: CompanyWork, companies: Sequence[str], jobs: int) -> None:
    """`work` on `jobs` companies at a time.

    Where a process is ended, all of them are; what is still to do goes on one company at a time, so that it
    is known whose process ends a second time.
    """
    if jobs == 1 or len(companies) == 1:
        work.run_here(companies)
        return
    for code in _run_pool(work, companies, jobs):
        if _run_pool(work, [code], 1):
            work.lose(code, ENDED)


def _run_pool(work: CompanyWork, companies: Sequence[str], jobs: int) -> list[str]:
    """The companies in one pool of processes; gives those that were not finished when it broke."""
    unfinished = []
    with _share_threads(jobs), relayed(work.progress) as telling, start_pool(jobs) as pool:
        futures = {
            pool.submit(run_company, work.workspace, code, work.stages, telling): code for code in companies
        }
        for one in as_completed(futures):
            if isinstance(one.exception(), BrokenProcessPool):
                unfinished.append(futures[one])
            else:
                work.take(futures[one], one.result)
    return sorted(unfinished)


def start_pool(jobs: int) -> ProcessPoolExecutor:
    """Processes that end when this one does, even by a kill: its lock on the workspace is gone then, and what
    they were about to put in its place would fall into the next run."""
    return ProcessPoolExecutor(jobs, get_context("spawn"), _end_with_parent)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


Call = Callable[..., None]


@contextmanager
def side_by_side(jobs: int) -> Iterator[Call]:
    """Within it what is called (a function and its arguments) is done in one of `jobs` processes, and all of
    it on leaving; with one job at once, here.

    Raises:
        ConfigError: a process was ended from outside. Whatever error a call ends with.
    """
    if jobs == 1:
        yield lambda function, *given, **named: function(*given, **named)
        return
    with _share_threads(jobs), start_pool(jobs) as pool:
        calls: list[Future[None]] = []
        try:
            yield lambda *given, **named: calls.append(pool.submit(*given, **named))
            for call in calls:
                call.result()
        except BrokenProcessPool:
            raise ConfigError(ENDED_AT_WRITING) from None
        finally:
            for call in calls:
                call.cancel()


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
