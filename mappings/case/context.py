"""What is known of one company beyond its rows: worked out once, when a rule, a writer or a list asks for it.

Functions name what they need by their parameters (vocabulary.declared); the name is a field or a property of
`CaseContext`. A fact that only one function needs is worked out there.
"""

from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from mappings.allocation.allocated import allocate_components
from mappings.allocation.named_regions import named_regions
from mappings.allocation.receivers import receivers
from mappings.allocation.regions import Regions, person_regions
from mappings.allocation.routing import decided_teams
from mappings.case.case_model import CaseModel
from mappings.case.component_kinds import kind
from mappings.case.components import Components, company_components
from mappings.case.live_records import live_rows
from mappings.case.orders import baseline_orders
from mappings.case.sessions import REFERENCE
from mappings.staff.new_officers import Staffed, keep_officers
from mappings.staff.restricted_persons import ENTITIES, judged_access
from mappings.writes.day_1_services import young_adult_codes
from mappings.writes.projects import project_refs, routed_projects
from mappings.writes.repoint import repointed
from mappings.writes.repoint_projects import NO_PROJECTS, at_new_projects
from mappings.writes.schedule import placements_with_orders
from mappings.writes.service_referrals import placed_referrals
from vocabulary.batch import Batch
from vocabulary.companies import company
from vocabulary.findings import no_findings

LEFT_OUT = "T06"
"""The rule that leaves an optional value out which nobody can read."""


@dataclass(frozen=True)
class CaseContext:
    """Facts of the company's cases and of nDelius, kept once worked out; made anew when outcomes change.

    `before`: findings of the stages before the rules. `staffed`: who becomes an officer; None before planning
    and without a staff return. `planned`: the components that move, where they are planned already.
    """

    batch: Batch
    baseline: Batch
    before: pl.DataFrame = field(default_factory=no_findings)
    staffed: Staffed | None = None
    planned: pl.DataFrame | None = None

    @cached_property
    def model(self) -> CaseModel:
        """The cases in one set of frames, whichever system they are kept in."""
        return CaseModel(self.batch, self.baseline)

    # Persons and what they have

    @cached_property
    def regions(self) -> Regions:
        """Where the company's persons go, and who is held (mappings.allocation.regions)."""
        return person_regions(self.model)

    @cached_property
    def own_regions(self) -> pl.DataFrame:
        """person_id, region, pdu_code, person_team of the company's persons."""
        return self.regions.persons

    @cached_property
    def named_regions(self) -> pl.DataFrame:
        """The same of everybody whom a carried row of any export is about."""
        return named_regions(self.model, self.own_regions)

    @cached_property
    def persons(self) -> pl.DataFrame:
        """person_id, gender and names of everybody (mappings.case.persons)."""
        return self.model.persons

    @cached_property
    def components(self) -> pl.DataFrame:
        """Requirements and licence conditions of persons (mappings.case.person_components)."""
        return self.model.components

    @cached_property
    def live_requirements(self) -> pl.DataFrame:
        """source_file, source_row of the company's live requirements."""
        return live_rows(self.batch, self.model.standing, kind("RQ")).select("source_file", "source_row")

    # Who receives

    @cached_property
    def company_components(self) -> Components:
        """Everything with a manager of the company: what moves, what only closes."""
        return company_components(self.model, self.own_regions["person_id"])

    @cached_property
    def allocated(self) -> pl.DataFrame:
        """The components that move, with region and receiving team and officer; nobody keeps a case yet."""
        decided = decided_teams(self.batch)
        return allocate_components(self.company_components, self.own_regions, self.batch.company, decided)

    @cached_property
    def moving(self) -> pl.DataFrame:
        """The same where practitioners who come along keep their cases: n_team, n_officer, allocation."""
        return self._kept(self.allocated) if self.planned is None else self.planned

    @cached_property
    def receivers(self) -> pl.DataFrame:
        """person_id, region, team, officer of who has each person of `named_regions` from Day 1 on."""
        return receivers(self.moving, self.named_regions, self.baseline)

    @cached_property
    def following(self) -> dict[str, pl.DataFrame]:
        """Rows of nDelius by table that follow a person's components: appointments, contacts, orders."""
        persons = self.moving.select("person_id").unique()
        rows = repointed(
            self.baseline,
            self.batch.company,
            self.own_regions.join(persons, on="person_id", how="semi", maintain_order="left"),
            baseline_orders(self.baseline),
            decided_teams(self.batch),
        )
        kept = {table: self._kept(routed) for table, routed in rows.items()}
        return at_new_projects(kept, self.projects, self.baseline)

    @cached_property
    def cases(self) -> list[pl.DataFrame]:
        """Everything that may stay with its practitioner."""
        return [self.moving, *self.following.values()]

    @cached_property
    def limited_access(self) -> dict[str, pl.DataFrame]:
        """Restrictions and exclusions by entity, as judged; none without a staff return."""
        if (staffed := self.staffed) is None:
            return {}
        held = self.regions.held
        return {
            entity: judged_access(self.model, entity, staffed.accounts, staffed.moving, held)
            for entity in ENTITIES
        }

    def _kept(self, cases: pl.DataFrame) -> pl.DataFrame:
        return cases if self.staffed is None else keep_officers(cases, self.staffed.officers)

    # Unpaid work

    @cached_property
    def orders(self) -> pl.DataFrame:
        """Unpaid work orders, of nDelius and of the company alone."""
        return self.model.orders

    @cached_property
    def placements(self) -> pl.DataFrame:
        """Carried placements with the order that each is for (mappings.writes.schedule)."""
        return placements_with_orders(self.batch, self.orders)

    @cached_property
    def projects(self) -> pl.DataFrame:
        """Projects of the schedule with region and receiving team; none without one."""
        if not self.batch.has("upw"):
            return NO_PROJECTS
        return routed_projects(self.model, company(self.batch.company).regions[0])

    @cached_property
    def project_refs(self) -> pl.DataFrame:
        """project_code, project_ref; none of a company that delivered no schedule."""
        if not self.batch.has("upw"):
            return pl.DataFrame(schema=dict.fromkeys(("project_code", "project_ref"), pl.String))
        return project_refs(self.projects, self.baseline)

    @cached_property
    def sessions(self) -> pl.DataFrame:
        """Appointments that nDelius has or gets (mappings.case.sessions)."""
        return self.model.sessions

    @cached_property
    def session_references(self) -> pl.DataFrame:
        """What a schedule may refer to (mappings.case.sessions)."""
        return self.model.session_references

    @cached_property
    def unread_references(self) -> pl.DataFrame:
        """source_file, source_row of sessions of the schedule whose reference could not be read."""
        left_out = (pl.col("entity") == "upw_session") & (pl.col("rule") == LEFT_OUT)
        is_reference = pl.col("column").str.split(";").list.contains(REFERENCE)
        return self.before.filter(left_out & is_reference).select("source_file", "source_row")

    # Services

    @cached_property
    def young_adults(self) -> list[str]:
        """The company's codes of referrals to services for young adults."""
        return young_adult_codes(self.batch.company)

    @cached_property
    def referrals(self) -> pl.DataFrame:
        """Carried referrals with service and event (mappings.writes.service_referrals)."""
        return placed_referrals(self.model, self.components, self.named_regions)
