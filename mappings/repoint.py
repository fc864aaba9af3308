"""Rows that stay but change hands: future contacts, future unpaid work appointments, live unpaid work orders.

Everything earlier keeps its team, officer and area (delius.md; dictionary rule 12).
"""

import polars as pl

from mappings.live import Frames
from mappings.routing import route
from target.plan import Change
from vocabulary.calendar import DAY_1


def repoint_changes(
    frames: Frames, company: str, regions: pl.DataFrame, orders: pl.DataFrame
) -> list[Change]:
    """Changes of CONTACT, UPW_APPOINTMENT and UPW_DETAILS rows that name the company's teams.

    Args:
        frames: mappings.agreed.agreed_frames.
        regions: person_id, region of every person who moves.
        orders: `key`, `is_live` of every unpaid work order.
    """
    is_future = pl.col("date") >= DAY_1
    # The row names a team of the company's area, known or not to the routing.
    own_teams = frames["team"].filter(pl.col("area") == company)["code"]
    is_own = pl.col("team").is_in(own_teams.implode())
    contacts = frames["contact"].filter(is_future & (pl.col("area") == company))
    sessions = frames["upw_session"].filter(is_future & is_own)
    live = orders.filter("is_live")["key"]
    upw_orders = frames["upw_order"].filter(pl.col("key").is_in(live.implode()) & is_own)
    team = {"TEAM_ID": "n_team"}
    return [
        *_change(
            "CONTACT", contacts, regions, team | {"PROBATION_AREA_ID": "region", "STAFF_ID": "n_officer"}
        ),
        *_change("UPW_APPOINTMENT", sessions, regions, team | {"STAFF_ID": "n_officer"}),
        *_change("UPW_DETAILS", upw_orders, regions, team | {"STAFF_ID": "n_officer"}),
    ]


def _change(table: str, rows: pl.DataFrame, regions: pl.DataFrame, columns: dict[str, str]) -> list[Change]:
    """One change of `table`; rows of a person without region stay as they are."""
    if rows.is_empty():
        return []
    placed = rows.with_columns(pl.col("offender_id").cast(pl.String).alias("person_id")).join(
        regions, on="person_id", how="inner", maintain_order="left"
    )
    routed = route(placed, rows["company"][0])
    changed = routed.select(
        pl.col("key").cast(pl.Int64), *(pl.col(word).alias(column) for column, word in columns.items())
    )
    return [Change(table, "repoint", changed)]
