"""The decisions workbook: every open question on the sheet of its kind, to be answered and handed back."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.decisions.lists import OfferedLists
from reports.decisions.question import Question
from reports.decisions.seal import Seal, put_seal, row_hash
from reports.decisions.sheet import decision_sheet, question_cells
from reports.decisions.side_by_side import SIDE_BY_SIDE, side_by_side_sheet
from reports.tables import Table
from reports.workbook.file import save
from reports.workbook.style import LIMITED_MARKING, MARK, MARKING, mark_paper, set_for_paper
from reports.workbook.table import put, put_table, put_title
from vocabulary.decisions import KINDS
from vocabulary.limited_access import ASK

GUIDE = "How to answer"
LISTS = "Lists"
LIMITED_NOTE = "Persons with limited access: for who may see them alone. "

STEPS = (
    "Answer on the yellow cells: choose the answer, and say why, who and when (a date). The rest is locked.",
    "Leave a line blank that you cannot answer: it is asked again.",
    "Hand the workbook back as it is, as .xlsx. day1 decisions import FILE takes the answers.",
    "A new delivery or a new run of another program makes the workbook stale: ask for a new one.",
)


def write_decisions(
    questions: Sequence[Question],
    path: Path,
    *,
    cycle: str,
    companies: tuple[str, ...],
    data: str,
    reveal: bool = False,
    elsewhere: Sequence[Question] = (),
    is_limited: bool = False,
) -> None:
    """Write the questions of `companies` to `path`, in one step for a reader.

    `data`: fingerprint of what they were made from. Personal data is in it only with `reveal`. `elsewhere`:
    questions about persons of limited access, counted and asked in a workbook of their own, which
    `is_limited` marks. The same questions give the same bytes.
    """
    by_kind = {name: [one for one in questions if one.kind == name] for name in KINDS}
    workbook = Workbook()
    guide, lists = workbook.worksheets[0], OfferedLists(workbook.create_sheet(LISTS))
    beside = Counter(one.kind for one in elsewhere)
    counts = [(KINDS[name].title, len(asked), beside[name]) for name, asked in by_kind.items()]
    _guide(guide, counts, cycle, companies, is_limited=is_limited)
    hashes = []
    for name, asked in by_kind.items():
        kind = KINDS[name]
        decision_sheet(workbook.create_sheet(kind.title), lists, kind, asked, reveal=reveal)
        hashes += [(kind.title, row_hash(question_cells(one, reveal=reveal))) for one in asked]
    workbook.move_sheet(LISTS, len(by_kind))
    if any(one.compared for one in questions):
        side_by_side_sheet(workbook.create_sheet(SIDE_BY_SIDE), questions, reveal=reveal)
    put_seal(workbook, Seal(cycle, companies, data, tuple(hashes), is_limited))
    if is_limited:
        _mark_limited(workbook)
    path.parent.mkdir(parents=True, exist_ok=True)
    save(workbook, path)


def _mark_limited(workbook: Workbook) -> None:
    """The stronger marking on every sheet that has one, and on every printed page."""
    for sheet in workbook.worksheets:
        if sheet["A2"].value == MARKING:
            put(sheet, 2, 1, LIMITED_MARKING).font = MARK
        mark_paper(sheet, LIMITED_MARKING)


def _guide(
    sheet: Worksheet,
    counts: Sequence[tuple[str, int, int]],
    cycle: str,
    companies: tuple[str, ...],
    *,
    is_limited: bool,
) -> None:
    sheet.title = GUIDE
    put_title(sheet, 1, f"Decisions that wait, cycle {cycle}")
    put(sheet, 2, 1, MARKING).font = MARK
    put(sheet, 3, 1, f"{LIMITED_NOTE if is_limited else ''}Companies: {', '.join(companies)}")
    for row, step in enumerate(STEPS, 5):
        put(sheet, row, 1, f"{row - 4}. {step}")
    told = ("sheet", "questions") if is_limited else ("sheet", "questions", ASK)
    put_table(sheet, 10, Table("Questions", told, tuple(line[: len(told)] for line in counts)))
    sheet.column_dimensions["A"].width = 24
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    set_for_paper(sheet)
