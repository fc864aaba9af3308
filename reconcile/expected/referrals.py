"""Rows that open referrals to sub-contracted services must have become, and why some become none.

Source: referrals.md. Said a second time from the text of delivery and baseline; the services of Day 1 are
named here and in no file that the mappings read.
"""

import polars as pl

from reconcile.expected.interventions import expected_nsis
from reconcile.proofs.fields import Expected
from reconcile.registry import expects, places
from reconcile.sources.cases import live_events
from reconcile.sources.code_lists import read_code
from reconcile.sources.evidence import Country, Evidence
from reconcile.sources.origins import Records, is_new, with_person
from reconcile.sources.reading import read_day, read_word
from vocabulary.calendar import LAST_CRC_DAY
from vocabulary.companies import BASELINE_COMPANY

REFERRALS, ENTITY = "referrals", "service_referral"
SERVICES = ("CRS01", "CRS02", "CRS05", "CRS06")
EMPLOYMENT, FINANCE = "CRS02", "NONE"
LACKING = {"CRS05": "N50", "CRS06": "N50"}
"""A service to the region that had none of it."""

RAR, REQUIREMENT = "F", "RQ"
FRAMEWORK = {"provider": "CRS", "area": "CRS", "team": "CRSUAT", "officer": "CRSUATU", "status": "INPROG"}


def placed_referrals(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """The carried referrals with person, region, nsi_type (null: no Day 1 service), event, requirement."""
    company, decided = evidence.company, evidence.delivery.decided
    category = read_code("category", "referral_category", REFERRALS, company, decided)
    half = read_code("sub_category", "referral_sub", REFERRALS, company, decided)
    is_finance = ((category == EMPLOYMENT) & (half == FINANCE)).fill_null(False)
    rows = with_person(evidence.delivery.carried(REFERRALS, ENTITY), records).with_columns(
        pl.when(category.is_in(SERVICES) & ~is_finance).then(category).alias("nsi_type")
    )
    regions = evidence.regions.select("person", "region").unique("person")
    located = rows.join(regions, on="person", how="left", maintain_order="left").with_columns(
        pl.col("region").fill_null(evidence.home)
    )
    lacks = pl.col("nsi_type").replace_strict(LACKING, default=None, return_dtype=pl.String)
    named = located.join(
        _requirements(evidence.country).filter("is_live").rename({"component": "component_id"}),
        on=["person", "component_id"],
        how="left",
        maintain_order="left",
    )
    return (
        named.join(_latest_events(evidence, records), on="person", how="left", maintain_order="left")
        .with_columns(
            pl.when((lacks != pl.col("region")).fill_null(True)).then("nsi_type").alias("nsi_type"),
            pl.when("is_rar").then("component_id").alias("requirement"),
            pl.coalesce("event", "latest").alias("event"),
        )
        .drop("is_live", "is_rar", "latest")
    )


@expects("referrals", entities="service_referral")
def expected_referrals(evidence: Evidence, referrals: pl.DataFrame) -> list[Expected]:
    """NSI and NSI_MANAGER of the placed `referrals` that have a service and an event."""
    has_both = pl.col("nsi_type").is_not_null() & pl.col("event").is_not_null()
    referred = pl.min_horizontal(
        read_day(REFERRALS, ENTITY, "referral_date", evidence.company), pl.lit(LAST_CRC_DAY)
    ).cast(pl.String)
    note = read_word(REFERRALS, ENTITY, "note", evidence.company)
    ready = (
        referrals.filter(has_both)
        .with_columns(**{name: pl.lit(value) for name, value in FRAMEWORK.items()})
        .with_columns(
            (referred + " 00:00:00").alias("referred"),
            pl.when(note.is_null())
            .then("referral_ref")
            .otherwise(pl.col("referral_ref") + "\n" + note)
            .alias("notes"),
        )
    )
    return expected_nsis(evidence, ready, REFERRALS, ENTITY)


def _requirements(country: Country) -> pl.DataFrame:
    """person, component, event, is_rar, is_live of every requirement of nDelius."""
    return country.cached("requirements", lambda: _all_requirements(country))


def _all_requirements(country: Country) -> pl.DataFrame:
    baseline = country.baseline
    standing = country.cases.components.filter(kind=REQUIREMENT)["component"]
    events = baseline["disposal"].select("disposal_id", "event_id").unique("disposal_id")
    rows = baseline["requirement"].join(events, on="disposal_id", how="left", maintain_order="left")
    return rows.select(
        pl.col("offender_id").alias("person"),
        pl.col("requirement_id").alias("component"),
        pl.col("event_id").alias("event"),
        (pl.col("main_category") == RAR).alias("is_rar"),
        pl.col("requirement_id").is_in(standing.implode()).alias("is_live"),
    ).unique(["person", "component"], keep="first", maintain_order=True)


def _latest_events(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """person, latest: the event of the latest live RAR, else of the latest live sentence; of two of one day
    nDelius's own, then the one with the higher key, else the one delivered first."""
    found = [evidence.country.cached("latest events", lambda: _of_ndelius(evidence.country))]
    if records is not None:
        found.append(_of_company(evidence, records))
    ordered = pl.concat(found).with_columns(pl.col("since").fill_null("0000"))
    return (
        ordered.sort(
            *("person", "is_rar", "since", "number"),
            descending=[False, True, True, True],
            nulls_last=True,
            maintain_order=True,
        )
        .unique("person", keep="first", maintain_order=True)
        .select("person", pl.col("event").alias("latest"))
    )


def _of_ndelius(country: Country) -> pl.DataFrame:
    baseline = country.baseline
    starts = baseline["requirement"].select(
        pl.col("requirement_id").alias("component"),
        read_day("delius", "requirement", "start_date", BASELINE_COMPANY).alias("since"),
    )
    rars = (
        _requirements(country)
        .filter(pl.col("is_live") & pl.col("is_rar"))
        .join(starts.unique("component"), on="component", how="left")
    )
    sentences = baseline["disposal"].filter(
        (pl.col("is_active") == "1") & pl.col("event_id").is_in(live_events(baseline).implode())
    )
    return pl.concat(
        [
            rars.select(
                "person", "event", _days("since"), pl.lit(True).alias("is_rar"), _number("component")
            ),
            sentences.select(
                pl.col("offender_id").alias("person"),
                pl.col("event_id").alias("event"),
                _days(read_day("delius", "disposal", "sentence_date", BASELINE_COMPANY)),
                pl.lit(False).alias("is_rar"),
                _number("disposal_id"),
            ),
        ]
    )


def _of_company(evidence: Evidence, records: Records) -> pl.DataFrame:
    """What only the company holds and Day 1 adds: a RAR on a live event, and a sentence."""
    live = live_events(evidence.country.baseline)
    events = records.frames["event"]
    added = events.filter(is_new("event") & pl.col("end_date").is_null())
    category = read_code(
        "main_category", "requirement_main", "spg", evidence.company, evidence.delivery.decided
    )
    rars = records.frames["requirement"].filter(
        is_new("requirement")
        & pl.col("end_date").is_null()
        & (category == RAR)
        & pl.col("event").is_in(pl.concat([live, added["event"]]).implode())
    )
    nothing = pl.lit(None, pl.Int64).alias("number")
    return pl.concat(
        [
            rars.select(
                "person",
                "event",
                _days(read_day("spg", "requirement", "start_date", evidence.company)),
                pl.lit(True).alias("is_rar"),
                nothing,
            ),
            added.filter("is_sentenced").select(
                "person", "event", _days("sentence_day"), pl.lit(False).alias("is_rar"), nothing
            ),
        ]
    )


def _days(day: pl.Expr | str) -> pl.Expr:
    found = pl.col(day) if isinstance(day, str) else day
    return found.cast(pl.String).alias("since")


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int64, strict=False).alias("number")


@places(REFERRALS, entities=ENTITY)
def place_referrals(referrals: pl.DataFrame) -> pl.DataFrame:
    """By service and live sentence; nDelius holds none of them before."""
    return referrals.with_columns(
        pl.when(pl.col("nsi_type").is_null())
        .then(pl.lit("no Day 1 service"))
        .when(pl.col("event").is_null())
        .then(pl.lit("no live sentence"))
        .otherwise(pl.lit("with a service and an event"))
        .alias("when"),
        pl.lit(None, pl.String).alias("there"),
    )
