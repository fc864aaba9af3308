"""One line per receiving team: how many lines of each list are its own, and the hours it takes over."""

import polars as pl

from lists.sources import Lists
from lists.unpaid_work.sources import WHERE

COUNTED = {
    "sessions": "sessions_booked",
    "past_12_months": "past_12_months",
    "assessment_overdue": "assessment_overdue",
    "start_overdue": "start_overdue",
    "reviews_due": "reviews_due",
    "hours_disagree": "hours_disagree",
    "travel": "travel",
}
"""List to the column that counts its lines."""

TEAM = ["company", *WHERE]


def team_list(lists: Lists) -> pl.DataFrame:
    """Orders, hours outstanding and the lines of each list, by team; a team that has none has 0."""
    orders = lists["hours"].group_by(TEAM).agg(
        pl.len().cast(pl.Int64).alias("orders"), pl.col("outstanding").sum().alias("hours_outstanding")
    )  # fmt: skip
    counts = [
        lists[name].group_by(TEAM).agg(pl.len().cast(pl.Int64).alias(column))
        for name, column in COUNTED.items()
    ]
    teams = pl.concat([rows.select(TEAM) for rows in (orders, *counts)]).unique()
    for rows in (orders, *counts):
        teams = teams.join(rows, on=TEAM, how="left", nulls_equal=True)
    figures = [name for name in teams.columns if name not in TEAM]
    return teams.sort(*WHERE, "company", nulls_last=True).select(
        *WHERE, pl.col(figures).fill_null(0), "company"
    )
