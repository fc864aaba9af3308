"""The XML of an interchange: the text of each message, and the envelope around them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from lxml import etree

from samples import facts
from samples.world import Row

NAMESPACE = "http://www.justice.gsi.gov.uk/SPG/"
PREFIXED_OWNERS = ("SEETEC",)
"""Owners that write the namespace with a prefix, and leave out what is blank."""
REFERENCE = "\ue000"
"""Stands in the text of a message where its number goes, twice."""


@dataclass(frozen=True)
class Style:
    """How an owner writes: namespace prefix (None: default namespace); whether blanks are sent empty."""

    prefix: str | None
    sends_empty: bool

    def tag(self, name: str) -> str:
        """The name of an element as it stands in the file."""
        return f"{self.prefix}:{name}" if self.prefix else name


def style_of(company: str) -> Style:
    """How the owner of a company writes."""
    is_prefixed = facts.companies()[company]["owner"] in PREFIXED_OWNERS
    return Style("spg" if is_prefixed else None, not is_prefixed)


def interchange(company: str, number: int, count: int, messages: str) -> bytes:
    """The file of that number with its `count` messages, whose text has its references."""
    style = style_of(company)
    text = _text_of(_envelope(company, number, count, [], style))
    head, trailer, rest = text.partition(f"  <{style.tag('SPGInterchangeTrailer')}>")
    return "".join((head, messages, trailer, rest)).encode()


def message_texts(company: str, rows: list[Row]) -> list[str]:
    """The text of each message, with REFERENCE in place of its number."""
    style = style_of(company)
    first, last = (f"  <{mark}{style.tag('SPGMessage')}>\n" for mark in ("", "/"))
    text = _text_of(_envelope(company, 0, len(rows), rows, style))
    return [first + message + last for message in _between(text, first, last)]


def _between(text: str, first: str, last: str) -> list[str]:
    return [piece.partition(last)[0] for piece in text.split(first)[1:]]


def _text_of(root: etree._Element) -> str:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True).decode()


def _envelope(company: str, number: int, count: int, rows: list[Row], style: Style) -> etree._Element:
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
    for row in rows:
        _add_message(root, row, style)
    trailer = {
        "SenderControlReference": control,
        "ControlCount": count,
        "SenderIdentity": company,
        "ReceiverIdentity": "N00",
    }
    _fill(_below(root, "SPGInterchangeTrailer"), trailer, style)
    return root


def _add_message(root: etree._Element, row: Row, style: Style) -> None:
    message = _below(root, "SPGMessage")
    head = {
        "MessageType": "INS" if row["is_new"] else "UPD",
        "MessageVersionNumber": "0-9-13",
        "MessageReferenceNumber": REFERENCE,
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
    _fill(_below(message, "SPGMessageTrailer"), {"MessageReferenceNumber": REFERENCE}, style)


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
