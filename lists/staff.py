"""The staff book of a region: where each employee goes, and what is still to be decided about them."""

from dataclasses import fields

import polars as pl

from lists.registry import makes_lists
from lists.sources import NO_REGION, PACK, Lists
from mappings.staff.lists import list_rows


@makes_lists("staff", "staff")
def staff_lists(assigned: pl.DataFrame, officers: pl.DataFrame, claims: pl.DataFrame) -> Lists:
    """The lists of the company's staff return.

    Who has no region is in NO_REGION's pack, still without one: that is what the decision list asks.

    Args:
        assigned: see mappings.staff.decisions.
        officers: the new officers, as planned.
        claims: the accounts of who comes (mappings.staff.account_claims).
    """
    placed = pl.col("region").fill_null(NO_REGION)
    lists: dict[str, list[pl.DataFrame]] = {}
    for (region,), employees in assigned.with_columns(placed.alias(PACK)).group_by(PACK, maintain_order=True):
        made = list_rows(employees.drop(PACK), claims)
        for field in fields(made):
            rows: pl.DataFrame = getattr(made, field.name)
            lists.setdefault(field.name, []).append(rows.with_columns(pl.lit(region).alias(PACK)))
    together = {name: pl.concat(parts, how="diagonal_relaxed") for name, parts in lists.items()}
    return {**together, "officers": officers.with_columns(placed)}
