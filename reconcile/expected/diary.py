"""Under whom a diary row stands: from Day 1 on the receiver, before it whoever had it.

Source: delius.md; dictionary rules 8 (a team's unallocated officer stands in) and 12 (history is not
changed).
"""

import polars as pl

from reconcile.allocation.receivers import NO_OFFICERS, receivers_of
from reconcile.sources.cases import OM
from reconcile.sources.code_lists import read_code
from reconcile.sources.evidence import Evidence
from vocabulary.calendar import DAY_1
from vocabulary.resources import text_table
from vocabulary.source import source_words


def diary_people(rows: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """`rows` (day, team, officer, region, pdu, person_team) with team, officer, area as they must be."""
    if rows.is_empty():
        return rows.with_columns(pl.lit(None, pl.String).alias("area"))
    baseline = evidence.country.baseline
    unallocated = f"{evidence.company}UAT"
    known_team = pl.col("team").is_in(baseline["team"]["code"].drop_nulls().implode())
    received = receivers_of(rows, evidence.delivery, NO_OFFICERS).with_columns(
        pl.when(known_team.fill_null(False)).then("team").otherwise(pl.lit(unallocated)).alias("_team")
    )
    known_officer = pl.col("officer").is_in(baseline["staff"]["officer"].drop_nulls().implode())
    is_future = pl.col("day") >= DAY_1
    return received.with_columns(
        pl.when(is_future).then("n_team").otherwise("_team").alias("team"),
        pl.when(is_future)
        .then("n_officer")
        .when(known_officer.fill_null(False))
        .then("officer")
        .otherwise(pl.concat_str("_team", pl.lit("U")))
        .alias("officer"),
        pl.when(is_future).then("n_area").otherwise(pl.lit(evidence.company)).alias("area"),
    ).drop("_team")


def with_attendance(rows: pl.DataFrame, evidence: Evidence, export: str, entity: str) -> pl.DataFrame:
    """`rows` with `attended`, `complied` (Y, N) as the outcome's target code says it
    (mappings/outcomes.csv)."""
    name = next(word.code_list for word in source_words(export)[entity] if word.name == "outcome")
    meanings = text_table("mappings", "outcomes.csv").select(
        pl.col("outcome").alias("_outcome"), "attended", "complied"
    )
    code = read_code("outcome", str(name), export, evidence.company, evidence.delivery.decided)
    return (
        rows.with_columns(code.alias("_outcome"))
        .join(meanings, on="_outcome", how="left", maintain_order="left")
        .drop("_outcome")
    )


def attribute_to_author(rows: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """`rows` (person, author) with team, officer, area: the author's first team, else the person's offender
    manager's, else the company's unallocated one."""
    baseline = evidence.country.baseline
    homes = (
        baseline["staff_team"]
        .join(baseline["staff"].select("staff_id", "officer", pl.col("area").alias("h_area")), on="staff_id")
        .join(baseline["team"].select("team_id", pl.col("code").alias("h_team")), on="team_id")
        .drop_nulls("officer")
        .sort("officer", "h_team")
        .unique("officer", keep="first", maintain_order=True)
        .select(pl.col("officer").alias("author"), "h_team", "h_area")
    )
    managers = evidence.country.cases.components.filter(pl.col("kind") == OM).select(
        "person",
        pl.col("area").alias("m_area"),
        pl.col("team").alias("m_team"),
        pl.col("officer").alias("m_officer"),
    )
    unallocated = pl.lit(f"{evidence.company}UAT")
    joined = rows.join(homes, on="author", how="left", maintain_order="left").join(
        managers, on="person", how="left", maintain_order="left"
    )
    return joined.with_columns(
        pl.coalesce("h_team", "m_team", unallocated).alias("team"),
        pl.when(pl.col("h_team").is_not_null())
        .then("author")
        .otherwise(pl.coalesce("m_officer", unallocated + "U"))
        .alias("officer"),
        pl.coalesce("h_area", "m_area", pl.lit(evidence.company)).alias("area"),
    ).drop("h_team", "h_area", "m_area", "m_team", "m_officer")
