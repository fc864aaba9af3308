"""Rows that the gateway's new records must have become: persons, events and what hangs on them."""

import jellyfish
import polars as pl

from reconcile.allocation.receivers import NO_OFFICERS, receivers_of
from reconcile.expected.diary import diary_people
from reconcile.expected.schedule import appointment_and_contact
from reconcile.expected.stamps import DAY_1
from reconcile.proofs.fields import Expected
from reconcile.registry import expects
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import SPG, TABLES, Records
from reconcile.sources.reading import read_day

PSS, RELEASED, IN_CUSTODY = "P", "B", "A"
NO_LETTERS = "0000"
NAMES = ("first_name", "second_name", "surname")
PLAIN = (
    "address",
    "requirement",
    "licence_condition",
    "pss_requirement",
    "nsi",
    "upw_adjustment",
    "key_date",
)
"""Entities whose new rows need nothing but what they hang on."""


@expects(SPG, entities=f"offender custody_release {' '.join(TABLES)}")
def expected_records(evidence: Evidence, records: Records, project_keys: pl.DataFrame) -> list[Expected]:
    """Every row that an unacknowledged record must have become.

    `project_keys`: project_code, project (reconcile.expected.schedule).
    """
    found = [_persons(evidence, records), *_events(evidence, records), _releases(evidence, records)]
    for entity in PLAIN:
        rows = records.new(entity)
        found.append(_expected(evidence, _with_start(rows, entity), TABLES[entity], entity))
    found.append(_orders(evidence, records))
    sessions = _diary(evidence, records, "upw_session").join(
        project_keys, on="project_code", how="left", maintain_order="left"
    )
    vest = pl.when(pl.col("high_visibility") == "Y").then(pl.lit("Y")).otherwise(pl.lit("N"))
    found += appointment_and_contact(
        evidence, sessions.with_columns(vest.alias("high_visibility")), SPG, "upw_session"
    )
    found.append(_expected(evidence, _contacts(evidence, records), "CONTACT", "contact"))
    return found


def _expected(evidence: Evidence, rows: pl.DataFrame, table: str, entity: str) -> Expected:
    return Expected(table, f"{SPG}.{entity}", evidence.with_keys(rows, table, SPG), SPG, entity)


def _persons(evidence: Evidence, records: Records) -> Expected:
    rows = records.frames["offender"].filter(pl.col("is_new_person").fill_null(False))
    sentenced = records.frames["event"].filter(
        ~pl.col("has_ended") & pl.col("is_new_event") & pl.col("is_sentenced")
    )["person_ref"]
    has_sentence = (
        pl.when(pl.col("person_ref").is_in(sentenced.implode())).then(pl.lit("1")).otherwise(pl.lit("0"))
    )
    sounds = [_soundex(rows[name]).alias(f"{name}_soundex") for name in NAMES]
    return _expected(
        evidence, rows.with_columns(has_sentence.alias("has_sentence"), *sounds), "OFFENDER", "offender"
    )


def _soundex(names: pl.Series) -> pl.Series:
    found = [None if name is None else jellyfish.soundex(name) or NO_LETTERS for name in names]
    return pl.Series(names.name, found, pl.String)


def _events(evidence: Evidence, records: Records) -> list[Expected]:
    events = _with_custody_status(records).with_columns(
        pl.when(
            pl.col("local_ref").is_in(records.frames["upw_order"]["local_event_ref"].drop_nulls().implode())
        )
        .then(pl.lit("1"))
        .otherwise(pl.lit("0"))
        .alias("has_unpaid_work")
    )
    new = events.filter("is_new_event")
    custodial = events.filter(pl.col("needs_custody") & ~pl.col("has_custody"))
    return [
        _expected(evidence, new, "EVENT", "event"),
        _expected(evidence, new, "MAIN_OFFENCE", "event"),
        _expected(evidence, new.filter("is_sentenced"), "DISPOSAL", "event"),
        _expected(evidence, custodial, "CUSTODY", "event"),
    ]


def _with_custody_status(records: Records) -> pl.DataFrame:
    """On PSS where the event has such a requirement, on licence once released, else in custody."""
    supervised = records.frames["pss_requirement"]["local_event_ref"].drop_nulls()
    releases = (
        records.frames["custody_release"]
        .group_by(pl.col("local_event_ref").alias("local_ref"))
        .agg(pl.col("date").max().alias("released"))
    )
    joined = records.frames["event"].join(releases, on="local_ref", how="left", maintain_order="left")
    return joined.with_columns(
        pl.when(pl.col("local_ref").is_in(supervised.implode()))
        .then(pl.lit(PSS))
        .when(pl.col("released").is_not_null())
        .then(pl.lit(RELEASED))
        .otherwise(pl.lit(IN_CUSTODY))
        .alias("custodial_status"),
        (pl.coalesce("released", "sentence_date") + " 00:00:00").alias("custodial_status_date"),
    )


def _releases(evidence: Evidence, records: Records) -> Expected:
    """A release has no key of its own: it is written when its event is new."""
    rows = records.frames["custody_release"].filter(pl.col("is_new_event").fill_null(False))
    return _expected(evidence, rows, "RELEASE", "custody_release")


def _with_start(rows: pl.DataFrame, entity: str) -> pl.DataFrame:
    """A licence condition that has not started yet runs from its sentence."""
    if entity != "licence_condition":
        return rows
    start = pl.coalesce("start_date", "sentence_date") + " 00:00:00"
    return rows.with_columns(start.alias("start_or_sentence"))


def _orders(evidence: Evidence, records: Records) -> Expected:
    """A live order goes to the receiving team at once; its status dates from the sentence."""
    rows = records.new("upw_order")
    placed = receivers_of(_with_region(rows, evidence), evidence.delivery, NO_OFFICERS)
    is_live, sentence = ~pl.col("has_ended"), pl.col("sentence_day").cast(pl.String) + " 00:00:00"
    ready = placed.with_columns(
        pl.when(is_live).then("n_team").otherwise("team").alias("team"),
        pl.when(is_live).then("n_officer").otherwise("officer").alias("officer"),
        sentence.alias("sentence_date"),
        pl.when(is_live).then(pl.lit(DAY_1)).otherwise(sentence).alias("allocated_date"),
    )
    return _expected(evidence, ready, "UPW_DETAILS", "upw_order")


def _with_region(rows: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """A new person has no key by which a region could be looked up: the company's first region is theirs."""
    joined = rows.join(evidence.regions, on="person", how="left", maintain_order="left")
    return joined.with_columns(pl.col("region").fill_null(evidence.home))


def _diary(evidence: Evidence, records: Records, entity: str) -> pl.DataFrame:
    rows = records.new(entity)
    dated = _with_region(rows, evidence).with_columns(
        read_day(SPG, entity, "date", evidence.company).alias("day")
    )
    return diary_people(dated, evidence)


def _contacts(evidence: Evidence, records: Records) -> pl.DataFrame:
    """A contact under a requirement that nDelius knows hangs on that requirement's event (rule 13)."""
    baseline = evidence.country.baseline
    events = baseline["requirement"].join(
        baseline["disposal"].select("disposal_id", "event_id").unique("disposal_id"), on="disposal_id"
    )
    known = events.select("requirement_id", pl.col("event_id").alias("_event")).unique("requirement_id")
    rows = _diary(evidence, records, "contact")
    own = pl.col("event") if "event" in rows.columns else pl.lit(None, pl.String)
    return (
        rows.join(known, on="requirement_id", how="left", maintain_order="left")
        .with_columns(pl.coalesce(own, "_event").alias("event"))
        .drop("_event")
    )
