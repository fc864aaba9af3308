"""What rules may ask for beside the batch, by the name of their parameter; worked out when one asks."""

from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from mappings.allocation.regions import Regions, person_regions
from mappings.case.added_components import live_rows
from mappings.case.company_persons import standing_frames
from mappings.case.component_kinds import kind
from mappings.case.person_components import person_components
from mappings.case.person_genders import person_genders
from mappings.unpaid_work.case_sessions import appointments_of_persons, case_sessions
from mappings.writes.day_1_services import young_adult_codes
from mappings.writes.planning import all_orders
from validators.rules.schedule import CaseSystem
from vocabulary.batch import Batch
from vocabulary.findings import no_findings

LEFT_OUT = "T06"
"""The rule that leaves an optional value out which nobody can read."""


@dataclass(frozen=True)
class Facts:
    """Facts of the case system and of nDelius, kept once worked out: made anew when outcomes have changed.

    `before`: findings of the stages before the rules.
    """

    batch: Batch
    baseline: Batch
    before: pl.DataFrame = field(default_factory=no_findings)

    @cached_property
    def components(self) -> pl.DataFrame:
        """Requirements and licence conditions of persons (mappings.case.person_components)."""
        return person_components(self.baseline)

    @cached_property
    def regions(self) -> Regions:
        """Where the company's persons go, and who is held (mappings.allocation.regions)."""
        return person_regions(self.batch, self.baseline)

    @cached_property
    def genders(self) -> pl.DataFrame:
        """person_id, gender; the first row of a person counts."""
        return person_genders(self.batch, self.baseline)

    @cached_property
    def young_adults(self) -> list[str]:
        """The company's codes of referrals to services for young adults."""
        return young_adult_codes(self.batch.company)

    @cached_property
    def orders(self) -> pl.DataFrame:
        """Unpaid work orders, of nDelius and of the company alone."""
        return all_orders(self.batch, self.baseline)

    @cached_property
    def live_requirements(self) -> pl.DataFrame:
        """source_file, source_row of the company's live requirements."""
        case = str(self.batch.case_export)
        frames = {entity: self.batch.carried(case, entity) for entity in self.batch.frames[case]}
        return live_rows(frames, standing_frames(self.baseline), case, kind("RQ")).select(
            "source_file", "source_row"
        )

    @cached_property
    def case_system(self) -> CaseSystem:
        """What the schedule is checked against: the company's own case system, or nDelius."""
        return CaseSystem(
            orders=self.orders,
            genders=self.genders,
            sessions=case_sessions(self.batch, self.baseline),
            appointments=appointments_of_persons(self.batch, self.baseline).select(
                "person_id", "date", "start_time", "end_time"
            ),
            unread=self.before.filter((pl.col("entity") == "upw_session") & (pl.col("rule") == LEFT_OUT))
            .filter(pl.col("column").str.split(";").list.contains("case_system_ref"))
            .select("source_file", "source_row"),
        )
