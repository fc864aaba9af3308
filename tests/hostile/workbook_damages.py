"""Damages of a workbook: of a cell, a row, a sheet, and of the archive around them.

The clean sheet is one of `samples`: texts inline, one sheet, a header in row 1, numbers and dates as cells.
"""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.hostile.pair import ASIDE, EITHER, NOTHING, RIGHT, Clean, Pair, Row, as_drawn, refusal

Parts = dict[str, bytes]
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
ROW = 5
"""The row whose cells are damaged."""

TEXT, DATE, NUMBER, FLAG = ("surname", "D"), ("start_date", "H"), ("salary", "P"), ("sub_contracted", "AG")

CELLS: dict[str, tuple[tuple[str, str], str, str, Any, tuple[str, ...]]] = {
    # case: column, cell in its place, fate, text that is right, rules that must say so
    **{
        f"error-{re.sub('[^A-Z]', '', word).lower()}": (NUMBER, f't="e"><v>{word}</v>', RIGHT, word, ())
        for word in ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
    },
    "error-in-a-text": (TEXT, 't="e"><v>#REF!</v>', RIGHT, "#REF!", ()),
    "error-in-a-date": (DATE, 't="e"><v>#N/A</v>', RIGHT, "#N/A", ()),
    "error-without-word": (NUMBER, 't="e"><v></v>', ASIDE, None, ()),
    "error-of-later-programs": (NUMBER, 't="e"><v>#SPILL!</v>', RIGHT, "#SPILL!", ()),
    "formula-with-number": (NUMBER, '><f>1+1</f><v>21500</v>', RIGHT, "21500", ("T09",)),
    "formula-with-text": (TEXT, 't="str"><f>A1</f><v>Zzformula</v>', RIGHT, "Zzformula", ("T09",)),
    "formula-with-blank-text": (TEXT, 't="str"><f>A1</f><v></v>', RIGHT, None, ("T09",)),
    "formula-without-result": (NUMBER, "><f>1+1</f>", RIGHT, "=1+1", ("T09",)),
    "formula-without-result-in-a-date": (DATE, "><f>TODAY()</f><v></v>", RIGHT, "=TODAY()", ("T09",)),
    "formula-with-error": (NUMBER, 't="e"><f>1/0</f><v>#DIV/0!</v>', RIGHT, "#DIV/0!", ("T09",)),
    "formula-shared": (NUMBER, '><f t="shared" si="0"/><v>21500</v>', RIGHT, "21500", ("T09",)),
    "formula-shared-without-result": (NUMBER, '><f t="shared" si="0"/>', RIGHT, "=", ("T09",)),
    "formula-of-an-array": (NUMBER, '><f t="array" ref="P5">1+1</f><v>21500</v>', RIGHT, "21500", ("T09",)),
    "number-in-a-text": (TEXT, "><v>7</v>", RIGHT, "7", ()),
    "number-with-noise": (NUMBER, "><v>21500.000000000004</v>", RIGHT, ["21500.000000000004", "21500"], ()),
    "number-as-text": (NUMBER, 't="inlineStr"><is><t>21500</t></is>', RIGHT, "21500", ()),
    "number-with-exponent": (NUMBER, "><v>2.15E+4</v>", RIGHT, "21500", ()),
    "number-of-seventeen-digits": (
        TEXT, "><v>12345678901234567</v>", EITHER, ["12345678901234567", "1.2345678901234568E+16"], (),
    ),
    "number-of-eighteen-digits": (TEXT, "><v>1.23456789012345E+17</v>", EITHER, "1.23456789012345E+17", ()),
    "number-out-of-range": (NUMBER, "><v>1E+400</v>", ASIDE, None, ()),
    "number-that-is-none": (NUMBER, "><v>abc</v>", ASIDE, None, ()),
    "number-nan": (NUMBER, "><v>NaN</v>", ASIDE, None, ()),
    "number-with-blank": (NUMBER, "><v> 21500 </v>", ASIDE, "21500", ()),
    "kind-unknown": (NUMBER, 't="x"><v>21500</v>', ASIDE, None, ()),
    "true": (FLAG, 't="b"><v>1</v>', RIGHT, "true", ()),
    "false": (FLAG, 't="b"><v>0</v>', RIGHT, "false", ()),
    "boolean-of-7": (FLAG, 't="b"><v>7</v>', EITHER, ["true", "7"], ()),
    "date-of-iso": (DATE, 't="d"><v>2014-06-01</v>', RIGHT, ["2014-06-01", "2014-06-01 00:00:00"], ()),
    "date-serial-0": (DATE, 's="1"><v>0</v>', RIGHT, ["0", "1899-12-30", "1899-12-31", "1900-01-00"], ()),
    "date-serial-59": (DATE, 's="1"><v>59</v>', RIGHT, ["59", "1900-02-28", "1900-02-27"], ()),
    "date-serial-60": (DATE, 's="1"><v>60</v>', RIGHT, ["60", "1900-02-28", "1900-02-29"], ()),
    "date-serial-minus": (DATE, 's="1"><v>-1</v>', RIGHT, ["-1", "1899-12-29", "1899-12-30"], ()),
    "date-serial-without-format": (DATE, "><v>41791</v>", RIGHT, "41791", ()),
    "date-serial-with-a-fraction": (
        DATE, 's="1"><v>41791.5</v>', RIGHT, ["2014-06-01 12:00:00", "41791.5"],
        (),
    ),
    "date-serial-too-large": (DATE, 's="1"><v>99999999</v>', EITHER, ["99999999"], ()),
    "date-as-text": (DATE, 't="inlineStr"><is><t>01/06/2014</t></is>', RIGHT, "01/06/2014", ()),
    "format-unknown": (DATE, 's="99"><v>41791</v>', EITHER, ["41791", "2014-06-01"], ()),
    "text-in-runs": (TEXT, 't="inlineStr"><is><r><t>Zz</t></r><r><t>run</t></r></is>', RIGHT, "Zzrun", ()),
    "text-with-phonetic": (
        TEXT, 't="inlineStr"><is><t>Zz</t><rPh sb="0" eb="1"><t>zed</t></rPh></is>', RIGHT, "Zz", (),
    ),
    "text-with-blanks": (TEXT, 't="inlineStr"><is><t xml:space="preserve"> Zz </t></is>', RIGHT, " Zz ", ()),
    "text-with-reference": (TEXT, 't="inlineStr"><is><t>Zz&amp;&#65;</t></is>', RIGHT, "Zz&A", ()),
    "text-with-line-break": (TEXT, 't="inlineStr"><is><t>Zz&#10;a</t></is>', RIGHT, "Zz\na", ()),
    "text-escaped-line-end": (
        TEXT, 't="inlineStr"><is><t>Zz_x000D_</t></is>', EITHER, ["Zz_x000D_", "Zz\r"], (),
    ),
    "text-in-cdata": (TEXT, 't="inlineStr"><is><t><![CDATA[Zz]]></t></is>', RIGHT, "Zz", ()),
    "text-with-comment": (TEXT, 't="inlineStr"><is><t>Z<!-- said -->z</t></is>', RIGHT, "Zz", ()),
    "text-as-value": (TEXT, 't="inlineStr"><v>Zz</v>', EITHER, ["Zz"], ()),
    "text-like-a-formula": (TEXT, 't="inlineStr"><is><t>=SUM(A1)</t></is>', RIGHT, "=SUM(A1)", ("T09",)),
    "text-shared-of-no-list": (TEXT, 't="s"><v>3</v>', ASIDE, None, ()),
    "text-shared-minus": (TEXT, 't="s"><v>-1</v>', ASIDE, None, ()),
    "text-shared-no-number": (TEXT, 't="s"><v>x</v>', ASIDE, None, ()),
    "entity-unknown": (TEXT, 't="inlineStr"><is><t>&eacute;</t></is>', ASIDE, None, ()),
    "bad-byte": (TEXT, 't="inlineStr"><is><t>Z\udce9z</t></is>', ASIDE, None, ()),
    "control-character": (TEXT, 't="inlineStr"><is><t>Z\x01z</t></is>', ASIDE, None, ()),
    "reference-to-nul": (TEXT, 't="inlineStr"><is><t>Z&#0;z</t></is>', ASIDE, None, ()),
    "escaped-nul": (TEXT, 't="inlineStr"><is><t>Z_x0000_z</t></is>', EITHER, ["Z_x0000_z"], ()),
    "long-text": (TEXT, 't="inlineStr"><is><t>' + "x" * 200_000 + "</t></is>", EITHER, "x" * 200_000, ()),
    "blank": (TEXT, ">", RIGHT, None, ()),
}  # fmt: skip

Change = Callable[[bytes], bytes]

HIDDEN, DIMENSION = b'<cols><col min="2" max="9" hidden="1"/></cols>', rb'<dimension ref="[^"]+"'

ROWS: dict[str, tuple[Change, Mapping[int, str]]] = {
    # case: what becomes of the sheet, fates of rows other than right
    "merged-over-two-rows": (lambda sheet: _merged(sheet, "D5:D6"), {5: ASIDE, 6: ASIDE}),
    "merged-over-two-columns": (lambda sheet: _merged(sheet, "D5:E5"), {5: ASIDE}),
    "merged-over-many-rows": (lambda sheet: _merged(sheet, "A8:A12"), dict.fromkeys(range(8, 13), ASIDE)),
    "merged-below-the-rows": (lambda sheet: _merged(sheet, "A200:C201"), {}),
    "row-hidden": (lambda sheet: sheet.replace(b'<row r="5"', b'<row r="5" hidden="1"'), {}),
    "rows-filtered": (lambda sheet: re.sub(rb'<row r="([5-9])"', rb'<row r="\1" hidden="1"', sheet), {}),
    "columns-hidden": (
        lambda sheet: sheet.replace(b"<sheetData>", HIDDEN + b"<sheetData>"),
        {},
    ),
    "rows-without-numbers": (lambda sheet: re.sub(rb'<row r="\d+"', b"<row", sheet), {}),
    "row-twice": (lambda sheet: sheet.replace(b'<row r="6"', b'<row r="5"'), {5: ASIDE, 6: NOTHING}),
    "row-out-of-order": (lambda sheet: _swapped(sheet), {}),
    "cell-twice": (lambda sheet: sheet.replace(b'<c r="D5"', b'<c r="C5"'), {5: ASIDE}),
    "cell-of-another-row": (lambda sheet: sheet.replace(b'<c r="D5"', b'<c r="D6"'), {5: ASIDE, 6: ASIDE}),
    "cell-right-of-the-header": (
        lambda sheet: _last_cell(sheet, b'<c r="AQ5" t="inlineStr"><is><t>note</t></is></c>'), {5: ASIDE},
    ),
    "dimension-lies": (lambda sheet: re.sub(DIMENSION, b'<dimension ref="A1:B2"', sheet), {}),
    "dimension-lies-large": (
        lambda sheet: re.sub(DIMENSION, b'<dimension ref="A1:XFD1048576"', sheet), {},
    ),
    "note-below-the-rows": (
        lambda sheet: sheet.replace(
            b"</sheetData>",
            b'<row r="60"><c r="A60" t="inlineStr"><is><t>checked by</t></is></c></row></sheetData>',
        ),
        {60: EITHER},
    ),
}  # fmt: skip


def workbook_pairs(clean: dict[str, Clean]) -> Iterator[Pair]:
    """Damages of the staff return, then of the archive."""
    staff = clean["staff"]
    sheet = unpacked(staff.content)[SHEET]
    for case, (column, cell, fate, right, warned) in CELLS.items():
        yield from _cell_pair(staff, sheet, case, column, cell, fate, right, warned)
    for case, (change, fates) in ROWS.items():
        drawn = as_drawn(staff)
        for number, fate in fates.items():
            there = drawn["Staff"].get(number)
            drawn["Staff"][number] = Row(fate, there.cells if there else {"employee_no": "checked by"})
        changed = change(sheet)
        if changed != sheet:
            yield Pair(f"xlsx-{case}", staff, _with(staff.content, {SHEET: changed}), drawn)
    yield from _header_again(staff, sheet)
    yield from _header_pairs(staff, sheet)
    yield from _book_pairs(staff)
    yield from _broken_part_pairs(staff)
    yield from _zip_pairs(staff)


def _cell_pair(
    clean: Clean,
    sheet: bytes,
    case: str,
    column: tuple[str, str],
    cell: str,
    fate: str,
    right: Any,
    warned: tuple[str, ...],
) -> Iterator[Pair]:
    name, letters = column
    changed = _cell(sheet, f"{letters}{ROW}", cell)
    drawn = as_drawn(clean)
    cells = {**drawn["Staff"][ROW].cells, name: right}
    drawn["Staff"][ROW] = Row(fate, cells, warned)
    pair = Pair(f"xlsx-{case}", clean, _with(clean.content, {SHEET: changed}), drawn)
    # What is no XML any more is told of the sheet, not of a row.
    yield (
        pair.allowing("F10")
        if case in ("bad-byte", "entity-unknown", "control-character", "reference-to-nul")
        else pair
    )


def _cell(sheet: bytes, place: str, cell: str) -> bytes:
    found = re.search(rf'<c r="{place}"[^>]*?(?:/>|>.*?</c>)'.encode(), sheet)
    new = f'<c r="{place}" {cell}</c>'.encode("utf-8", "surrogateescape")
    if found:
        return sheet.replace(found[0], new)
    raise AssertionError(place)


def _merged(sheet: bytes, places: str) -> bytes:
    return sheet.replace(
        b"</sheetData>",
        f'</sheetData><mergeCells count="1"><mergeCell ref="{places}"/></mergeCells>'.encode(),
    )


def _swapped(sheet: bytes) -> bytes:
    fifth, sixth = (re.search(rb'<row r="%d".*?</row>' % number, sheet) for number in (5, 6))
    assert fifth
    assert sixth
    return sheet.replace(fifth[0] + sixth[0], sixth[0] + fifth[0])


def _last_cell(sheet: bytes, cell: bytes) -> bytes:
    return re.sub(rb'(<row r="5".*?)(</row>)', lambda found: found[1] + cell + found[2], sheet, count=1)


def _header_again(clean: Clean, sheet: bytes) -> Iterator[Pair]:
    """The header printed again below the last row, as on every page."""
    head = re.search(rb'<row r="1".*?</row>', sheet)
    assert head
    last = max(clean.rows["Staff"]) + 1
    again = head[0].replace(b'<row r="1"', b'<row r="%d"' % last)
    again = re.sub(rb'r="([A-Z]+)1"', rb'r="\g<1>%d"' % last, again)
    drawn = as_drawn(clean)
    drawn["Staff"][last] = Row(NOTHING)
    yield Pair(
        "xlsx-header-again",
        clean,
        _with(clean.content, {SHEET: sheet.replace(b"</sheetData>", again + b"</sheetData>")}),
        drawn,
    )


def _header_pairs(clean: Clean, sheet: bytes) -> Iterator[Pair]:
    changes: dict[str, Change] = {
        "renamed": lambda text: text.replace(b"<t>surname</t>", b"<t>family name</t>"),
        "twice": lambda text: text.replace(b"<t>surname</t>", b"<t>forename</t>"),
        "blank": lambda text: text.replace(b"<t>surname</t>", b"<t></t>"),
        "merged": lambda text: _merged(text, "D1:E1").replace(b"<t>date_of_birth</t>", b"<t></t>"),
        "a-row-lower": lambda text: re.sub(
            rb'r="([A-Z]*)(\d+)"', lambda found: b'r="%b%d"' % (found[1], int(found[2]) + 1), text
        ),
        "lost": lambda text: re.sub(rb'<row r="1".*?</row>', b"", text),
        "of-numbers": lambda text: text.replace(
            b'<c r="D1" t="inlineStr"><is><t>surname</t></is></c>', b'<c r="D1"><v>7</v></c>'
        ),
    }
    for case, change in changes.items():
        yield refusal(f"xlsx-header-{case}", clean, _with(clean.content, {SHEET: change(sheet)}), "F11")


def _book_pairs(clean: Clean) -> Iterator[Pair]:
    parts = unpacked(clean.content)
    book, sheet = parts[BOOK], parts[SHEET]
    drawn = as_drawn(clean)
    hidden = book.replace(b'state="visible"', b'state="hidden"')
    yield Pair("xlsx-sheet-hidden", clean, _with(clean.content, {BOOK: hidden}), drawn)
    yield refusal(
        "xlsx-sheet-renamed",
        clean,
        _with(clean.content, {BOOK: book.replace(b'"Staff"', b'"Sheet1"')}),
        "F11",
    )
    dates = book.replace(b"<workbookPr/>", b'<workbookPr date1904="1"/>')
    shifted = {number: {**cells} for number, cells in clean.rows["Staff"].items()}
    for cells in shifted.values():
        for name, text in cells.items():
            if isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                cells[name] = _later(text)
    yield Pair(
        "xlsx-1904",
        clean,
        _with(clean.content, {BOOK: dates}),
        {"Staff": {n: Row(RIGHT, c) for n, c in shifted.items()}},
    )
    moved = {BOOK: book, "xl/sheets/s.xml": sheet}
    links = parts["xl/_rels/workbook.xml.rels"].replace(b"worksheets/sheet1.xml", b"sheets/s.xml")
    error = _cell(sheet, f"P{ROW}", 't="e"><v>#REF!</v>')
    shown = as_drawn(clean)
    shown["Staff"][ROW] = Row(RIGHT, {**shown["Staff"][ROW].cells, "salary": "#REF!"})
    elsewhere = {**moved, "xl/sheets/s.xml": error, "xl/_rels/workbook.xml.rels": links}
    yield Pair(
        "xlsx-error-in-a-sheet-elsewhere", clean, _with(clean.content, elsewhere, without=SHEET), shown
    ).allowing("F10")
    without = {
        "no-workbook-part": BOOK,
        "no-sheet-part": SHEET,
        "no-links": "xl/_rels/workbook.xml.rels",
    }
    for case, part in without.items():
        yield refusal(f"xlsx-{case}", clean, _with(clean.content, {}, without=part), "F10", "F11")
    types = _with(clean.content, {}, without="[Content_Types].xml")
    yield Pair("xlsx-no-content-types", clean, types, drawn).allowing("F10", "F11")


def _broken_part_pairs(clean: Clean) -> Iterator[Pair]:
    parts = unpacked(clean.content)
    book, sheet = parts[BOOK], parts[SHEET]
    broken: dict[str, Parts] = {
        "sheet-cut-off": {SHEET: sheet[: len(sheet) // 2]},
        "sheet-cut-off-late": {SHEET: sheet[:-60]},
        "sheet-tags-crossed": {SHEET: sheet.replace(b"</row>", b"</rows>", 1)},
        "sheet-empty": {SHEET: b""},
        "sheet-of-text": {SHEET: b"Sample text"},
        "sheet-utf-16": {SHEET: sheet.decode().encode("utf-16")},
        "sheet-doctype": {SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]>' + sheet},
        "book-cut-off": {BOOK: book[:200]},
        "book-doctype": {BOOK: b'<!DOCTYPE x [<!ENTITY a "b">]>' + book},
        "far-row": {
            SHEET: sheet.replace(
                b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
            )
        },
        "far-column": {
            SHEET: sheet.replace(b"</sheetData>", b'<row r="99"><c r="XFD99"><v>1</v></c></row></sheetData>')
        },
        "row-beyond-the-last": {
            SHEET: sheet.replace(
                b"</sheetData>", b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>'
            )
        },
        "macros": {"xl/vbaProject.bin": b"Sample"},
        "outer-links": {"xl/externalLinks/externalLink1.xml": b"<a/>"},
    }
    for case, changed in broken.items():
        yield refusal(f"xlsx-{case}", clean, _with(clean.content, changed), "F10", "F11", "F15", "F04")


def _later(day: str) -> str:
    import datetime as dt

    return (dt.date.fromisoformat(day) + dt.timedelta(days=1462)).isoformat()


def _zip_pairs(clean: Clean) -> Iterator[Pair]:
    content = clean.content
    parts = unpacked(content)
    yield refusal("xlsx-empty", clean, b"", "F10")
    yield refusal("xlsx-no-zip", clean, b"Sample text" * 500, "F10")
    yield refusal("xlsx-old-form", clean, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "F10")
    yield refusal("xlsx-html", clean, b"<html><table><tr><td>employee_no</td></tr></table></html>", "F10")
    for share in (0.2, 0.5, 0.9, 0.99):
        yield refusal(f"xlsx-cut-off-{share}", clean, content[: int(len(content) * share)], "F10")
    data = content.index(SHEET.encode()) + 400
    flipped = content[:data] + bytes([content[data] ^ 0xFF]) + content[data + 1 :]
    yield refusal("xlsx-bit-flipped", clean, flipped, "F10")
    drawn = as_drawn(clean)
    yield Pair("xlsx-something-in-front", clean, b"#!sample\n" + content, drawn).allowing("F10")
    yield Pair("xlsx-something-behind", clean, content + b"\n" * 20, drawn).allowing("F10")
    yield Pair("xlsx-not-compressed", clean, packed(parts, zipfile.ZIP_STORED), drawn)
    yield Pair("xlsx-another-compression", clean, packed(parts, zipfile.ZIP_LZMA), drawn).allowing("F10")
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET, parts[SHEET].replace(b"Zz", b"Yy"))
    yield refusal("xlsx-sheet-twice-in-the-archive", clean, out.getvalue(), "F10")
    locked = content
    for found in re.finditer(rb"PK\x01\x02", content):
        place = found.start() + 8
        flags = struct.unpack("<H", content[place : place + 2])[0] | 1
        locked = locked[:place] + struct.pack("<H", flags) + locked[place + 2 :]
    yield refusal("xlsx-locked", clean, locked, "F10")
    bomb = {**parts, "xl/media/image1.png": bytes(300 * 1024 * 1024)}
    yield refusal("xlsx-unpacks-to-300-mb", clean, packed(bomb), "F10", "F15")
    wide = {**parts, "xl/more.xml": bytes(20 * 1024 * 1024)}
    yield refusal("xlsx-unpacks-to-500-times-its-size", clean, packed(wide), "F10", "F15")
    many = {**parts, **{f"xl/media/{number}.bin": b"x" for number in range(20_000)}}
    yield Pair("xlsx-20000-members", clean, packed(many), drawn).allowing("F10", "F15")


def unpacked(content: bytes) -> Parts:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook of `parts`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2021, 6, 25, 18, 0, 0)), part, how)
    return out.getvalue()


def _with(content: bytes, changed: Parts, without: str = "") -> bytes:
    return packed({name: part for name, part in {**unpacked(content), **changed}.items() if name != without})
