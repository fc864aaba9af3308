"""Companies on an existing Dask cluster, up to the plan (docs/scale-out.md).

Workers see the same workspace and deliveries under the same paths, and run the same program. A worker that is
lost while it works on a company loses nothing: its stage has no account, and another worker does it again.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline.stages.company_work import CompanyWork, run_company
from pipeline.storage.fingerprint import whole_fingerprint
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

SECONDS = 15
"""How long a scheduler may take to answer."""

LOST = (
    "every worker that worked on it was lost, perhaps because memory was short. Give them more, or run it "
    "without --scheduler."
)


def run_on_cluster(work: CompanyWork, companies: Sequence[str], scheduler: str) -> None:
    """`work` on as many companies at a time as the cluster has threads.

    Raises:
        ConfigError: the extra is not installed, nobody answers at `scheduler`, it has no workers, or one of
            them cannot do what this process would do.
    """
    distributed = _distributed()
    try:
        client = distributed.Client(scheduler, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"No Dask scheduler answers at {scheduler} ({type(error).__name__}). Start one, or run without "
            "--scheduler."
        ) from None
    own = work.workspace
    shared = replace(own, root=own.root.resolve(), deliveries=own.deliveries.resolve())
    with client:
        _require_workers(client, shared, scheduler)
        futures = {
            client.submit(run_company, shared, code, work.stages, pure=False): code for code in companies
        }
        for one in distributed.as_completed(list(futures), loop=client.loop):
            if isinstance(one.exception(), distributed.KilledWorker):
                work.lose(futures[one], LOST)
            else:
                work.take(futures[one], one.result)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise ConfigError("--scheduler needs dask.distributed: pip install 'day1[cluster]'.") from None
    return distributed


def _require_workers(client: Any, workspace: Workspace, scheduler: str) -> None:
    """There are workers, and each can do what this process would do."""
    try:
        programs = client.run(whole_fingerprint)
    except Exception:  # whatever ends it there: the scheduler passes it on in a class of its own
        raise ConfigError(f"A worker of {scheduler} cannot run day1. Install it on all of them.") from None
    if not programs:
        raise ConfigError(f"The scheduler at {scheduler} has no workers. Start some (docs/scale-out.md).")
    others = sorted(worker for worker, program in programs.items() if program != whole_fingerprint())
    if others:
        raise ConfigError(
            f"{others[0]} runs another day1 or other libraries. Install the same on all workers."
        )
    blind = sorted(worker for worker, sees in client.run(_sees, workspace).items() if not sees)
    if blind:
        raise ConfigError(
            f"{blind[0]} does not see {workspace.deliveries} and {workspace.root}. Give "
            "workspace and deliveries under paths that all workers share."
        )


def _sees(workspace: Workspace) -> bool:
    return workspace.deliveries.is_dir() and workspace.root.is_dir()
