"""A decisions workbook that comes back: its answers, if it is still the one that was written."""

import datetime as dt
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.decisions.seal import SEAL, Seal, read_seal, row_hash
from reports.decisions.sheet import ANSWERS, HEADER_ROW, header_of
from vocabulary.decisions import KINDS, Kind
from vocabulary.errors import ConfigError, UsageError

MOST_BYTES = 200 * 1024 * 1024
"""What a workbook may unpack to; ours are far below it."""


@dataclass(frozen=True)
class Answer:
    """One line with something in its answer cells, as written: `when` is text, dates as yyyy-mm-dd."""

    file: str
    sheet: str
    row: int
    kind: str
    key: tuple[str, ...]
    answer: str
    reason: str
    who: str
    when: str


@dataclass(frozen=True)
class Returned:
    """A workbook that came back whole: what it was made from, its answers, and how many lines are blank."""

    file: str
    seal: Seal
    answers: tuple[Answer, ...]
    blank: int


def read_decisions(path: Path) -> Returned:
    """Read the workbook at `path`.

    Raises:
        UsageError: there is no such file, or it is no decisions workbook of ours.
        ConfigError: a question was changed, or lines or sheets were added or taken out.
    """
    workbook = _opened(path)
    seal = read_seal(workbook[SEAL]) if SEAL in workbook.sheetnames else None
    if seal is None:
        raise ConfigError(
            f"{path.name} is no decisions workbook that day1 wrote, or its hidden sheet was changed. "
            "Fill in the workbook of `day1 decisions export` and hand that one back."
        )
    answers: list[Answer] = []
    lines = 0
    for kind in KINDS.values():
        rows = _rows(workbook, kind, path.name)
        _demand_unchanged(rows, kind, seal, path.name)
        lines += len(rows)
        answers += _answers(rows, kind, path.name)
    return Returned(path.name, seal, tuple(answers), lines - len(answers))


def _opened(path: Path) -> Workbook:
    if not path.is_file():
        raise UsageError(f"There is no file {path}. Name the workbook that came back.")
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise UsageError(f"{path.name} unpacks to more than {MOST_BYTES:,} bytes; it was not opened.")
        return load_workbook(path)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise UsageError(
            f"{path.name} is not readable as an .xlsx workbook. Save it as .xlsx and hand it back."
        ) from error


@dataclass(frozen=True)
class _Row:
    number: int
    asked: tuple[Any, ...]
    given: tuple[str, ...]


def _rows(workbook: Workbook, kind: Kind, file: str) -> list[_Row]:
    if kind.title not in workbook.sheetnames:
        raise _changed(file, f"sheet {kind.title} is missing")
    sheet = workbook[kind.title]
    header = tuple(str(cell.value or "") for cell in sheet[HEADER_ROW])
    if header not in (header_of(kind, reveal=False), header_of(kind, reveal=True)):
        raise _changed(file, f"the header of sheet {kind.title} was changed")
    return list(_filled(sheet, len(header)))


def _filled(sheet: Worksheet, width: int) -> Iterator[_Row]:
    """The rows under the header with a question or an answer in them."""
    for number, cells in enumerate(
        sheet.iter_rows(min_row=HEADER_ROW + 1, max_col=width, values_only=True), HEADER_ROW + 1
    ):
        asked, given = cells[: -len(ANSWERS)], tuple(_text(cell) for cell in cells[-len(ANSWERS) :])
        # Under an empty header stands one note in the first cell; a question fills more than that, and more
        # than the blanks that somebody leaves under the last line.
        if any(_text(cell) for cell in asked[1:]) or any(given):
            yield _Row(number, asked, given)


def _text(cell: object) -> str:
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split()) if cell is not None else ""


def _demand_unchanged(rows: Sequence[_Row], kind: Kind, seal: Seal, file: str) -> None:
    """Every question is there, once, as it was written; in which order does not matter."""
    sealed = Counter(value for sheet, value in seal.rows if sheet == kind.title)
    hashes = {row.number: row_hash(row.asked) for row in rows}
    strange = [number for number, value in hashes.items() if value not in sealed]
    if strange:
        raise _changed(file, f"sheet {kind.title}, row {strange[0]}: the question was changed or added")
    if Counter(hashes.values()) != sealed:
        raise _changed(file, f"sheet {kind.title}: questions were taken out or stand twice")


def _answers(rows: Sequence[_Row], kind: Kind, file: str) -> list[Answer]:
    width = len(kind.key)
    return [
        Answer(file, kind.title, row.number, kind.name, tuple(map(str, row.asked[:width])), *row.given)
        for row in rows
        if any(row.given)
    ]


def _changed(file: str, what: str) -> ConfigError:
    return ConfigError(
        f"{file} is not as it was written: {what}. Nothing of it was taken. Export the workbook again and "
        "fill in the yellow cells only."
    )
