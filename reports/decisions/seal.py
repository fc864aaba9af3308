"""The hidden sheet of a decisions workbook: what its questions were made from, and a hash of each.

It shows what was changed by mistake or made from another run. It is no signature: who can write the sheet
can write it anew, and the answers are checked again when they come back.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.workbook.table import put

SEAL = "Seal"
FORM = "day1 decisions 2"
"""Name and version of the layout, so that another workbook is told at once."""

EVERYBODY, LIMITED = "everybody", "limited access"
HEAD = 6
"""Rows above the hashes."""


@dataclass(frozen=True)
class Seal:
    """`data`: fingerprint of the data. `companies`: those asked about. `rows`: sheet and hash per row.
    `is_limited`: the workbook of persons with limited access."""

    cycle: str
    companies: tuple[str, ...]
    data: str
    rows: tuple[tuple[str, str], ...]
    is_limited: bool = False

    @property
    def whole(self) -> str:
        """Hash over everything above."""
        return row_hash(
            [
                *(self.cycle, *self.companies, self.data, str(self.is_limited)),
                *(cell for row in self.rows for cell in row),
            ]
        )


def row_hash(cells: Iterable[object]) -> str:
    """Hash of the cells of a question as the sheet shows them."""
    text = "\n".join("" if cell is None else str(cell) for cell in cells)
    return hashlib.sha256(text.encode()).hexdigest()


def put_seal(workbook: Workbook, seal: Seal) -> None:
    """Add the hidden sheet."""
    sheet = workbook.create_sheet(SEAL)
    access = LIMITED if seal.is_limited else EVERYBODY
    head = [FORM, seal.cycle, ";".join(seal.companies), seal.data, access, seal.whole]
    for row, text in enumerate(head, 1):
        put(sheet, row, 1, text)
    for row, (name, value) in enumerate(seal.rows, len(head) + 1):
        put(sheet, row, 1, name)
        put(sheet, row, 2, value)
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def read_seal(sheet: Worksheet) -> Seal | None:
    """The seal of a workbook; None when it is none of ours or its own hash does not fit."""
    rows: Sequence[tuple[object, ...]] = list(sheet.iter_rows(max_col=2, values_only=True))
    first = [str(row[0] or "") for row in rows[:HEAD]]
    if len(first) < HEAD or first[0] != FORM:
        return None
    hashes = tuple((str(row[0]), str(row[1])) for row in rows[HEAD:] if row[0])
    companies = tuple(filter(None, first[2].split(";")))
    seal = Seal(first[1], companies, first[3], hashes, is_limited=first[4] == LIMITED)
    return seal if seal.whole == first[5] else None
