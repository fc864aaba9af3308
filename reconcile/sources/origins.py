"""What the records of a company's own case system hang on in nDelius: persons, events, sentences, orders.

A record that nDelius knows bears its key. A new one is found by its own row in the crosswalk; whether that
row of the target is right, proof 2 says.
"""

from dataclasses import dataclass

import polars as pl

from reconcile.sources.cases import live_events
from reconcile.sources.delivery import NEW, Frames
from reconcile.sources.evidence import Evidence
from reconcile.sources.reading import read_day
from reconcile.sources.text_frames import TextFrames, scan_of
from vocabulary.batch import CARRIED

SPG = "spg"
HANGS_ON_CUSTODY = ("pss_requirement", "key_date")
TABLES = {
    "address": "OFFENDER_ADDRESS", "event": "EVENT", "requirement": "RQMNT",
    "licence_condition": "LIC_CONDITION", "pss_requirement": "PSS_RQMNT", "nsi": "NSI",
    "upw_order": "UPW_DETAILS", "upw_session": "UPW_APPOINTMENT", "upw_adjustment": "UPW_ADJUSTMENT",
    "contact": "CONTACT", "key_date": "KEY_DATE",
}  # fmt: skip
"""Entity with a key of nDelius's own to the table it is a row of."""


@dataclass(frozen=True)
class Records:
    """The carried records of the gateway export, each with `person` and where it has one `event`.

    `events`: local_event_ref, event, disposal, custody, order (keys), is_new, is_sentenced, sentence_day,
    ended, needs_custody.
    """

    frames: Frames
    events: pl.DataFrame

    def scan(self, entity: str) -> pl.LazyFrame:
        """The records of `entity`, unread where they are not kept."""
        return scan_of(self.frames, entity)

    def new(self, entity: str) -> pl.DataFrame:
        """The records of `entity` that nDelius has given no key."""
        return self.scan(entity).filter(is_new(entity)).collect()


def is_new(entity: str) -> pl.Expr:
    """nDelius has given the record no key."""
    return pl.col(f"{entity}_id").fill_null("0").str.strip_chars("0") == ""


def event_has_ended(baseline: Frames) -> pl.Expr:
    """The delivered event is over: of one that it knows nDelius says so (spg.md), else the record."""
    is_live = pl.col("event_id").is_in(live_events(baseline).implode())
    return pl.when(is_new("event")).then(pl.col("end_date").is_not_null()).otherwise(~is_live)


def persons_of(evidence: Evidence) -> pl.DataFrame:
    """person_ref, person: nDelius's key of each delivered person; of a new one the key the target gave."""
    offenders = evidence.with_keys(evidence.delivery.carried(SPG, "offender"), "OFFENDER", SPG, "new_person")
    return (
        offenders.select(
            "person_ref",
            pl.when(pl.col(NEW)).then("new_person").otherwise("person_id").alias("person"),
        )
        .drop_nulls("person_ref")
        .unique("person_ref", keep="first", maintain_order=True)
    )


def records_of(evidence: Evidence) -> Records:
    """The records of the company; empty frames where it has no such export."""
    delivery = evidence.delivery
    persons = persons_of(evidence).lazy()
    scans = {
        entity: delivery.scan(SPG, entity)
        .filter(pl.col("row_outcome") == CARRIED)
        .join(persons, on="person_ref", how="left", maintain_order="left")
        for entity in delivery.frames[SPG]
    }
    events = _events(evidence, TextFrames(scans))
    return Records(TextFrames(_with_events(scans, events.lazy())), events)


def _with_events(scans: dict[str, pl.LazyFrame], events: pl.LazyFrame) -> dict[str, pl.LazyFrame]:
    """Every record with what became of the event that it names, an event with what became of itself."""
    found = {}
    for entity, scan in scans.items():
        word = "local_ref" if entity == "event" else "local_event_ref"
        named = word in scan.collect_schema()
        found[entity] = (
            scan.join(events, left_on=word, right_on="local_event_ref", how="left", maintain_order="left")
            if named
            else scan
        )
    return found


def with_person(rows: pl.DataFrame, records: Records | None) -> pl.DataFrame:
    """Satellite rows with `person`: nDelius's key; of somebody new the key that the target gave."""
    if records is None:
        return rows.with_columns(pl.col("person_id").alias("person"))
    new = records.frames["offender"].filter("is_new_person").select(
        pl.col("person_ref").alias("matched_ref"), pl.col("person").alias("_new")
    )  # fmt: skip
    joined = rows.join(new.unique("matched_ref"), on="matched_ref", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("person_id", "_new").alias("person")).drop("_new")


def _events(evidence: Evidence, frames: Frames) -> pl.DataFrame:
    baseline = evidence.country.baseline
    sentences = baseline["disposal"].select("event_id", "disposal_id").unique("event_id", keep="first")
    custodies = baseline["custody"].select("disposal_id", "custody_id").unique("disposal_id", keep="first")
    known = sentences.join(custodies, on="disposal_id", how="left")
    events = frames["event"]
    for table, name in (("EVENT", "new_event"), ("DISPOSAL", "new_disposal"), ("CUSTODY", "new_custody")):
        events = evidence.with_keys(events, table, SPG, name)
    placed = events.join(known, on="event_id", how="left", maintain_order="left")
    return _with_orders(
        placed.select(
            pl.col("local_ref").alias("local_event_ref"),
            pl.when(is_new("event")).then("new_event").otherwise("event_id").alias("event"),
            pl.coalesce("disposal_id", "new_disposal").alias("disposal"),
            pl.coalesce("custody_id", "new_custody").alias("custody"),
            pl.col("custody_id").is_not_null().alias("has_custody"),
            is_new("event").alias("is_new_event"),
            (pl.col("sentence_date").is_not_null() & pl.col("type").is_not_null()).alias("is_sentenced"),
            read_day(SPG, "event", "sentence_date", evidence.company).alias("sentence_day"),
            event_has_ended(baseline).alias("has_ended"),
            pl.col("local_ref").is_in(_on_custody(frames).implode()).alias("needs_custody"),
        ).unique("local_event_ref", keep="first", maintain_order=True),
        evidence,
        frames,
    )


def _on_custody(frames: Frames) -> pl.Series:
    """Events with a new row that hangs on custody: PSS requirement, key date, release of a new event."""
    new_events = frames["event"].filter(is_new("event"))["local_ref"]
    releases = frames["custody_release"]["local_event_ref"]
    rows = [frames[entity].filter(is_new(entity))["local_event_ref"] for entity in HANGS_ON_CUSTODY]
    return pl.concat([*rows, releases.filter(releases.is_in(new_events.implode()))]).drop_nulls().unique()


def _with_orders(events: pl.DataFrame, evidence: Evidence, frames: Frames) -> pl.DataFrame:
    """The order of each event: the delivered one, else the one nDelius has on the sentence."""
    delivered = evidence.with_keys(frames["upw_order"], "UPW_DETAILS", SPG, "new_order").select(
        "local_event_ref",
        pl.when(is_new("upw_order")).then("new_order").otherwise("upw_order_id").alias("order"),
    )
    known = evidence.country.baseline["upw_order"].select(
        pl.col("disposal_id").alias("disposal"), pl.col("upw_order_id").alias("known_order")
    )
    return (
        events.join(
            delivered.unique("local_event_ref", keep="first", maintain_order=True),
            on="local_event_ref",
            how="left",
            maintain_order="left",
        )
        .join(
            known.unique("disposal", keep="first", maintain_order=True),
            on="disposal",
            how="left",
            maintain_order="left",
        )
        .with_columns(pl.coalesce("order", "known_order").alias("order"))
        .drop("known_order")
    )
