"""Rows that stay and change hands: future contacts, future unpaid work appointments, live unpaid work orders.

Derived from nDelius's own rows of persons with a component that moves, whose team (blank: area) is the
company's.
"""

import polars as pl

from reconcile.allocation.receivers import receivers_of
from reconcile.expected.changes import EXPECTED_CHANGE, expect
from reconcile.expected.schedule import baseline_orders
from reconcile.sources.delivery import PLACE, Frames
from reconcile.sources.evidence import Country, Evidence
from reconcile.sources.reading import read_day
from vocabulary.calendar import DAY_1
from vocabulary.companies import BASELINE_COMPANY

ENTITIES = {
    "CONTACT": ("contact", "date"),
    "UPW_APPOINTMENT": ("upw_session", "date"),
    "UPW_DETAILS": ("upw_order", ""),
}
COLUMNS = {
    "CONTACT": {
        "TEAM_ID": ("n_team", "TEAM"), "STAFF_ID": ("n_officer", "OFFICER"),
        "TRUST_PROVIDER_TEAM_ID": ("n_team", "TEAM"), "STAFF_EMPLOYEE_ID": ("n_officer", "OFFICER"),
        "PROBATION_AREA_ID": ("n_area", "PROBATION AREA"),
    },
    "UPW_APPOINTMENT": {"TEAM_ID": ("n_team", "TEAM"), "STAFF_ID": ("n_officer", "OFFICER")},
    "UPW_DETAILS": {"TEAM_ID": ("n_team", "TEAM"), "STAFF_ID": ("n_officer", "OFFICER")},
}  # fmt: skip
"""Table to the columns that follow the case, what fills them, and the list by which they are read."""


def rows_to_repoint(
    evidence: Evidence, moved_persons: pl.Series, officers: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Table to its rows with key, PLACE, person, and n_area, n_team, n_officer, keeps."""
    found = {}
    for table, (entity, day) in ENTITIES.items():
        rows = _live_rows(evidence.country, entity, day)
        own = rows.filter(
            _is_of_company(evidence, rows) & pl.col("offender_id").is_in(moved_persons.implode())
        )
        placed = own.select(
            *PLACE,
            pl.col(f"{entity}_id").alias("key"),
            pl.col("offender_id").alias("person"),
            "team",
            "officer",
            *(["upw_project_id"] if "upw_project_id" in own.columns else []),
        ).join(evidence.regions, on="person", how="left", maintain_order="left")
        found[table] = receivers_of(
            placed.filter(pl.col("region").is_not_null()), evidence.delivery, officers
        )
    return found


def _live_rows(country: Country, entity: str, day: str) -> pl.DataFrame:
    """nDelius's rows from Day 1 on; of an entity without a `day` those of live orders."""
    if day:
        is_live = read_day("delius", entity, day, BASELINE_COMPANY) >= DAY_1
    else:
        is_live = pl.col("upw_order_id").is_in(baseline_orders(country).filter("is_live")["order"].implode())
    return country.baseline.rows(entity, is_live)


def expected_repoints(rows: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """EXPECTED_CHANGE of every column that must follow."""
    parts = [pl.DataFrame(schema=EXPECTED_CHANGE)]
    for table, found in rows.items():
        for column, (source, list_name) in COLUMNS[table].items():
            parts.append(expect(found, table, column, pl.col(source), list_name))
    return pl.concat(parts)


def expected_projects(
    rows: dict[str, pl.DataFrame], projects: pl.DataFrame, baseline: Frames
) -> pl.DataFrame:
    """EXPECTED_CHANGE of the project of appointments: the region's copy, where one is written.

    Args:
        rows: rows_to_repoint. projects: reconcile.expected.schedule.written_projects.
    """
    copies = projects.filter("is_written").select("code", pl.col("key").alias("copy")).drop_nulls()
    of_old = baseline["upw_project"].select("upw_project_id", "code").join(
        copies.unique("code", keep="first"), on="code"
    )  # fmt: skip
    moving = rows["UPW_APPOINTMENT"].join(of_old, on="upw_project_id", maintain_order="left")
    return expect(moving, "UPW_APPOINTMENT", "UPW_PROJECT_ID", pl.col("copy"))


def _is_of_company(evidence: Evidence, rows: pl.DataFrame) -> pl.Expr:
    """The row's team is one of the company's; without a team its area is, where it has one."""
    teams = evidence.country.baseline["team"].filter(area=evidence.company)["code"]
    by_team = pl.col("team").is_in(teams.drop_nulls().implode()).fill_null(False)
    if "area" not in rows.columns:
        return by_team
    return by_team | (pl.col("team").is_null() & (pl.col("area") == evidence.company)).fill_null(False)
