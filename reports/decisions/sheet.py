"""One sheet of a decisions workbook: the questions of one kind, locked, and cells for the answers, open."""

from collections.abc import Sequence

from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reports.decisions.lists import OfferedLists
from reports.decisions.question import Question
from reports.tables import Cell, Table
from reports.workbook.style import MARK, MARKING, UNINDENTED, set_for_paper
from reports.workbook.table import put, put_table, put_title
from vocabulary.decisions import Kind

HEADER_ROW = 4
ANSWERS = ("answer", "reason", "who", "when")
"""The columns that a reader fills, last on every sheet."""

ASKED = ("rows", "context", "suggested")
PERSONAL = "personal data"

OPEN = PatternFill("solid", fgColor="FFFFF9DB")
UNLOCKED = Protection(locked=False)
WIDTHS = {
    "rows": 8,
    "context": 44,
    "suggested": 44,
    PERSONAL: 50,
    "answer": 30,
    "reason": 30,
    "who": 16,
    "when": 12,
}
KEY_WIDTH = 18
WRAP_AT = 44
CHOSEN = "The answer must be in the list."
ANYBODY = "A person of the list, or the CRN or OFFENDER_ID of another one."


def header_of(kind: Kind, *, reveal: bool) -> tuple[str, ...]:
    """The columns of a sheet."""
    return (*kind.key, *ASKED, *((PERSONAL,) if reveal else ()), *ANSWERS)


def question_cells(question: Question, *, reveal: bool) -> tuple[Cell, ...]:
    """The locked cells of one question."""
    shown = (question.personal,) if reveal else ()
    return (*question.key, question.rows, question.context, "; ".join(question.suggested), *shown)


def decision_sheet(
    sheet: Worksheet, lists: OfferedLists, kind: Kind, questions: Sequence[Question], *, reveal: bool
) -> None:
    """Fill `sheet`; `lists` holds what the drop-downs offer."""
    header = header_of(kind, reveal=reveal)
    blanks = ("",) * len(ANSWERS)
    rows = tuple((*question_cells(question, reveal=reveal), *blanks) for question in questions)
    put_title(sheet, 1, kind.title)
    put(sheet, 2, 1, MARKING).font = MARK
    put(sheet, 3, 1, kind.ask).alignment = UNINDENTED
    put_table(sheet, HEADER_ROW, Table(kind.title, header, rows, "no question waits"), wrap_at=WRAP_AT)
    for column, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(name, KEY_WIDTH)
    _open_cells(sheet, header, len(rows))
    _offer(sheet, lists, header, questions)
    _finish(sheet, header, len(rows))


def _open_cells(sheet: Worksheet, header: Sequence[str], count: int) -> None:
    first = header.index(ANSWERS[0]) + 1
    for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + count):
        for column in range(first, len(header) + 1):
            cell = put(sheet, row, column, "")
            cell.value, cell.protection, cell.fill = None, UNLOCKED, OPEN
            cell.number_format = "yyyy-mm-dd" if header[column - 1] == "when" else "@"


def _offer(
    sheet: Worksheet, lists: OfferedLists, header: Sequence[str], questions: Sequence[Question]
) -> None:
    """A drop-down for all questions with the same choices."""
    letter = get_column_letter(header.index("answer") + 1)
    offers: dict[tuple[str, bool], DataValidation] = {}
    for row, question in enumerate(questions, HEADER_ROW + 1):
        offer = (lists.name_of(question.choices), question.is_open)
        if offer not in offers:
            offers[offer] = _drop_down(offer[0], is_open=question.is_open)
            sheet.add_data_validation(offers[offer])
        offers[offer].add(f"{letter}{row}")


def _drop_down(choices: str, *, is_open: bool) -> DataValidation:
    offered = DataValidation(type="list", formula1=f"={choices}", allow_blank=True)
    offered.showErrorMessage, offered.errorTitle = True, "Answer"
    offered.errorStyle = "warning" if is_open else "stop"
    offered.error = ANYBODY if is_open else CHOSEN
    return offered


def _finish(sheet: Worksheet, header: Sequence[str], count: int) -> None:
    last = get_column_letter(len(header))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + count}"
    set_for_paper(sheet, HEADER_ROW)
    protection = sheet.protection
    protection.sheet = True
    protection.autoFilter = protection.formatColumns = protection.formatRows = False
