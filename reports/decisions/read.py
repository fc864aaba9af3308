"""A decisions workbook that comes back: its answers, line by line.

A line whose question is not as it was written is told and not taken; so is a sheet without its header. What
stands beside the table is nobody's answer and does no harm.
"""

import datetime as dt
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.decisions.seal import SEAL, Seal, read_seal, row_hash
from reports.decisions.sheet import ANSWERS, HEADER_ROW, header_of
from vocabulary.decisions import KINDS, Kind
from vocabulary.errors import ConfigError, UsageError

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, LookupError, ValueError, OSError,
    EOFError, SyntaxError, TypeError, AttributeError,
)  # fmt: skip
"""What the library raises where a workbook, or the XML in it, is not what it should be."""


@dataclass(frozen=True)
class Answer:
    """One line with something in its answer cells, as written: `when` is text, dates as yyyy-mm-dd.

    `unreadable`: why the line cannot be taken, whatever it answers; nothing else of it is kept then.
    `is_limited`: its question is about a person of limited access, and no line that is printed names it.
    """

    file: str
    sheet: str
    row: int
    kind: str
    key: tuple[str, ...]
    answer: str
    reason: str
    who: str
    when: str
    unreadable: str = ""
    is_limited: bool = False


@dataclass(frozen=True)
class Returned:
    """A workbook that came back: what it was made from, and its answers."""

    file: str
    seal: Seal
    answers: tuple[Answer, ...]


def read_decisions(path: Path) -> Returned:
    """Read the workbook at `path`, whose size was looked at before.

    Raises:
        UsageError: there is no such file, or it is no decisions workbook of ours.
        ConfigError: its hidden sheet was changed: nobody knows what the questions were.
    """
    workbook = _opened(path)
    seal = read_seal(workbook[SEAL]) if SEAL in workbook.sheetnames else None
    if seal is None:
        raise ConfigError(
            f"{path.name} is no decisions workbook that day1 wrote, or its hidden sheet was changed. "
            "Fill in the workbook of `day1 decisions export` and hand that one back."
        )
    answers = tuple(
        answer for kind in KINDS.values() for answer in _returned(workbook, kind, seal, path.name)
    )
    return Returned(path.name, seal, answers)


def _opened(path: Path) -> Workbook:
    if not path.is_file():
        raise UsageError(f"There is no file {path}. Name the workbook that came back.")
    try:
        return load_workbook(path)
    except UNREADABLE as error:
        raise UsageError(
            f"{path.name} is not readable as an .xlsx workbook. Save it as .xlsx and hand it back."
        ) from error


@dataclass(frozen=True)
class _Row:
    number: int
    asked: tuple[Any, ...]
    given: tuple[str, ...]


def _returned(workbook: Workbook, kind: Kind, seal: Seal, file: str) -> Iterator[Answer]:
    """The answers of one sheet, and what of it cannot be read."""
    sealed = {value for sheet, value in seal.rows if sheet == kind.title}
    if kind.title not in workbook.sheetnames:
        if sealed:
            yield _unreadable(file, kind, HEADER_ROW, "the sheet is missing: its questions are asked again")
        return
    sheet = workbook[kind.title]
    width = _width(sheet, kind)
    if width is None:
        yield _unreadable(file, kind, HEADER_ROW, "the header was changed: nothing of this sheet is taken")
        return
    for row in _filled(sheet, width):
        if row_hash(row.asked) not in sealed:
            yield _unreadable(file, kind, row.number, "no question, or not as it was written")
        elif any(row.given):
            key = tuple(map(str, row.asked[: len(kind.key)]))
            answer = Answer(file, kind.title, row.number, kind.name, key, *_signed(row.given))
            yield replace(answer, is_limited=seal.is_limited)


def _signed(given: tuple[str, ...]) -> tuple[str, str, str, str]:
    answer, reason, who, when = given
    return answer, reason, who, when


def _width(sheet: Worksheet, kind: Kind) -> int | None:
    """How many columns the table has; None where its header is not ours."""
    found = [str(cell.value or "") for cell in sheet[HEADER_ROW]]
    headers = (header_of(kind, reveal=reveal) for reveal in (False, True))
    return next((len(header) for header in headers if found[: len(header)] == list(header)), None)


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


def _unreadable(file: str, kind: Kind, row: int, why: str) -> Answer:
    """A line that is told by its place alone: what somebody typed there may be about a person."""
    return Answer(file, kind.title, row, kind.name, (), "", "", "", "", unreadable=why)
