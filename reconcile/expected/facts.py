"""What is known of one company when its rows are expected: worked out once, when a function asks for it."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from reconcile.expected.receiving import receiving_people
from reconcile.expected.referrals import placed_referrals
from reconcile.expected.schedule import live_orders, placed_people, project_keys, written_projects
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import Records, with_person


@dataclass(frozen=True)
class ExpectedFacts:
    """Functions under `@expects` and `@places` name these by their parameters.

    `records`: what became of the rows of the company's own case system; None where it has none. `moved`: the
    components that moved, with n_area, n_team and n_officer. `officers`: PLACE and tables of employees who
    become officers (reconcile.allocation.officers).
    """

    evidence: Evidence
    records: Records | None
    moved: pl.DataFrame
    officers: pl.DataFrame

    @cached_property
    def projects(self) -> pl.DataFrame | None:
        """Projects of the schedule that are written, or known; None without a schedule."""
        return written_projects(self.evidence, self.records) if self.evidence.delivery.has("upw") else None

    @cached_property
    def placements(self) -> pl.DataFrame | None:
        """Placements with the order that each is for; None without a schedule."""
        if not self.evidence.delivery.has("upw"):
            return None
        return placed_people(self.evidence, live_orders(self.evidence, self.records), self.records)

    @cached_property
    def project_keys(self) -> pl.DataFrame:
        """project_code, project; none without a schedule."""
        if self.projects is None:
            return pl.DataFrame(schema=dict.fromkeys(("project_code", "project"), pl.String))
        return project_keys(self.projects, self.evidence.country.baseline)

    @cached_property
    def referrals(self) -> pl.DataFrame | None:
        """Referrals with service and event (reconcile.expected.referrals); None where none were delivered."""
        has_any = self.evidence.delivery.has("referrals")
        return placed_referrals(self.evidence, self.records) if has_any else None

    @cached_property
    def people(self) -> pl.DataFrame:
        """person, area, pdu, team, officer of who has everybody from Day 1 on whom a satellite row names."""
        named = [pl.Series("person", [], pl.String)]
        for export, frames in self.evidence.delivery.frames.items():
            if export in ("delius", "spg"):
                continue
            named += [
                with_person(frame, self.records)["person"]
                for frame in frames.values()
                if "person_id" in frame.columns
            ]
        return receiving_people(self.evidence, self.moved, pl.concat(named).drop_nulls().unique())
