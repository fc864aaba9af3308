"""Control totals as the sources say them, per order, requirement and person; the target's stand in reports/.

Source: exports/README, "Totals after the load". Nothing here looks at the plan or the target.
"""

from dataclasses import dataclass

import polars as pl

from mappings.planning import all_orders
from mappings.spg_components import record_ref
from mappings.unpaid_work.minutes import minutes_of_orders, with_order
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1

UNPAID_WORK, RAR = "W", "F"
ROW = ["source_file", "source_row"]


@dataclass(frozen=True)
class SourceTotals:
    """Totals of one company.

    `orders`: order_ref, region, ordered, credited, adjusted (minutes), is_listed.
    `rar`: component_ref, region, days, days_done, is_listed.
    """

    orders: pl.DataFrame
    rar: pl.DataFrame


def source_totals(
    batch: Batch, baseline: Batch, stays: pl.DataFrame, moving: pl.DataFrame, listed: pl.DataFrame
) -> SourceTotals:
    """The totals of one company.

    Args:
        stays: left_behind with region; moving: with region.
        listed: source_file, source_row of rows with a finding that explains a difference.
    """
    concerned = pl.concat([moving.select("kind", "component_ref", "person_id", "region"), stays]).filter(
        pl.col("kind") == "RQ"
    )
    requirements = _requirements(batch, baseline).join(concerned, on="component_ref", how="inner")
    work = requirements.filter(pl.col("main_category") == UNPAID_WORK).unique("place")
    rar = requirements.filter(pl.col("main_category") == RAR)
    odd = _odd_requirements(batch, listed)
    unmoved = stays.filter(pl.col("kind") == "RQ")["component_ref"].implode()
    return SourceTotals(
        orders=_orders(batch, baseline, work, listed).with_columns(
            (pl.col("is_listed") | pl.col("component_ref").is_in(unmoved)).alias("is_listed")
        ),
        rar=rar.select(
            "component_ref",
            "region",
            pl.col("length").fill_null(0).alias("days"),
            pl.col("rar_days_done").fill_null(0).alias("days_done"),
            (pl.col("component_ref").is_in(unmoved) | pl.col("component_ref").is_in(odd.implode())).alias(
                "is_listed"
            ),
        ),
    )


def restricted_persons(batch: Batch, baseline: Batch) -> pl.Series:
    """Persons of the company with a restriction or exclusion that has not ended."""
    rows = pl.concat(
        [
            baseline.carried("delius", entity).select("offender_id", "end_date")
            for entity in ("restriction", "exclusion")
        ]
    )
    active = rows.filter(pl.col("end_date").is_null() | (pl.col("end_date") > DAY_1))["offender_id"].cast(
        pl.String
    )
    export = str(batch.case_export)
    offenders = batch.all(export, "offender")
    persons = offenders["person_id"] if export == "spg" else offenders["offender_id"].cast(pl.String)
    return persons.filter(persons.is_in(active.implode())).unique().sort()


def _requirements(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """component_ref, place (what its order hangs on), main_category, length, rar_days_done:
    delivered, else nDelius's."""
    words = ["main_category", "length", "rar_days_done"]
    known = baseline.carried("delius", "requirement").select(
        pl.col("requirement_id").cast(pl.String).alias("component_ref"),
        pl.concat_str(pl.lit("disposal:"), pl.col("disposal_id").cast(pl.String)).alias("place"),
        *words,
    )
    if batch.has("spg"):
        own = batch.carried("spg", "requirement").select(
            record_ref("requirement").alias("component_ref"),
            pl.concat_str(pl.lit("event:"), "local_event_ref").alias("place"),
            *words,
        )
    else:
        own = batch.carried("delius", "requirement").select(
            pl.col("requirement_id").cast(pl.String).alias("component_ref"),
            pl.concat_str(pl.lit("disposal:"), pl.col("disposal_id").cast(pl.String)).alias("place"),
            *words,
        )
    return pl.concat([own, known.join(own, on="component_ref", how="anti")])


def _orders(batch: Batch, baseline: Batch, work: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """One row per order of `work`, with the minutes that carried rows add up to."""
    minutes = minutes_of_orders(batch, all_orders(batch, baseline))
    places = _places(batch, baseline).join(work, on="place", how="inner")
    odd = pl.concat([_odd_orders(batch, listed), _lacking_orders(batch, baseline)])
    return (
        places.select("order_ref", "component_ref", "region")
        .join(minutes, on="order_ref", how="left", maintain_order="left")
        .with_columns(pl.col("ordered", "credited", "added", "adjusted").fill_null(0))
        .with_columns(
            pl.col("credited") + pl.col("added"),
            pl.col("order_ref").is_in(odd.implode()).alias("is_listed"),
        )
        .drop("added")
    )


def _places(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """order_ref, place of every order that is delivered or known."""
    known = baseline.carried("delius", "upw_order").select(
        pl.col("upw_order_id").cast(pl.String).alias("order_ref"),
        pl.concat_str(pl.lit("disposal:"), pl.col("disposal_id").cast(pl.String)).alias("place"),
    )
    if not batch.has("spg"):
        return known
    own = batch.all("spg", "upw_order").select(
        record_ref("upw_order").alias("order_ref"),
        pl.concat_str(pl.lit("event:"), "local_event_ref").alias("place"),
    )
    return pl.concat([own, known.join(own, on="order_ref", how="anti")]).unique(
        "order_ref", maintain_order=True
    )


def _odd_orders(batch: Batch, listed: pl.DataFrame) -> pl.Series:
    """Orders with a row that is listed: their minutes may differ, and the list says why."""
    rows = [
        with_order(batch, entity).select(*ROW, "order_ref")
        for entity in ("upw_order", "upw_session", "upw_adjustment")
    ]
    return pl.concat(rows).join(listed, on=ROW, how="semi")["order_ref"].drop_nulls().unique()


def _lacking_orders(batch: Batch, baseline: Batch) -> pl.Series:
    """Orders of which nDelius has a row that no carried row speaks of: not delivered (X05), or delivered and
    set aside, be it so broken that nobody can tell which order it was of (T01)."""
    export = str(batch.case_export)
    lacking = []
    for entity in ("upw_order", "upw_session", "upw_adjustment"):
        own = "key" if export == "delius" else f"{entity}_id"
        spoken_of = batch.carried(export, entity).select(pl.col(own).cast(pl.String).alias("key"))
        lacking.append(baseline.carried("delius", entity).join(spoken_of, on="key", how="anti"))
    refs = [rows.select(pl.col("upw_order_id").cast(pl.String)).to_series() for rows in lacking]
    return pl.concat(refs).drop_nulls().unique()


def _odd_requirements(batch: Batch, listed: pl.DataFrame) -> pl.Series:
    """Requirements whose own row is listed."""
    export = str(batch.case_export)
    ref = record_ref("requirement") if export == "spg" else pl.col("requirement_id").cast(pl.String)
    return (
        batch.all(export, "requirement")
        .join(listed, on=ROW, how="semi")
        .select(ref.alias("ref"))["ref"]
        .drop_nulls()
    )


@dataclass(frozen=True)
class WrittenRows:
    """Carried schedule rows that Day 1 writes; of sessions all that are carried."""

    projects: pl.DataFrame
    placements: pl.DataFrame
    sessions: pl.DataFrame


def written_rows(batch: Batch, baseline: Batch) -> WrittenRows:
    """Of the schedule, by the words of "What Day 1 writes"."""
    projects = batch.carried("upw", "upw_project")
    placements = batch.carried("upw", "upw_placement")
    sessions = batch.carried("upw", "upw_session")
    end = pl.col("end_date")
    added = sessions.filter(pl.col("case_system_ref").is_null())
    lasting = placements.filter(end.is_null() | (end >= DAY_1))
    named = [added["project_code"], lasting["project_code"]]
    if batch.has("spg"):
        own = batch.carried("spg", "upw_session").filter(pl.col("upw_session_id") == 0)
        named.append(own["project_code"])
    # A closed project that nDelius never knew goes over with the sessions that name it.
    known = baseline.carried("delius", "upw_project")["code"]
    is_missing = pl.col("code").is_in(pl.concat(named).implode()) & ~pl.col("code").is_in(known.implode())
    return WrittenRows(projects.filter(end.is_null() | (end > DAY_1) | is_missing), lasting, sessions)
