"""Goes through the XML of a sheet before anything reads it: is it XML, how far does it reach, is any cell
odd.

It counts in the bytes and keeps nothing. The reader behind it makes a full grid of all rows and columns, and
would take all memory for one cell far below the others; it also reads on where the XML is not well formed.
"""

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from vocabulary.limits import Bounds

PIECE = 1024 * 1024

LARGE = 8 * PIECE
"""Of a larger sheet its end is looked at first."""

PLACE = re.compile(
    rb"""<(?:\w+:)?(?:row\b(?:[^>]*?\br=["'](\d+)["'])?|c\b[^>/]*?\br=["']([A-Z]+)(\d+)["'][^>/]*>)"""
)
"""A row, with its number where it has one, or a filled cell with its place."""

ODD = re.compile(
    rb"""<(?:\w+:)?(?:f[ >/]|mergeCell[ >]|c\b[^>]*\bt=["'](?!s["']|inlineStr["']|n["']|b["'])"""
    rb"""|v>(?![0-9]{1,7}(?:\.[0-9]{0,8})?<))|inlineStr["'][^>]*><(?:\w+:)?v"""
)
"""A formula, merged cells, a cell of another kind than text, number and yes or no, a value that is no plain
number."""


class SurveyError(Exception):
    """The sheet cannot be read; `rule` and words say why."""

    def __init__(self, rule: str, told: str) -> None:
        super().__init__(told)
        self.rule = rule


@dataclass
class Survey:
    """`rows`: the highest number of a filled row. `is_odd`: a cell must be looked at one by one.
    `contradicted`: rows whose cells stand in one place twice, or in another row than they are written in."""

    rows: int = 0
    is_odd: bool = False
    contradicted: set[int] = field(default_factory=set)
    _places: set[bytes] = field(default_factory=set)
    _row: bytes = b""
    _is_filled: bool = False


def survey(archive: zipfile.ZipFile, part: str, bounds: Bounds) -> Survey:
    """What stands in the sheet `part`.

    Raises:
        SurveyError: it is not well formed, declares a document type, or reaches beyond its bounds.
    """
    if archive.getinfo(part).file_size > LARGE:
        _demand_reach(_last_row(archive, part), bounds)
    found, rest = Survey(), b""
    parser = _parser()
    with archive.open(part) as sheet:
        try:
            while piece := sheet.read(PIECE):
                parser.Parse(piece, False)
                whole, cut, tail = (rest + piece).rpartition(b"<")
                _look(whole, found, bounds)
                rest = cut + tail
                if len(rest) > bounds["cell_bytes"] + PIECE:
                    raise SurveyError("F15", f"a cell has more than {bounds['cell_bytes']:,} bytes")
            _look(rest, found, bounds)
            parser.Parse(b"", True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise SurveyError(
                "F10", f"{part} is not well formed, at line {parser.CurrentLineNumber}"
            ) from error
    return found


def check_well_formed(archive: zipfile.ZipFile, part: str) -> None:
    """The part is XML without a document type.

    Raises:
        SurveyError: it is not.
    """
    parser = _parser()
    try:
        with archive.open(part) as content:
            while piece := content.read(PIECE):
                parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SurveyError("F10", f"{part} is not well formed, at line {parser.CurrentLineNumber}") from error


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _look(text: bytes, found: Survey, bounds: Bounds) -> None:
    """Adds what stands in `text`, whose tags are whole."""
    if not found.is_odd and ODD.search(text):
        found.is_odd = True
    for row, column, cell_row in PLACE.findall(text):
        if not column:
            _begin_row(row, found)
            continue
        place = column + cell_row
        if (found._row and cell_row != found._row) or place in found._places:
            found.contradicted |= {int(cell_row[:9]), int(found._row[:9] or 0)}
            found.is_odd = True
        found._places.add(place)
        if len(column) > 1 and column_number(column.decode()) >= bounds["columns"]:
            raise SurveyError("F10", f"has filled cells right of column {bounds['columns']}")
        if not found._is_filled:
            found._is_filled = True
            found.rows = max(found.rows, int(cell_row[:9]))
    _demand_reach(found.rows, bounds)


def _last_row(archive: zipfile.ZipFile, part: str) -> int:
    """The number of the last filled row, where it stands at the end; 0 where nobody can say so soon."""
    with archive.open(part) as sheet:
        before = last = b""
        while piece := sheet.read(PIECE):
            before, last = last, piece
    rows = [int(row[:9]) for _, column, row in PLACE.findall(before + last) if column]
    return rows[-1] if rows else 0


def _demand_reach(rows: int, bounds: Bounds) -> None:
    if rows > bounds["rows"]:
        raise SurveyError("F15", f"a sheet reaches down to row {rows:,}, {bounds['rows']:,} are allowed")


def _begin_row(number: bytes, found: Survey) -> None:
    if not number:
        found.rows += 1
    if not number or number != found._row:
        found._places.clear()
    found._row = number
    found._is_filled = False


def column_number(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _refuse(*_: object) -> None:
    raise SurveyError("F10", "declares a document type")
