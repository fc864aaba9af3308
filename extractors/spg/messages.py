"""Reads the messages of an interchange as rows: one message, one record, one row of its entity (spg.md)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
from lxml import etree

from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers.chunk import RAGGED, UNREADABLE, chunk_of
from extractors.readers.mark import skip_mark
from extractors.readers.source import CHANGE, ROWS_AT_A_TIME, Chunk, Source
from extractors.readers.xml import ILL_FORMED, BrokenXmlError, UnsafeXmlError, check_prologue, elements
from extractors.spg.envelope import NAMESPACE, Envelope
from extractors.spg.shapes import Shape, Structure, child_name, shape_of

MESSAGE, HEADER, TRAILER = (
    f"{{{NAMESPACE}}}{name}" for name in ("SPGMessage", "SPGInterchangeHeader", "SPGInterchangeTrailer")
)
END = re.compile(rb"</(?:\w+:)?SPGInterchange\s*>\s*$")
"""How a file ends that is not cut off."""

LONGEST_END = 1024
"""Bytes at the end of a file among which that must be."""

Row = dict[str, str | int | None]


@dataclass
class _Gathered:
    """Rows not yet given away, by part, and element paths that the agreement does not have."""

    parts: dict[str, Part]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    size: int = 0
    unknown: set[str] = field(default_factory=set)
    shapes: dict[Structure, Shape] = field(default_factory=dict)

    def add(self, name: str, row: Row) -> None:
        """A row of the part delivered as `name`."""
        self.rows.setdefault(name, []).append(row)
        self.size += 1


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
    for element in elements(source.path, [MESSAGE, HEADER, TRAILER]):
        if element.tag == HEADER:
            _read_root(element, envelope)
            envelope.header = _fields(element)
        elif element.tag == TRAILER:
            envelope.trailer = _fields(element)
        else:
            _read_message(element, source, envelope, gathered)
        if gathered.size >= ROWS_AT_A_TIME:
            yield from _flush(source, gathered)
    yield from _flush(source, gathered)
    yield from _envelope_problems(source, envelope, gathered.unknown)


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
    gathered.add(shape.record, row)


def _number(place: int | None, texts: Sequence[str | None]) -> str | None:
    return None if place is None else (texts[place] or "").strip()


def _flush(source: Source, gathered: _Gathered) -> Iterator[Chunk]:
    """Everything gathered so far, one chunk per part, and forgets it."""
    for name, rows in gathered.rows.items():
        part = gathered.parts[name]
        words = dict.fromkeys(source.headers(part).values(), pl.String)
        schema = {"row_number": pl.Int64, "source_row": pl.String, **words}
        # A NUL or an undecodable byte is not XML at all (F07), so no row of a file that was read has one.
        marks = {RAGGED: pl.lit(False), UNREADABLE: pl.lit(False)}
        yield chunk_of(source, part, pl.DataFrame(rows, schema=schema, orient="row").with_columns(**marks))
    gathered.rows.clear()
    gathered.size = 0


def _envelope_problems(source: Source, envelope: Envelope, unknown: set[str]) -> Iterator[Problem]:
    ask = f"Ask {source.company} for the interchange again."
    if control := "; ".join(envelope.control_complaints()):
        yield source.problem("F08", f"{control}. {ask}")
    if identity := "; ".join(envelope.identity_complaints(source.company)):
        yield source.problem("F09", f"{identity}. {ask}")
    if unknown:
        yield source.problem("F11", f"elements unknown or given twice: {', '.join(sorted(unknown))}. {ask}")
