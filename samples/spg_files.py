"""Writes the full-record interchange of a gateway company: XML, at most 5,000 messages in a file."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from lxml import etree

from samples import facts
from samples.delivery import Delivery, SentFile
from samples.references import PREFIXES
from samples.spg_envelope import index_records
from samples.spg_records import messages
from samples.world import Row, World

NAMESPACE = "http://www.justice.gsi.gov.uk/SPG/"
MOST_MESSAGES = 5_000
PREFIXED_OWNERS = ("SEETEC",)
"""Owners that write the namespace with a prefix, and leave out what is blank."""


@dataclass(frozen=True)
class Style:
    """How an owner writes: namespace prefix (None: default namespace); whether blanks are sent empty."""

    prefix: str | None
    sends_empty: bool


def add_interchange(world: World, delivery: Delivery) -> None:
    """Add the messages of all persons drawn for the company."""
    records = index_records(world)
    delivery.parts["spg", "messages"] = [
        message for person in world.of(delivery.company) for message in messages(person, records)
    ]


def write_spg(delivery: Delivery) -> list[SentFile]:
    """The interchange files; a person is never cut across two."""
    files: list[list[Row]] = [[]]
    for person in _people(delivery.rows("spg", "messages")):
        if len(files[-1]) + len(person) > MOST_MESSAGES:
            files.append([])
        files[-1] += person
    return [_write_file(delivery.company, number, rows) for number, rows in enumerate(files, start=1)]


def _people(rows: list[Row]) -> list[list[Row]]:
    """Messages cut where the next person begins."""
    people: list[list[Row]] = []
    for row in rows:
        if not people or people[-1][0]["sent_with"] != row["sent_with"]:
            people.append([])
        people[-1].append(row)
    return people


def _write_file(company: str, number: int, rows: list[Row]) -> SentFile:
    owner = facts.companies()[company]["owner"]
    is_prefixed = owner in PREFIXED_OWNERS
    style = Style("spg" if is_prefixed else None, not is_prefixed)
    root = _interchange(company, number, rows, style)
    counts = Counter(row["record"] for row in rows)
    return SentFile(
        name=f"{company}_spg_{number:03d}.xml",
        export="spg",
        content=etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True),
        encoding="utf-8",
        rows=len(rows),
        totals=_totals(rows),
        rows_by_part={record: counts[record] for record in PREFIXES if counts[record]},
        positions={id(row): str(position) for position, row in enumerate(rows, start=1)},
    )


def _interchange(company: str, number: int, rows: list[Row], style: Style) -> etree._Element:
    namespaces: dict[str | None, str] = {style.prefix: NAMESPACE}
    version = {"SchemaVersion": "0-9-13", "SchemaDate": "2018-02-08"}
    root = etree.Element(f"{{{NAMESPACE}}}SPGInterchange", version, nsmap=namespaces)  # type: ignore[arg-type]  # the stubs know no default namespace
    control = f"{company}{number:08d}"
    header = {
        "SenderIdentity": company,
        "ReceiverIdentity": "N00",
        "SenderControlReference": control,
        "DateOfPreparation": dt.date(2021, 6, 25),
        "TimeOfPreparation": dt.time(18, 0),
        "ApplicationReference": "SPG",
    }
    _fill(_below(root, "SPGInterchangeHeader"), header, style)
    for reference, row in enumerate(rows, start=1):
        _add_message(root, reference, row, style)
    trailer = {
        "SenderControlReference": control,
        "ControlCount": len(rows),
        "SenderIdentity": company,
        "ReceiverIdentity": "N00",
    }
    _fill(_below(root, "SPGInterchangeTrailer"), trailer, style)
    return root


def _add_message(root: etree._Element, reference: int, row: Row, style: Style) -> None:
    message = _below(root, "SPGMessage")
    head = {
        "MessageType": "INS" if row["is_new"] else "UPD",
        "MessageVersionNumber": "0-9-13",
        "MessageReferenceNumber": reference,
    }
    _fill(_below(message, "SPGMessageHeader"), head, style)
    record = row["record"]
    details = _below(_below(message, record), f"{record}Details")
    person = {"CaseReferenceNumber": row["crn"], "LocalReference": row["person_ref"]}
    _fill(_below(details, "Offender"), person, style)
    version = {"SPGVersion": row["version"], "SPGUpdateUser": "zzsample.user"}
    _fill(_below(details, "SPGVersion"), version, style)
    columns = facts.columns("spg", record)
    inner = _below(details, columns[0]["inner"])
    names = ["LocalRecordReference", *(column["column"] for column in columns)]
    _fill(inner, {name: row.get(name) for name in names}, style)
    _fill(_below(message, "SPGMessageTrailer"), {"MessageReferenceNumber": reference}, style)


def _below(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")


def _fill(parent: etree._Element, values: dict[str, Any], style: Style) -> None:
    for name, value in values.items():
        text = _text(value)
        if text or style.sends_empty:
            _below(parent, name).text = text or None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M:%S}"
    return str(value)


def _totals(rows: list[Row]) -> dict[str, int | str]:
    rar = [row for row in rows if row.get("RequirementTypeMainCategory") == "F"]
    return {
        "persons": sum(row["record"] == "OffenderProfile" for row in rows),
        "events": sum(row["record"] == "Event" for row in rows),
        "upw_minutes_ordered": _sum(rows, "UPWLengthMinutes"),
        "upw_minutes_credited": _sum(rows, "MinutesCredited"),
        "rar_days": _sum(rar, "Length"),
    }


def _sum(rows: list[Row], element: str) -> int:
    return sum(row[element] for row in rows if isinstance(row.get(element), int))
