"""Employees who become officers of a region, and the cases that stay with them (routing.md, officer)."""

from dataclasses import dataclass

import polars as pl

from mappings.allocation.routing import DEFAULT, OWN
from mappings.staff.assignment import FUNCTIONS
from mappings.staff.officer_codes import EMPLOYEE, home_regions
from vocabulary.employment import officer_codes


@dataclass(frozen=True)
class Staffed:
    """The company's employees after the assignment and the decisions.

    `assigned`: see mappings.staff.decisions. `officers`: company, employee_ref, officer, region, new_officer,
    one row per old code of who becomes an officer of a region. `accounts`: NEW_ACCOUNT_SCHEMA
    (mappings.staff.accounts). `moving`: user_id of the accounts of all companies that move.
    """

    assigned: pl.DataFrame
    officers: pl.DataFrame
    accounts: pl.DataFrame
    moving: pl.Series


def new_officers(assigned: pl.DataFrame, moving: pl.DataFrame) -> pl.DataFrame:
    """company, employee_ref, officer (old code), region: one row per old code of who has a function.

    The region is that of the officer's cases, else the employee's own: who keeps cases joins the team that
    receives them. Who has neither gets no code until somebody decides.

    Args:
        assigned: every employee with outcome and region.
        moving: `company, officer, region` of components that move.
    """
    coming = officer_codes(assigned.filter(pl.col("outcome").is_in(FUNCTIONS)))
    codes = coming.select(*EMPLOYEE, "officer", pl.col("region").alias("own_region")).unique(
        maintain_order=True
    )
    homes = home_regions(moving, codes)
    return (
        codes.join(homes, on=EMPLOYEE, how="left", maintain_order="left")
        .with_columns(pl.coalesce("region", "own_region").alias("region"))
        .filter(pl.col("region").is_not_null())
        .drop("own_region")
    )


def keep_officers(moving: pl.DataFrame, officers: pl.DataFrame) -> pl.DataFrame:
    """`moving` with the practitioner's new code where the case stays with its practitioner.

    Args:
        moving: routed components: `company, officer, region, n_officer, allocation`.
        officers: `company, officer, region, new_officer`.

    A case that goes to an unallocated team, or to a region in which its officer has no code, is unchanged.
    """
    codes = officers.select("company", pl.col("officer").alias("_code"), "region", "new_officer").unique()
    joined = moving.with_columns(pl.col("officer").str.to_uppercase().alias("_code")).join(
        codes, on=["company", "_code", "region"], how="left", maintain_order="left"
    )
    stays = (pl.col("allocation") == DEFAULT) & pl.col("new_officer").is_not_null()
    return joined.with_columns(
        pl.when(stays).then("new_officer").otherwise("n_officer").alias("n_officer"),
        pl.when(stays).then(pl.lit(OWN)).otherwise("allocation").alias("allocation"),
    ).drop("new_officer", "_code")


def memberships(assigned_teams: pl.DataFrame, moving: pl.DataFrame) -> pl.DataFrame:
    """new_officer, n_team: the teams that new officers join.

    Args:
        assigned_teams: `new_officer, n_team`: the receiving team of each officer's own team.
        moving: components after `keep_officers`.

    Who keeps cases joins the teams that receive them, the others the one of their own team.
    """
    by_cases = (
        moving.filter(pl.col("allocation") == OWN)
        .select(pl.col("n_officer").alias("new_officer"), "n_team")
        .unique(maintain_order=True)
    )
    own = assigned_teams.select("new_officer", "n_team").join(by_cases, on="new_officer", how="anti")
    return pl.concat([own, by_cases]).sort("new_officer", "n_team")
