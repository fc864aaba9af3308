"""Where the rows of the unpaid work schedule are: projects, placements and sessions."""

import polars as pl

from reconcile.expected.answered_sessions import carried_sessions
from reconcile.expected.schedule import PLACEMENT, PROJECT, SESSION, UPW
from reconcile.registry import places
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import SPG, Records, is_new


@places(UPW, entities=PROJECT)
def place_projects(evidence: Evidence, projects: pl.DataFrame) -> pl.DataFrame:
    """By whether it goes on, else by the code that nDelius knows."""
    known = evidence.country.baseline[PROJECT].select("code", pl.col("upw_project_id").alias("there"))
    joined = projects.drop("there", strict=False).join(
        known.unique("code"), on="code", how="left", maintain_order="left"
    )
    return joined.with_columns(
        pl.when("is_written")
        .then(pl.lit("goes on"))
        .when(pl.col("there").is_not_null())
        .then(pl.lit("known by code"))
        .otherwise(pl.lit("ended"))
        .alias("when")
    )


@places(UPW, entities=PLACEMENT)
def place_placements(placements: pl.DataFrame) -> pl.DataFrame:
    """By whether it is open and has an order; an open one without an order fits no line."""
    is_open = pl.col("is_open") & pl.col("order").is_not_null()
    ended = pl.when(~pl.col("is_open")).then(pl.lit("ended"))
    return placements.with_columns(
        pl.when(is_open).then(pl.lit("open with an order")).otherwise(ended).alias("when"),
        pl.lit(None, pl.String).alias("there"),
    )


@places(UPW, entities=SESSION)
def place_sessions(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """The reference is nDelius's key, or of a company with a case system of its own that system's number."""
    rows = carried_sessions(evidence, records)
    named = rows.with_columns(pl.col("case_system_ref").alias("there"))
    if records is not None:
        own = evidence.with_keys(records.frames[SESSION], "UPW_APPOINTMENT", SPG, "_new").select(
            pl.col("local_ref").alias("case_system_ref"),
            pl.when(is_new(SESSION)).then("_new").otherwise("upw_session_id").alias("there"),
        )
        named = rows.join(
            own.unique("case_system_ref"), on="case_system_ref", how="left", maintain_order="left"
        )
    is_added = pl.col("case_system_ref").is_null()
    when = pl.when(is_added).then(pl.lit("not in the case system")).otherwise(pl.lit("in the case system"))
    answered = pl.coalesce("answered_key", "there").alias("there")
    return named.with_columns(when.alias("when"), answered)
