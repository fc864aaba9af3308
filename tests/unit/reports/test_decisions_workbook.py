"""The decisions workbook by itself: what is locked, what is offered, and what is read back."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from reports.decisions.question import Choice, Question, ranked
from reports.decisions.read import read_decisions
from reports.decisions.workbook import write_decisions
from vocabulary.decisions import CODES, REGIONS
from vocabulary.errors import ConfigError, UsageError

LIST = (Choice("1", "Male"), Choice("2", "Female"), Choice("drop"))
QUESTIONS = [
    Question(CODES, ("delius", "gender", "M"), 7, "in spg offender gender", LIST, ("1: Male",)),
    Question(CODES, ("delius", "gender", "=1+1"), 3, "in spg offender gender", LIST),
    Question(REGIONS, ("C04", "1"), 2, "G01", (Choice("N53"), Choice("N55")), personal="Zzname"),
]
FIRST = 5


def written(folder: Path, *, reveal: bool = False) -> Path:
    path = folder / "asked.xlsx"
    write_decisions(QUESTIONS, path, cycle="day-1", companies=("C04",), data="abc", reveal=reveal)
    return path


def opened(folder: Path) -> Workbook:
    return load_workbook(written(folder))


def column(workbook: Workbook, sheet: str, name: str) -> int:
    return [cell.value for cell in workbook[sheet][FIRST - 1]].index(name) + 1


def test_a_workbook_that_nobody_touched_has_no_answers(tmp_path: Path) -> None:
    returned = read_decisions(written(tmp_path))
    assert returned.answers == ()
    assert (returned.seal.cycle, returned.seal.companies, returned.seal.data) == ("day-1", ("C04",), "abc")


def test_the_same_questions_give_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path).read_bytes() == written(tmp_path).read_bytes()


@pytest.mark.parametrize("reveal", [False, True])
def test_an_answer_is_read_with_its_place_and_key(tmp_path: Path, *, reveal: bool) -> None:
    path = written(tmp_path, reveal=reveal)
    workbook = load_workbook(path)
    workbook["Regions"].cell(FIRST, column(workbook, "Regions", "answer")).value = "N53"
    workbook.save(path)
    (answer,) = read_decisions(path).answers
    assert (answer.sheet, answer.row, answer.kind, answer.key) == ("Regions", FIRST, REGIONS, ("C04", "1"))
    assert (answer.answer, answer.who) == ("N53", "")


def test_only_the_answer_cells_are_open(tmp_path: Path) -> None:
    sheet = opened(tmp_path)["Codes"]
    is_open = [not cell.protection.locked for cell in sheet[FIRST]]
    assert sheet.protection.sheet
    assert is_open == [False] * 6 + [True] * 4


def test_the_drop_down_offers_the_choices(tmp_path: Path) -> None:
    workbook = opened(tmp_path)
    (offered,) = workbook["Codes"].data_validations.dataValidation
    place = workbook.defined_names[offered.formula1.removeprefix("=")].attr_text
    cells = workbook["Lists"][place.split("!")[1].replace("$", "")]
    assert [cell.value for (cell,) in cells] == ["1: Male", "2: Female", "drop"]


def test_a_code_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    assert opened(tmp_path)["Codes"].cell(FIRST + 1, 3).data_type == "s"


def test_what_an_operator_need_not_see_is_hidden(tmp_path: Path) -> None:
    states = {sheet.title: sheet.sheet_state for sheet in opened(tmp_path)}
    assert (states["Lists"], states["Seal"]) == ("hidden", "veryHidden")


def test_rows_in_another_order_are_the_same_questions(tmp_path: Path) -> None:
    path = written(tmp_path)
    workbook = load_workbook(path)
    sheet = workbook["Codes"]
    for one, other in zip(sheet[FIRST], sheet[FIRST + 1], strict=True):
        one.value, other.value = other.value, one.value
    workbook.save(path)
    assert read_decisions(path).answers == ()


def test_another_workbook_is_told(tmp_path: Path) -> None:
    Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(ConfigError, match="no decisions workbook"):
        read_decisions(tmp_path / "other.xlsx")


def test_half_a_workbook_is_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(UsageError, match="not readable"):
        read_decisions(path)


def test_what_most_rows_wait_for_stands_first() -> None:
    assert [question.rows for question in ranked(QUESTIONS[::-1])] == [7, 3, 2]


def test_blanks_under_the_last_line_are_no_question(tmp_path: Path) -> None:
    path = written(tmp_path)
    workbook = load_workbook(path)
    workbook["Regions"].append([None, " ", "", "  "])
    workbook.save(path)
    assert read_decisions(path).answers == ()
