"""Who is responsible for a person on Day 1: only the old offender manager is replaced (O08, O09).

RESPONSIBLE_OFFICER points at an offender manager or at a prison offender manager. The prison is responsible
until the handover, so its rows stay as they are.
"""

from dataclasses import dataclass

import polars as pl

from mappings.case.component_kinds import OM
from mappings.case.delivered_rows import named
from target.plan import Change
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.findings import findings_of

TABLE = "RESPONSIBLE_OFFICER"


@dataclass(frozen=True)
class Responsible:
    """`opened`: the moving offender managers that become responsible. `closed`: keys of the rows that end."""

    opened: pl.DataFrame
    closed: pl.Series


def responsible(routed: pl.DataFrame, closing: pl.DataFrame, baseline: Batch) -> Responsible:
    """A row is opened where one is closed, or where the person has no open row.

    Args:
        routed: Components.moving with its receivers. closing: further managers that end (O02).
    """
    moved = routed.filter(pl.col("kind") == OM)
    ends = pl.concat([moved.select("kind", "manager_id"), closing]).filter(pl.col("kind") == OM)
    open_rows = _open_rows(baseline).filter(pl.col("person_id").is_in(moved["person_id"].implode()))
    replaced = open_rows.filter(pl.col("manager_id").is_in(ends["manager_id"].drop_nulls().implode()))
    kept = open_rows.join(replaced, on="person_id", how="anti")["person_id"]
    return Responsible(
        moved.filter(~pl.col("person_id").is_in(kept.implode())), replaced["responsible_officer_id"]
    )


def officer_changes(found: Responsible) -> list[Change]:
    """The rows that name an offender manager of the company end on Day 1."""
    if found.closed.is_empty():
        return []
    return [Change(TABLE, "close", pl.DataFrame({"key": found.closed}).with_columns(END_DATE=pl.lit(DAY_1)))]


def officer_findings(moving: pl.DataFrame, batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """O08 and O09 on the persons whose offender manager moves."""
    persons = moving.filter(pl.col("kind") == OM)["person_id"].implode()
    open_rows = _open_rows(baseline).filter(pl.col("person_id").is_in(persons))
    in_prison = pl.col("prison_manager_id").is_not_null()
    rules = {"O08": in_prison, "O09": ~in_prison & pl.col("manager_id").is_null()}
    known = baseline.standing("offender").with_columns(
        pl.col("offender_id").cast(pl.String).alias("person_id")
    )
    found = []
    for rule, condition in rules.items():
        theirs = known.join(open_rows.filter(condition), on="person_id", how="semi", maintain_order="left")
        found.append(findings_of(named(theirs, batch, "offender", "person_id"), rule, "offender"))
    return found


def _open_rows(baseline: Batch) -> pl.DataFrame:
    return (
        baseline.standing("responsible_officer")
        .filter(pl.col("end_date").is_null())
        .select(
            "responsible_officer_id",
            pl.col("offender_id").cast(pl.String).alias("person_id"),
            "manager_id",
            "prison_manager_id",
        )
    )
