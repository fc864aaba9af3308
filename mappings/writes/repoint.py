"""Rows that stay but change hands: future contacts, future unpaid work appointments, live unpaid work orders.

Everything earlier keeps its team, officer and area (delius.md; dictionary rule 12).
"""

import polars as pl

from mappings.allocation.routing import NO_TEAMS, route
from mappings.writes.repoint_projects import PROJECT
from target.plan import Change
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1

MOVED = ("date", "area", "team", "officer")
"""Of a contact when it is and whose: all that is asked of those that nDelius has."""

TEAM, OFFICER = {"TEAM_ID": "n_team"}, {"STAFF_ID": "n_officer"}
COLUMNS = {
    "CONTACT": TEAM | {"PROBATION_AREA_ID": "region"} | OFFICER,
    "UPW_APPOINTMENT": TEAM | OFFICER | PROJECT,
    "UPW_DETAILS": TEAM | OFFICER,
}
"""Table to the columns that change and the words that fill them; a contact names the area as well, an
appointment its project."""


def repointed(
    baseline: Batch,
    company: str,
    regions: pl.DataFrame,
    orders: pl.DataFrame,
    decided: pl.DataFrame = NO_TEAMS,
) -> dict[str, pl.DataFrame]:
    """Rows of CONTACT, UPW_APPOINTMENT and UPW_DETAILS that name the company's teams, routed.

    Args:
        baseline: nDelius on the evening before; what is deleted there stays.
        regions: person_id, region of every person with a component that moves.
        orders: `key`, `is_live` of every unpaid work order.
        decided: answers about teams (mappings.allocation.routing).
    """
    is_future = pl.col("date") >= DAY_1
    # The row names a team of the company's area, known or not to the routing; without a team the area.
    own_teams = baseline.standing("team").filter(pl.col("area") == company)["code"]
    is_own = pl.col("team").is_in(own_teams.implode()).fill_null(False)
    is_of_area = pl.col("team").is_null() & (pl.col("area") == company)
    contacts = baseline.standing_where("contact", is_future & (is_own | is_of_area))
    sessions = baseline.standing_where("upw_session", is_future & is_own)
    live = orders.filter("is_live")["key"]
    upw_orders = baseline.standing_where("upw_order", pl.col("key").is_in(live.implode()) & is_own)
    rows = {"CONTACT": contacts, "UPW_APPOINTMENT": sessions, "UPW_DETAILS": upw_orders}
    return {table: _routed(found, company, regions, decided) for table, found in rows.items() if found.height}


def repoint_changes(routed: dict[str, pl.DataFrame]) -> list[Change]:
    """One change per table of `repointed`."""
    return [
        Change(
            table,
            "repoint",
            rows.select(
                pl.col("key").cast(pl.Int64),
                *(pl.col(word).alias(column) for column, word in COLUMNS[table].items()),
            ),
        )
        for table, rows in routed.items()
    ]


def _routed(rows: pl.DataFrame, company: str, regions: pl.DataFrame, decided: pl.DataFrame) -> pl.DataFrame:
    """Rows of a person who does not move stay as they are."""
    placed = rows.with_columns(
        pl.col("offender_id").cast(pl.String).alias("person_id"), pl.lit(company).alias("company")
    ).join(regions, on="person_id", how="inner", maintain_order="left")
    return route(placed, company, decided)
