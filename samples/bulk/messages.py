"""Rows of a frame as messages of the gateway: the text of one such message, with the row's values put in."""

import re

import polars as pl

from samples import facts
from samples.draw import FIRST_ID
from samples.references import PREFIXES
from samples.spg_text import REFERENCE, message_texts, style_of

VALUE = re.compile("\ue001(\\w+)\ue002")
"""Stands in a pattern where the value of a column goes."""
DAY, TIME = "%Y-%m-%d", "%H:%M:%S"
PIECES = ("before", "between", "after")
"""A message around its two references."""


def messages_of(company: str, record: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The messages of `frame`, whose columns bear the names of elements: person, record and PIECES."""
    names = [column["column"] for column in facts.columns("spg", record)]
    head = {name: f"\ue001{name}\ue002" for name in ("crn", "person_ref", "version")}
    body = {name: f"\ue001{name}\ue002" for name in ("LocalRecordReference", *names)}
    pattern = {"record": record, "is_new": False, **head, **body}
    pieces = message_texts(company, [pattern])[0].split(REFERENCE)
    return frame.select(
        "person",
        pl.lit(record).alias("record"),
        *(
            _filled(piece, frame, style_of(company).sends_empty).alias(name)
            for name, piece in zip(PIECES, pieces, strict=True)
        ),
    )


def _filled(piece: str, frame: pl.DataFrame, sends_empty: bool) -> pl.Expr:
    """`piece` line by line; the line of a value that is blank is an empty element, or left out."""
    parts = [_line(line, frame, sends_empty) for line in piece.splitlines(keepends=True)]
    return pl.concat_str(parts)


def _line(line: str, frame: pl.DataFrame, sends_empty: bool) -> pl.Expr:
    found = VALUE.search(line)
    if found is None:
        return pl.lit(line)
    blank = pl.lit(f"{line[: found.start() - 1]}/>\n" if sends_empty else "")
    if found[1] not in frame.columns:
        return blank
    text = _text(frame, found[1]).fill_null("")
    written = pl.concat_str(pl.lit(line[: found.start()]), text, pl.lit(line[found.end() :]))
    return pl.when(text == "").then(blank).otherwise(written)


def _text(frame: pl.DataFrame, name: str) -> pl.Expr:
    value = pl.col(name)
    written = {
        pl.Date: value.dt.strftime(DAY),
        pl.Time: value.dt.strftime(TIME),
        pl.Boolean: pl.when(value).then(pl.lit("Y")).when(~value).then(pl.lit("N")),
    }
    return written.get(frame.schema[name].base_type(), value.cast(pl.String))


def contact_messages(company: str, contacts: pl.DataFrame) -> pl.DataFrame:
    """Messages of contacts that stand in nDelius as `contacts` says."""
    missed = pl.col("CONTACT_OUTCOME_TYPE_CODE") == "UAAB"
    columns = {
        "ContactType": "CONTACT_TYPE_CODE", "ContactDate": "CONTACT_DATE",
        "ContactStartTime": "CONTACT_START_TIME",
        "Provider": "PROBATION_AREA_CODE", "Team": "TEAM_CODE", "ContactOfficer": "OFFICER_CODE",
        "ContactOutcome": "CONTACT_OUTCOME_TYPE_CODE", "SensitiveContact": "SENSITIVE", "Notes": "NOTES",
        "RARContact": "RAR_ACTIVITY",
    }  # fmt: skip
    frame = contacts.select(
        *_head("Contact", "CONTACT_ID"),
        pl.col("CONTACT_ID").alias("ContactID"),
        pl.lit(False).alias("Alert"),
        pl.when(missed).then(pl.lit("ROM")).alias("EnforcementAction"),
        **columns,
    )
    return messages_of(company, "Contact", frame)


def session_messages(company: str, sessions: pl.DataFrame) -> pl.DataFrame:
    """Messages of sessions that stand in nDelius as `sessions` says, with the minutes `credited`."""
    columns = {
        "AppointmentDate": "APPOINTMENT_DATE", "StartTime": "START_TIME", "EndTime": "END_TIME",
        "MinutesOffered": "MINUTES_OFFERED", "MinutesCredited": "MINUTES_CREDITED",
        "TravelTime": "TRAVEL_TIME", "ContactOutcome": "CONTACT_OUTCOME_TYPE_CODE",
        "UPWTeam": "TEAM_CODE", "UPWContactOfficer": "OFFICER_CODE",
    }  # fmt: skip
    frame = sessions.select(
        *_head("UPWContact", "UPW_APPOINTMENT_ID"),
        "ProjectName",
        "ProjectType",
        "ProjectCode",
        pl.col("UPW_APPOINTMENT_ID").alias("UPWAppointmentID"),
        pl.lit(True).alias("HighVisibilityVest"),
        pl.lit(company).alias("Provider"),
        **columns,
    )
    credited = sessions.select(credited="MINUTES_CREDITED")
    return messages_of(company, "UPWContact", frame).hstack(credited)


def _head(record: str, key: str) -> list[pl.Expr]:
    """What every message has: whose it is, its own number, and its event where it has one."""
    return [
        pl.col("OFFENDER_ID").alias("person"),
        pl.col("crn"),
        _local("OM", pl.col("OFFENDER_ID") - FIRST_ID + 1000).alias("person_ref"),
        pl.col(key).cast(pl.String).str.zfill(32).alias("version"),
        _local(PREFIXES[record], pl.col(key) - FIRST_ID).alias("LocalRecordReference"),
        pl.col("OFFENDER_ID").alias("OffenderID"),
        pl.col("EVENT_ID").alias("EventID"),
        _local(PREFIXES["Event"], pl.col("EVENT_ID") - FIRST_ID).alias("LocalEventReference"),
    ]


def _local(prefix: str, number: pl.Expr) -> pl.Expr:
    return pl.format("{}-{}", pl.lit(prefix), number.cast(pl.String).str.zfill(7))
