"""What rules may ask for beside the batch, by the name of their parameter; worked out when one asks."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from mappings.kinds import kind
from mappings.live import live_components
from mappings.person_components import person_components
from mappings.person_genders import person_genders
from mappings.planning import all_orders
from validators.rules.schedule import CaseSystem
from vocabulary.batch import Batch


@dataclass(frozen=True)
class Facts:
    """Facts of the case system and of nDelius, kept once worked out: made anew when outcomes have changed."""

    batch: Batch
    baseline: Batch

    @cached_property
    def components(self) -> pl.DataFrame:
        """Requirements and licence conditions of persons (mappings.person_components)."""
        return person_components(self.batch, self.baseline)

    @cached_property
    def genders(self) -> pl.DataFrame:
        """person_id, gender; the first row of a person counts."""
        return person_genders(self.batch, self.baseline)

    @cached_property
    def orders(self) -> pl.DataFrame:
        """Unpaid work orders, of nDelius and of the company alone."""
        return all_orders(self.batch, self.baseline)

    @cached_property
    def live_requirements(self) -> pl.DataFrame:
        """source_file, source_row of the company's live requirements."""
        case = str(self.batch.case_export)
        frames = {entity: self.batch.carried(case, entity) for entity in self.batch.frames[case]}
        return live_components(frames, case, kind("RQ")).select("source_file", "source_row")

    @cached_property
    def case_system(self) -> CaseSystem:
        """What the schedule is checked against: the company's own case system, or nDelius."""
        if self.batch.has("spg"):
            sessions = self.batch.all("spg", "upw_session").select(
                pl.col("local_ref").alias("ref"), "credited"
            )
        else:
            sessions = self.baseline.all("delius", "upw_session").select(
                pl.col("key").alias("ref"), "credited"
            )
        return CaseSystem(
            orders=self.orders,
            genders=self.genders,
            sessions=sessions.select(
                pl.col("ref").alias("case_system_ref"), pl.col("credited").alias("case_credited")
            ),
        )
