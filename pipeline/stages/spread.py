"""Where the companies are worked on up to the plan: here, in processes of their own, or on a cluster."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.stages.cluster import run_on_cluster
from pipeline.stages.company_work import CompanyWork
from pipeline.stages.processes import run_in_processes


@dataclass(frozen=True)
class Spread:
    """`jobs` companies at a time on this machine, or those that a Dask cluster at `scheduler` takes."""

    jobs: int = 1
    scheduler: str | None = None

    def run(self, work: CompanyWork, companies: Sequence[str]) -> None:
        """`work` on those of `companies` that nothing has stopped.

        Raises:
            ConfigError: the cluster cannot be had.
        """
        going = work.failures.going(companies)
        if self.scheduler:
            run_on_cluster(work, going, self.scheduler)
        else:
            run_in_processes(work, going, self.jobs)


HERE = Spread()
"""One company after another, in this process."""
