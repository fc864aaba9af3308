"""What every list is made from, and who has each person from Day 1 on."""

from dataclasses import dataclass

import polars as pl

from mappings.allocation.routing import only_region
from mappings.case.context import CaseContext
from vocabulary.batch import Batch

NO_REGION = "unknown"
"""Region of what geography does not place; the company's two regions must say whose it is."""

PACK = "pack"
"""Whose pack a row is in, where `region` is something else: the answer of a decision list."""

Lists = dict[str, pl.DataFrame]
"""List (reports/region_lists.csv) to its rows, which have a column `region`."""


@dataclass(frozen=True)
class ListSources:
    """One company after planning.

    `case`: facts of its cases. `people`: person_id, crn, surname, first_name, region, team, officer of who
    has the person from Day 1 on; a person whom nobody has yet is with the region's unallocated team.
    `moving`: the components that move. `regions`: person_id, region, pdu_code
    (mappings.allocation.named_regions).
    """

    case: CaseContext
    people: pl.DataFrame
    moving: pl.DataFrame
    regions: pl.DataFrame

    @property
    def batch(self) -> Batch:
        """The company's rows."""
        return self.case.batch

    @property
    def baseline(self) -> Batch:
        """nDelius on the evening before."""
        return self.case.baseline

    def with_person(self, rows: pl.DataFrame) -> pl.DataFrame:
        """`rows`, which have person_id, crn and person_ref, with what `people` says in place of the latter.

        Rows that were not matched (out of scope, set aside) find their person by CRN or the company's own
        number. One whose person is not found keeps its CRN and goes where the company goes.
        """
        words = ["person_id", "crn", "person_ref", "surname", "first_name", "region", "team", "officer"]
        people = self.people.lazy()
        by_crn = people.select("crn", pl.col("person_id").alias("_by_crn")).drop_nulls().unique("crn")
        by_ref = self.case.model.person_refs.lazy().rename({"person_id": "_by_ref"})
        named = (
            rows.lazy()
            .join(by_crn, on="crn", how="left", maintain_order="left")
            .join(by_ref, on="person_ref", how="left", maintain_order="left")
            .with_columns(
                pl.coalesce("person_id", "_by_crn", "_by_ref").alias("person_id"),
                pl.col("crn").alias("_delivered"),
            )
            .drop("_by_crn", "_by_ref", *words[1:], strict=False)
            .join(people, on="person_id", how="left", maintain_order="left")
        )
        placed = named.with_columns(
            pl.coalesce("crn", "_delivered").alias("crn"),
            pl.col("region").fill_null(only_region(self.batch.company) or NO_REGION),
        )
        return placed.drop("_delivered").collect()


def list_sources(batch: Batch, baseline: Batch, moving: pl.DataFrame) -> ListSources:
    """`moving` has n_team and n_officer, as the plan left it."""
    case = CaseContext(batch, baseline, planned=moving)
    names = case.persons.filter("is_standing").select("person_id", "crn", "surname", "first_name")
    people = case.receivers.join(names, on="person_id", how="left", maintain_order="left")
    return ListSources(case, people, moving, case.named_regions)
