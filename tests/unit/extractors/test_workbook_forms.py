"""One sheet as other programs save it: shared texts, rows without numbers, prefixes; always the same rows."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from openpyxl import Workbook
from written_files import source

from extractors.readers import workbook
from extractors.readers.source import Chunk, Source

Parts = dict[str, bytes]
SHEET = re.compile(r"xl/worksheets/.*\.xml")
TEXT = re.compile(rb't="inlineStr"><is><t[^>]*>([^<]*)</t></is>')
SPREADSHEET = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheets_by(change: Callable[[bytes], bytes]) -> Callable[[Parts], Parts]:
    def changed(parts: Parts) -> Parts:
        return {name: change(part) if SHEET.fullmatch(name) else part for name, part in parts.items()}

    changed.__name__ = change.__name__
    return changed


def without_places(sheet: bytes) -> bytes:
    """Rows count by their order."""
    return re.sub(rb'<row r="[^"]*"', rb"<row", sheet)


def prefixed(sheet: bytes) -> bytes:
    """Every element under the prefix `x:`."""
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", sheet).replace(b"xmlns=", b"xmlns:x=")


def in_runs(sheet: bytes) -> bytes:
    """Text in two runs, as where half of a word is bold."""
    return TEXT.sub(rb't="inlineStr"><is><r><t>\1</t></r><r><t></t></r></is>', sheet)


def spread(sheet: bytes) -> bytes:
    """Every row and cell on a line of its own."""
    return re.sub(rb"(<(?:row|c|/row)[ >])", rb"\r\n\1", sheet)


def shared(parts: Parts) -> Parts:
    """Each text once, in a part of its own, and named by its number."""
    texts: list[bytes] = []

    def number(found: re.Match[bytes]) -> bytes:
        if found[1] not in texts:
            texts.append(found[1])
        return b't="s"><v>%d</v>' % texts.index(found[1])

    changed = {n: TEXT.sub(number, part) if SHEET.fullmatch(n) else part for n, part in parts.items()}
    entries = b"".join(b'<si><t xml:space="preserve">%s</t></si>' % text for text in texts)
    return changed | {"xl/sharedStrings.xml": b'<sst xmlns="%s">%s</sst>' % (SPREADSHEET, entries)}


FORMS = [*map(sheets_by, (without_places, prefixed, in_runs, spread)), shared]


def schedule(found: Source) -> None:
    """Two sessions with text, numbers, a formula and blanks between them."""
    made = Workbook()
    made.remove(made.active)
    rows = [
        {"session_ref": "007", "placement_ref": "P1", "offered": 7.5, "note": "Sample & note"},
        {"session_ref": "008", "offered": 7, "credited": "=D2", "note": "Sample & note"},
    ]
    for part in found.parts:
        sheet = made.create_sheet(part.delivered_as)
        sheet.append(list(part.headers))
        for row in rows if part.entity == "upw_session" else ():
            sheet.append([row.get(word) for word in part.headers.values()])
    made.save(found.path)


def sessions(found: Source) -> pl.DataFrame:
    (chunk,) = (
        piece
        for piece in workbook.read(found)
        if isinstance(piece, Chunk) and piece.part.entity == "upw_session"
    )
    return chunk.frame


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_a_sheet_is_read_alike_however_it_was_saved(tmp_path: Path, form: Callable[[Parts], Parts]) -> None:
    found = source(tmp_path / "C01_upw.xlsx", "C01", "upw")
    schedule(found)
    before = sessions(found)
    assert before["session_ref"].to_list() == ["007", "008"]
    with zipfile.ZipFile(found.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    again = form(parts)
    assert again != parts
    with zipfile.ZipFile(found.path, "w") as archive:
        for name, content in again.items():
            archive.writestr(name, content)
    assert sessions(found).equals(before)
