"""Where the companies are worked on up to the plan: here, in processes of their own, or on a cluster."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.failures import Failures
from pipeline.progress import Progress
from pipeline.stages.cluster import run_on_cluster
from pipeline.stages.processes import run_in_processes
from pipeline.workspace import Workspace


@dataclass(frozen=True)
class Spread:
    """`jobs` companies at a time on this machine, or those that a Dask cluster at `scheduler` takes."""

    jobs: int = 1
    scheduler: str | None = None

    def run(
        self,
        workspace: Workspace,
        companies: Sequence[str],
        stages: Sequence[str],
        progress: Progress,
        failures: Failures,
    ) -> None:
        """The `stages` of `companies`, each in its order.

        Raises:
            ConfigError: the cluster cannot be had.
        """
        if self.scheduler:
            run_on_cluster(workspace, companies, stages, progress, failures, self.scheduler)
        else:
            run_in_processes(workspace, companies, stages, progress, failures, self.jobs)


HERE = Spread()
"""One company after another, in this process."""
