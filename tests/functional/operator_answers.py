"""What an operator does with a decisions workbook: opens it, fills in cells, saves it."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample_runs import assert_clear, day1

HEADER_ROW = 4
SIGNED = {"reason": "agreed with the company", "who": "A. Manager", "when": "2021-06-20"}

Question = dict[str, str]
Asked = dict[str, list[Question]]


def export(workspace: Path, *words: str, name: str = "asked.xlsx") -> Path:
    """The workbook of open questions, in the workspace."""
    assert_clear(day1(workspace, "decisions", "export", name, *words), 0)
    return workspace / name


def apart(path: Path) -> Path:
    """The workbook beside `path` of questions about persons with limited access."""
    return path.with_name(f"{path.stem}-limited-access{path.suffix}")


def questions(path: Path) -> Asked:
    """Sheet to its questions, cells by header."""
    workbook = load_workbook(path)
    return {name: list(_lines(workbook[name])) for name in workbook.sheetnames if _is_asking(workbook[name])}


def answer(path: Path, out: str, answers: Mapping[str, Callable[[Question], str]], **signed: str) -> Path:
    """A copy `out` beside `path` in which `answers` of each sheet are filled in; blank ones stay blank."""
    workbook = load_workbook(path)
    for name, choose in answers.items():
        sheet = workbook[name]
        columns = {str(cell.value): cell.column for cell in sheet[HEADER_ROW]}
        for number, line in enumerate(_lines(sheet), HEADER_ROW + 1):
            if chosen := choose(line):
                for word, value in {"answer": chosen, **SIGNED, **signed}.items():
                    sheet.cell(number, columns[word]).value = value
    return saved(workbook, path.with_name(out))


def saved(workbook: Workbook, path: Path) -> Path:
    """Saves as a spreadsheet program would."""
    workbook.save(path)
    return path


def taken(workspace: Path, *files: Path, exit_code: int = 0) -> list[dict[str, str]]:
    """Imports and gives what was said of each line."""
    result = day1(workspace, "decisions", "import", *(file.name for file in files), "--format", "csv")
    assert_clear(result, exit_code)
    return list(csv.DictReader(io.StringIO(result.stdout)))


def _is_asking(sheet: Worksheet) -> bool:
    return sheet.sheet_state == "visible" and "answer" in [cell.value for cell in sheet[HEADER_ROW]]


def _lines(sheet: Worksheet) -> list[Question]:
    header, *rows = list(sheet.iter_rows(min_row=HEADER_ROW, values_only=True))
    names = [str(name) for name in header]
    return [
        {name: str(value or "") for name, value in zip(names, row, strict=True)} for row in rows if row[1]
    ]
