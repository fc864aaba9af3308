"""Sessions of the schedule in the time of an appointment of nDelius, followed as an operator answered (U20).

Without an answer such a session waits. One that is the appointment is there already, another one is added.
Read from the text alone.
"""

import polars as pl

from reconcile.differences import DESTINATION, differences_of
from reconcile.sources.delivery import PLACE, Frames
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import SPG, Records, is_new, with_person
from reconcile.sources.reading import read_day, read_word
from vocabulary.batch import CARRIED
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.decisions import ANOTHER, SESSIONS

UPW, SESSION = "upw", "upw_session"
REFERENCE, ANSWERED = "case_system_ref", "answered_key"
WAITS = "U20"

HOURS_TWICE = "The session is added though nDelius has an appointment of the person at that time."
NOT_FOLLOWED = "The session waits though an operator said what it is."
WAITS_FOR_NOTHING = "The session waits, and nDelius has no appointment of the person at that time."

TIMES = ["starts", "ends"]


def carried_sessions(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """The carried sessions; one that was called an appointment has its number as reference.

    `answered_key`: the key of that appointment, null of any other session.
    """
    if SESSION not in evidence.kept:
        rows = evidence.delivery.carried(UPW, SESSION)
        named = _answered(evidence, records).filter("is_appointment").select(*PLACE, "number", "key")
        once = named.unique(PLACE, keep="first", maintain_order=True).rename({"key": ANSWERED})
        evidence.kept[SESSION] = (
            rows.join(once, on=PLACE, how="left", maintain_order="left")
            .with_columns(pl.coalesce(REFERENCE, "number").alias(REFERENCE))
            .drop("number")
        )
    return evidence.kept[SESSION]


def find_wrong_hours(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """Differences of sessions that wait without need, or are added and should wait."""
    told = evidence.delivery.findings.filter((pl.col("rule") == WAITS) & (pl.col("export") == UPW))
    met = _answered(evidence, records)
    settled = met.filter(pl.col("is_appointment") | pl.col("is_another")).select(PLACE).unique()
    open_ones = met.filter(pl.col("row_outcome") == CARRIED).join(settled, on=PLACE, how="anti")
    waiting = told.select(PLACE).unique(maintain_order=True)
    return pl.concat(
        [
            differences_of(open_ones.select(PLACE).unique(maintain_order=True), DESTINATION, HOURS_TWICE),
            differences_of(waiting.join(settled, on=PLACE, how="semi"), DESTINATION, NOT_FOLLOWED),
            differences_of(waiting.join(met, on=PLACE, how="anti"), DESTINATION, WAITS_FOR_NOTHING),
        ]
    )


def _answered(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """PLACE, row_outcome, number, key, is_appointment, is_another: each session without reference beside each
    appointment of the person at that time, and whether an answer says that it is that one, or another."""
    sessions = _sessions(evidence, records)
    persons = sessions["person"].drop_nulls().unique()
    met = sessions.join(
        _appointments(evidence, records, persons),
        on=["person", "day"],
        suffix="_other",
        maintain_order="left",
    )
    no_time = pl.any_horizontal(pl.col(*TIMES, *(f"{name}_other" for name in TIMES)).is_null())
    meets = (pl.col("starts") < pl.col("ends_other")) & (pl.col("starts_other") < pl.col("ends"))
    given = _answers(evidence)
    return (
        met.filter(no_time | meets)
        .with_columns(pl.col("day").cast(pl.String))
        .join(given, on=["session_ref", "day"], how="left", maintain_order="left")
        .select(
            *PLACE,
            "row_outcome",
            "number",
            "key",
            (pl.col("answer") == pl.col("number")).fill_null(False).alias("is_appointment"),
            (pl.col("answer") == ANOTHER).fill_null(False).alias("is_another"),
        )
    )


def _answers(evidence: Evidence) -> pl.DataFrame:
    given = evidence.delivery.decided.get(SESSIONS)
    if given is None:
        return pl.DataFrame(schema=dict.fromkeys(("session_ref", "day", "answer"), pl.String))
    return given.filter(company=evidence.company).select("session_ref", "day", "answer")


def _sessions(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """Every delivered session without a reference, with person, day, starts and ends."""
    delivery = evidence.delivery
    if not delivery.has(UPW):
        return pl.DataFrame(
            schema=dict.fromkeys([*PLACE, "row_outcome", "session_ref", "person", *TIMES], pl.String)
            | {"day": pl.Date}
        )
    placed = with_person(delivery.all(UPW, "upw_placement"), records).select("placement_ref", "person")
    once = placed.unique("placement_ref", keep="first", maintain_order=True)
    blank = delivery.all(UPW, SESSION).filter(pl.col(REFERENCE).is_null())
    return blank.join(once, on="placement_ref", how="inner", maintain_order="left").select(
        *PLACE, "row_outcome", "session_ref", "person", *_when(UPW, evidence.company)
    )


def _of_ndelius(baseline: Frames) -> pl.DataFrame:
    return baseline[SESSION].select(
        pl.col("offender_id").alias("person"),
        *_when("delius", BASELINE_COMPANY),
        pl.col("upw_session_id").alias("number"),
        pl.col("upw_session_id").alias("key"),
    )


def _appointments(evidence: Evidence, records: Records | None, persons: pl.Series) -> pl.DataFrame:
    """person, day, starts, ends, number (as a schedule refers to it), key of each appointment of `persons`
    that nDelius has, and of each that the company's own case system adds."""
    known = evidence.country.cached("appointments", lambda: _of_ndelius(evidence.country.baseline))
    known = known.filter(pl.col("person").is_in(persons.implode()))
    if records is None:
        return known
    all_own = evidence.delivery.all(SPG, SESSION).select(pl.col("upw_session_id").alias("key"), "local_ref")
    numbered = all_own.drop_nulls().unique("key", keep="first", maintain_order=True)
    renumbered = known.join(numbered, on="key", how="left", maintain_order="left").with_columns(
        pl.coalesce("local_ref", "number").alias("number")
    )
    new = evidence.with_keys(records.frames[SESSION].filter(is_new(SESSION)), "UPW_APPOINTMENT", SPG)
    added = new.select("person", *_when(SPG, evidence.company), pl.col("local_ref").alias("number"), "key")
    return pl.concat([renumbered.drop("local_ref"), added])


def _when(export: str, company: str) -> list[pl.Expr]:
    return [
        read_day(export, SESSION, "date", company).alias("day"),
        read_word(export, SESSION, "start_time", company).alias("starts"),
        read_word(export, SESSION, "end_time", company).alias("ends"),
    ]
