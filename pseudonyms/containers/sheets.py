"""One sheet of a workbook: its cells in place, with their kind, formula and stored result."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from html import escape

from extractors.readers.sheet_survey import column_number
from pseudonyms.births import birth_serial
from pseudonyms.columns import KEEP, TEXT, Treatments
from pseudonyms.containers.xml_tokens import units
from pseudonyms.spelling import Spelt, respelt

CELL = re.compile(
    r"<(?:\w+:)?row\b[^>]*>|</(?:\w+:)?row>|<(?:\w+:)?c\b[^>]*/>|<(?:\w+:)?c\b[^>]*>.*?</(?:\w+:)?c>",
    re.DOTALL,
)
PLACE, KIND, ROW = (re.compile(rf"""\b{name}=["']([^"']*)["']""") for name in ("r", "t", "r"))
VALUE = re.compile(r"(<(?:\w+:)?v\b[^>]*>)(.*?)(</(?:\w+:)?v>)", re.DOTALL)
FORMULA = re.compile(r"(<(?:\w+:)?f\b[^>]*>)(.*?)(</(?:\w+:)?f>)", re.DOTALL)
INLINE = re.compile(r"(<(?:\w+:)?is\b[^>]*>)(.*?)(</(?:\w+:)?is>)", re.DOTALL)
RUN = re.compile(r"<(?:\w+:)?t\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?t>)", re.DOTALL)
PHONETIC = re.compile(r"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh>", re.DOTALL)
LITERAL = re.compile(r'"[^"]*"|\'[^\']*\'|\[[^\]]*\]|(?<![A-Za-z$\d.])\d+(?:\.\d+)?(?![\d(])')
"""What of a formula may be somebody's: texts, names of other files and sheets, numbers. Cells are not."""

CODED = re.compile(r"_x[0-9A-Fa-f]{4}_")
"""How a workbook writes a control character."""

AS_AGREED = "header"
"""In the place of a treatment: the names of columns, which were looked at one by one."""

TABLE = re.compile(r"<(?:\w+:)?sheetData\b[^>]*?(?:/>|>(.*)</(?:\w+:)?sheetData>)", re.DOTALL)
ROOT = re.compile(r"<(?:\w+:)?worksheet\b[^>]*>")
LOOKS = ("dimension", "sheetViews", "sheetFormatPr", "cols", "mergeCells")
"""Elements of a sheet beside its cells that are kept. Links, comments, filters, lists of choices and page
headers may name people; no rule looks at them."""


@dataclass
class Texts:
    """The texts that a workbook keeps apart from its sheets: as they were, and, numbered anew, as they are
    said in a column of each treatment."""

    given: list[str]
    said: list[str] = field(default_factory=list)
    places: dict[tuple[str, str], int] = field(default_factory=dict)

    def place(self, text: str, treatment: str, treatments: Treatments) -> int:
        """The number of the pseudonym of `text`."""
        key = (text, treatment)
        if key not in self.places:
            self.places[key] = len(self.said)
            self.said.append(spelt(text, treatment, treatments))
        return self.places[key]


@dataclass
class Sheet:
    """A sheet on its way. `columns`: name of the treatment by column; `header_row` and above are no rows."""

    treatments: Treatments
    texts: Texts
    system: str
    header_row: int
    columns: dict[int, str] = field(default_factory=dict)

    def copied(self, xml: str) -> str:
        """The XML of the copy."""
        root = ROOT.search(xml)
        assert root is not None  # who reads the sheet has looked
        prefix = "".join(re.findall(r"^<(\w+:)", root[0]))
        table = TABLE.search(xml)
        rows = "".join(self._rows((table[1] or "") if table else ""))
        kept = {name: self._look(xml, name) for name in LOOKS}
        before = "".join(kept[name] for name in LOOKS if name != "mergeCells")
        cells = f"<{prefix}sheetData>{rows}</{prefix}sheetData>"
        return xml[: root.end()] + before + cells + kept["mergeCells"] + f"</{prefix}worksheet>"

    def header(self, xml: str) -> dict[int, str]:
        """What stands in the row of the header, by column."""
        table = TABLE.search(xml)
        return {
            column: self._shown(cell)
            for row, column, cell in cells((table[1] or "") if table else "")
            if row == self.header_row and column >= 0
        }

    def _look(self, xml: str, name: str) -> str:
        found = re.search(rf"<(?:\w+:)?{name}\b(?:[^>]*/>|.*?</(?:\w+:)?{name}>)", xml, re.DOTALL)
        return found[0] if found else ""

    def _rows(self, table: str) -> Iterator[str]:
        for row, column, written in cells(table):
            if column < 0 or row == self.header_row:
                yield self._cell(written, AS_AGREED) if column >= 0 else written
            else:
                yield self._cell(written, self.columns.get(column, TEXT) if row > self.header_row else TEXT)

    def _cell(self, written: str, treatment: str) -> str:
        kind = _attribute(KIND, written) or "n"
        said = FORMULA.sub(lambda found: found[1] + self._formula(found[2]) + found[3], written)
        said = INLINE.sub(lambda found: found[1] + self._inline(found[2], treatment) + found[3], said)
        return VALUE.sub(lambda found: found[1] + self._value(found[2], kind, treatment) + found[3], said)

    def _value(self, value: str, kind: str, treatment: str) -> str:
        if kind == "s":
            is_there = value.isdecimal() and int(value[:18]) < len(self.texts.given)
            text = self.texts.given[int(value)] if is_there else ""
            return str(self.texts.place(text, treatment, self.treatments)) if is_there else value
        if kind == "b" or (kind == "e" and value.startswith("#")):
            return value
        if kind == "n" and treatment == "birth":
            return birth_serial(self.treatments.secret, value, self.system)
        if kind == "n" and treatment not in (KEEP, AS_AGREED):
            return self._number(value, treatment)
        return spelt(value, treatment, self.treatments)

    def _number(self, value: str, treatment: str) -> str:
        """A number where no number is agreed: its digits as they would be written out."""
        try:
            plain = format(Decimal(value), "f") if "e" in value.lower() else value
        except InvalidOperation:
            plain = value
        said = self.treatments.named(treatment)(plain)
        return f"1{said[1:]}" if said.startswith("0") and not plain.startswith("0") else said

    def _inline(self, inner: str, treatment: str) -> str:
        prefix = "".join(re.findall(r"<(\w+:)t\b", inner)[:1])
        said = spelt(_joined(inner), treatment, self.treatments)
        return f'<{prefix}t xml:space="preserve">{said}</{prefix}t>'

    def _formula(self, formula: str) -> str:
        return LITERAL.sub(lambda found: spelt(found[0], TEXT, self.treatments), formula)

    def _shown(self, written: str) -> str:
        """The text of a cell of the header."""
        if inline := INLINE.search(written):
            return _plain(_joined(inline[2]))
        found = VALUE.search(written)
        value = found[2] if found else ""
        if _attribute(KIND, written) == "s" and value.isdecimal() and int(value[:18]) < len(self.texts.given):
            value = self.texts.given[int(value)]
        return _plain(value)


def cells(table: str) -> Iterator[tuple[int, int, str]]:
    """Row, column from 0 and XML of each cell; column -1 for the begin and end of a row."""
    row, column = 0, -1
    for found in CELL.finditer(table):
        written = found[0]
        if re.match(r"</?(?:\w+:)?row\b", written):
            if not written.startswith("</"):
                number = _attribute(ROW, written)
                row, column = int(number) if number.isdecimal() else row + 1, -1
            yield row, -1, written
            continue
        letters = re.match(r"[A-Z]{1,3}", _attribute(PLACE, written))
        column = column_number(letters[0]) if letters else column + 1
        yield row, column, written


def shared_texts(xml: str) -> list[str]:
    """The texts of sharedStrings.xml, written as they are written there."""
    entries = re.findall(r"<(?:\w+:)?si\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?si>)", xml, re.DOTALL)
    return [_joined(entry) for entry in entries]


def shared_xml(texts: Texts) -> str:
    """The XML of the texts as they are said."""
    entries = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in texts.said)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<sst xmlns="{space}" uniqueCount="{len(texts.said)}">{entries}</sst>'


def spelt(written: str, treatment: str, treatments: Treatments) -> str:
    """The pseudonym of a text of a workbook, as XML writes it."""
    if treatment == AS_AGREED:
        return written
    return respelt(_units(written), treatments.named(treatment), partial(escape, quote=False))


def _units(written: str) -> Iterator[Spelt]:
    place = 0
    for found in CODED.finditer(written):
        yield from units(written[place : found.start()])
        yield chr(int(found[0][2:6], 16)), found[0]
        place = found.end()
    yield from units(written[place:])


def _plain(written: str) -> str:
    return "".join(character for character, _ in units(written))


def _joined(entry: str) -> str:
    return "".join(RUN.findall(PHONETIC.sub("", entry)))


def _attribute(pattern: "re.Pattern[str]", written: str) -> str:
    found = pattern.search(written[: written.index(">")])
    return found[1] if found else ""
