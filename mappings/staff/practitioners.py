"""Cases that lose their practitioner on Day 1, and why: what stands behind O04 and O05 (routing.md)."""

import polars as pl

from mappings.allocation.routing import OWN, UNALLOCATED, UNALLOCATED_TEAM, teams
from mappings.staff.assignment import APPEAL_OPEN, MIXED_ROLE, OBJECTED, SUB_CONTRACTED
from vocabulary.batch import NOT_IN_SCOPE, SET_ASIDE
from vocabulary.employment import DYNAMIC_FRAMEWORK, officer_codes

BY_OUTCOME = {
    OBJECTED: "practitioner objects (S06)",
    DYNAMIC_FRAMEWORK: "practitioner goes to a supplier (S05)",
    SUB_CONTRACTED: "practitioner works for a supplier (S15)",
    NOT_IN_SCOPE: "practitioner leaves, or joins later (S09)",
    SET_ASIDE: "practitioner's row of the staff return is set aside",
    MIXED_ROLE: "practitioner's role is to be decided (S04)",
    APPEAL_OPEN: "practitioner's appeal is open (S07)",
}
ELSEWHERE = "practitioner goes to another region"
NOT_RETURNED = "practitioner is not in the staff return"
NOBODY = "had no practitioner"
UNKNOWN_TEAM = "team unknown to routing (O04)"
NO_MANAGER = "had no manager (O01, O03)"
OWN_UNALLOCATED = "with the company's unallocated team"
NO_TEAM = "no team of the region is known to receive it"
"""A region that an operator gave (G01) does not say which of its teams has the cases of a hub."""

_NOBODY_CAME = pl.DataFrame(schema={"officer": pl.String, "outcome": pl.String})


def lost_practitioners(moving: pl.DataFrame, assigned: pl.DataFrame | None) -> pl.DataFrame:
    """The rows of `moving` that do not stay with their practitioner, with `reason`.

    Args:
        moving: after `keep_officers`: team, officer (old), n_team, n_officer, allocation, goes_unallocated,
            is_team_unknown.
        assigned: every employee with outcome; None without a staff return.
    """
    owners = _NOBODY_CAME if assigned is None else officer_codes(assigned).select("officer", "outcome")
    lost = moving.filter(pl.col("allocation") != OWN).join(
        owners.unique("officer", keep="first", maintain_order=True),
        left_on=pl.col("officer").str.to_uppercase(),
        right_on="officer",
        how="left",
        maintain_order="left",
    )
    return lost.with_columns(_reason().alias("reason")).drop("outcome")


def _reason() -> pl.Expr:
    has_nobody = pl.col("officer").is_null() | (pl.col("officer") == pl.concat_str("team", pl.lit("U")))
    unallocated_teams = teams().filter(pl.col("team_kind") == UNALLOCATED_TEAM)["team"]
    return (
        pl.when("goes_unallocated")
        .then(pl.lit(NO_MANAGER))
        .when("is_team_unknown")
        .then(pl.lit(UNKNOWN_TEAM))
        .when((pl.col("allocation") == UNALLOCATED) & pl.col("team").is_in(unallocated_teams.implode()))
        .then(pl.lit(OWN_UNALLOCATED))
        .when(pl.col("allocation") == UNALLOCATED)
        .then(pl.lit(NO_TEAM))
        .when(pl.col("outcome").is_not_null())
        .then(pl.col("outcome").replace_strict(BY_OUTCOME, default=ELSEWHERE, return_dtype=pl.String))
        .when(has_nobody)
        .then(pl.lit(NOBODY))
        .otherwise(pl.lit(NOT_RETURNED))
    )
