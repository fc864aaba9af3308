"""Reads the messages of an interchange as rows: one message, one record, one row of its entity (spg.md).

A message that is no XML, holds a wrong byte or character, or text between its elements, is set aside alone,
as long as what surrounds the messages is right (extractors/spg/isolated.py).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from lxml import etree

from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers.chunk import MISWRITTEN, RAGGED, UNREADABLE, chunk_of
from extractors.readers.mark import skip_mark
from extractors.readers.source import CHANGE, ROWS_AT_A_TIME, Chunk, Source
from extractors.readers.xml import (
    ILL_FORMED,
    BrokenXmlError,
    UnsafeXmlError,
    check_prologue,
    elements,
    has_attributes,
    is_blank,
)
from extractors.spg.envelope import NAMESPACE, Envelope
from extractors.spg.isolated import Cut, cut_out
from extractors.spg.shapes import Shape, Structure, child_name, shape_of

MESSAGE, HEADER, TRAILER = (
    f"{{{NAMESPACE}}}{name}" for name in ("SPGMessage", "SPGInterchangeHeader", "SPGInterchangeTrailer")
)
END = re.compile(rb"</(?:\w+:)?SPGInterchange\s*>\s*$")
"""How a file ends that is not cut off."""

LONGEST_END = 1024
"""Bytes at the end of a file among which that must be."""

MARKS = (RAGGED, UNREADABLE, MISWRITTEN)
"""What may be wrong with one message: it is no XML; a wrong byte or character; text between its elements."""

INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
"""Attributes of this namespace speak of schemas, not of people."""

MOST_NAMES, LONGEST_NAME = 5, 80
"""Unknown names that a message tells, and characters of each."""

Row = dict[str, str | int | None]


@dataclass
class _Gathered:
    """Rows not yet given away, by part, and element paths that the agreement does not have."""

    parts: dict[str, Part]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    size: int = 0
    unknown: set[str] = field(default_factory=set)
    shapes: dict[Structure, Shape] = field(default_factory=dict)
    has_attributes: bool = False
    marks: dict[tuple[str, int], str] = field(default_factory=dict)

    def add(self, name: str, row: Row, mark: str | None = None) -> None:
        """A row of the part delivered as `name`, and what is wrong with it."""
        rows = self.rows.setdefault(name, [])
        if mark:
            self.marks[name, len(rows)] = mark
        rows.append(row)
        self.size += 1

    def is_marked(self, name: str, mark: str) -> pl.Expr:
        """True for the rows of the part that bear `mark`."""
        places = [place for (part, place), found in self.marks.items() if (part, found) == (name, mark)]
        return (pl.int_range(pl.len()).is_in(places) if places else pl.lit(False)).alias(mark)


def read(source: Source) -> Iterator[Chunk | Problem]:
    """The messages of an XML file; the envelope's problems (F07, F08, F09) follow the rows."""
    with source.path.open("rb") as file:
        mark = skip_mark(file, source)
    if mark:
        yield mark
    envelope = Envelope()
    try:
        check_prologue(source.path)
        yield from _messages(source, envelope)
    except UnsafeXmlError:
        told = "declares a document type or an entity; reading stopped there"
        yield source.problem("F07", f"{told}. Ask {source.company} for the file without a DOCTYPE.")
    except BrokenXmlError as error:
        yield source.problem("F07", _broken(source, error, envelope))


def _broken(source: Source, error: BrokenXmlError, envelope: Envelope) -> str:
    """What is wrong, with the message it is wrong in: that the file is cut off is said only where it is."""
    is_cut = error.reason == ILL_FORMED and not _has_its_end(source.path)
    reason = "is cut off" if is_cut else error.reason
    where = f"in message {envelope.messages + 1:,}" if envelope.header else "before the first message"
    wanted = "the whole file again" if is_cut else "the file with that mended"
    return f"{reason} {where}, at line {error.line}. Ask {source.company} for {wanted}."


def _has_its_end(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_END))
        return END.search(file.read()) is not None


def _messages(source: Source, envelope: Envelope) -> Iterator[Chunk | Problem]:
    gathered = _Gathered({part.delivered_as: part for part in source.parts})
    gathered.has_attributes = has_attributes(source.path)
    try:
        for element in elements(source.path, [MESSAGE, HEADER, TRAILER], gathered.unknown):
            if element.tag == MESSAGE:
                _read_message(element, source, envelope, gathered)
            else:
                _read_envelope(element, envelope, gathered)
            if gathered.size >= ROWS_AT_A_TIME:
                yield from _flush(source, gathered)
    except BrokenXmlError:
        cuts = cut_out(source.path) if _has_its_end(source.path) else None
        if cuts is None:
            raise
        envelope.header, envelope.trailer = {}, {}
        for child in cuts.around:
            if child.tag in (HEADER, TRAILER):
                _read_envelope(child, envelope, gathered)
            else:
                gathered.unknown.add(etree.QName(child).localname)
        for cut in cuts.messages(frozenset(gathered.parts), envelope.messages):
            _read_cut(cut, source, envelope, gathered)
            if gathered.size >= ROWS_AT_A_TIME:
                yield from _flush(source, gathered)
    yield from _flush(source, gathered)
    yield from _envelope_problems(source, envelope, gathered.unknown)


def _read_envelope(element: etree._Element, envelope: Envelope, gathered: _Gathered) -> None:
    """The header or trailer of the interchange. The second of its kind is unknown, and not read."""
    is_header = element.tag == HEADER
    if not is_blank([element.text, *(child.tail for child in element)]):
        gathered.unknown.add(f"text in {child_name(element)}")
    if is_header and not envelope.root_tag:
        _read_root(element, envelope)
    fields = _fields(element)
    held = envelope.header if is_header else envelope.trailer
    if held:
        gathered.unknown.add(f"{child_name(element)} twice")
    elif is_header:
        envelope.header = fields
    else:
        envelope.trailer = fields


def _read_cut(cut: Cut, source: Source, envelope: Envelope, gathered: _Gathered) -> None:
    """A message cut out of the bytes: as any other, or with what is known of it and its mark."""
    if cut.element is not None and cut.is_readable:
        _read_message(cut.element, source, envelope, gathered)
        return
    if cut.record is None:
        raise BrokenXmlError(0, f"{ILL_FORMED}, and names no record, ")
    if cut.element is not None:
        before = gathered.size
        _read_message(cut.element, source, envelope, gathered)
        if gathered.size > before:
            gathered.marks[cut.record, len(gathered.rows[cut.record]) - 1] = UNREADABLE
            return
        envelope.messages -= 1
    envelope.messages += 1
    mark = RAGGED if cut.element is None else UNREADABLE
    number = cut.number or str(envelope.messages)
    gathered.add(cut.record, {"row_number": envelope.messages, "source_row": number}, mark)


def _read_root(element: etree._Element, envelope: Envelope) -> None:
    root = element.getroottree().getroot()
    envelope.root_tag, envelope.schema_version = str(root.tag), str(root.get("SchemaVersion", ""))


def _fields(element: etree._Element) -> dict[str, str]:
    return {child_name(child): (child.text or "").strip() for child in element}


def _read_message(message: etree._Element, source: Source, envelope: Envelope, gathered: _Gathered) -> None:
    """Adds the message's row to its part; a message without exactly one agreed record is noted as unknown."""
    elements = list(message.iter())
    texts = [element.text for element in elements]
    shape = shape_of(elements, gathered.parts, gathered.shapes)
    number = _number(shape.number, texts)
    envelope.count(number, _number(shape.trailer_number, texts))
    gathered.unknown |= shape.unknown
    if shape.record is None:
        return
    row: Row = {word: texts[place] or "" for word, place in shape.places}
    row |= {"row_number": envelope.messages, "source_row": number}
    if source.is_delta:
        row[CHANGE] = message.get(CHANGE)
    between = [element.tail for element in elements[1:]]
    between += [texts[place] for place in shape.inner]
    if gathered.has_attributes:
        gathered.unknown.update(_attributes(elements, source))
    gathered.add(shape.record, row, None if is_blank(between) else MISWRITTEN)


def _attributes(elements: Sequence[etree._Element], source: Source) -> Iterator[str]:
    """Attributes that nobody agreed to: a value in one would be read by nobody."""
    for place, element in enumerate(elements):
        for name in map(str, element.attrib):
            is_change = source.is_delta and place == 0 and name == CHANGE
            if not is_change and not name.startswith(INSTANCE):
                yield f"{child_name(element)}@{name}"


def _number(place: int | None, texts: Sequence[str | None]) -> str | None:
    return None if place is None else (texts[place] or "").strip()


def _flush(source: Source, gathered: _Gathered) -> Iterator[Chunk]:
    """Everything gathered so far, one chunk per part, and forgets it."""
    for name, rows in gathered.rows.items():
        part = gathered.parts[name]
        words = dict.fromkeys(source.headers(part).values(), pl.String)
        schema = {
            "row_number": pl.Int64,
            "source_row": pl.String,
            **words,
        }
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        yield chunk_of(source, part, frame.with_columns(gathered.is_marked(name, mark) for mark in MARKS))
    gathered.rows.clear()
    gathered.marks.clear()
    gathered.size = 0


def _envelope_problems(source: Source, envelope: Envelope, unknown: set[str]) -> Iterator[Problem]:
    ask = f"Ask {source.company} for the interchange again."
    if control := "; ".join(envelope.control_complaints()):
        yield source.problem("F08", f"{control}. {ask}")
    if identity := "; ".join(envelope.identity_complaints(source.company)):
        yield source.problem("F09", f"{identity}. {ask}")
    if unknown:
        names = ", ".join(name[:LONGEST_NAME] for name in sorted(unknown)[:MOST_NAMES])
        yield source.problem("F11", f"elements unknown or given twice: {names}. {ask}")
