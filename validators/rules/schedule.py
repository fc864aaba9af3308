"""The unpaid work schedule against people, orders and the case system: U06, U07, U10, U11, U16, U17."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch
from vocabulary.unpaid_work import ETE_SHARE, FEMALE, MAX_TRAVEL_MINUTES


@judges("upw", rules="U10")
def setting_aside(batch: Batch, orders: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of U10, which sets the row aside. `orders`: person_id, is_live."""
    live = orders.filter("is_live")["person_id"]
    has_person = pl.col("person_id").is_not_null()
    return [
        failing(
            batch.in_scope("upw", "upw_placement"),
            has_person & ~pl.col("person_id").is_in(live.implode()),
            "U10",
            "upw_placement",
        ),
    ]


@judges("upw", rules="U06 U07 U11 U16 U17")
def warnings(batch: Batch, persons: pl.DataFrame, session_references: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of U06, U07, U11, U16 and U17 on carried rows.

    Args:
        persons: person_id, gender. session_references: case_system_ref, case_credited (minutes).
    """
    sessions = batch.carried("upw", "upw_session")
    placements = batch.carried("upw", "upw_placement")
    no_outcome = (pl.col("date") < batch.extract_date) & pl.col("outcome").is_null()
    own = session_references.unique("case_system_ref", keep="first", maintain_order=True)
    known = sessions.join(own, on="case_system_ref", how="inner", maintain_order="left")
    differs = pl.col("credited").fill_null(0) != pl.col("case_credited").fill_null(0)
    return [
        failing(sessions, no_outcome, "U06", "upw_session", "outcome"),
        failing(
            placements,
            pl.col("travel_minutes") > MAX_TRAVEL_MINUTES,
            "U07",
            "upw_placement",
            "travel_minutes",
        ),
        _too_much_ete(batch, placements, sessions),
        _women_only(batch, placements, persons),
        failing(known, differs, "U17", "upw_session", "credited"),
    ]


def _too_much_ete(batch: Batch, placements: pl.DataFrame, sessions: pl.DataFrame) -> pl.DataFrame:
    """U11, on the placements whose sessions were credited at ETE projects."""
    projects = batch.carried("upw", "upw_project").filter("is_ete").select("code").unique()
    ete = (
        sessions.join(projects, left_on="project_code", right_on="code", how="semi")
        .group_by("placement_ref")
        .agg(pl.col("credited").fill_null(0).sum().alias("ete"))
        .filter(pl.col("ete") > 0)
    )
    placed = placements.join(ete, on="placement_ref", how="inner").with_columns(
        pl.col("ete").sum().over("person_id").alias("ete")
    )
    return failing(placed, pl.col("ete") * ETE_SHARE > pl.col("ordered"), "U11", "upw_placement", "ordered")


def _women_only(batch: Batch, placements: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """U16: HMPPS TOM update June 2020 para 3.7."""
    projects = batch.carried("upw", "upw_project").filter("is_women_only").select("code").unique()
    placed = placements.join(projects, left_on="project_code", right_on="code", how="semi").join(
        persons.select("person_id", "gender"), on="person_id", how="left"
    )
    return failing(placed, pl.col("gender") != FEMALE, "U16", "upw_placement", "project_code")
