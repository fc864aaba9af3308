"""Side by side in the decisions workbook: words and weights always, values on request only."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from matching.linkage.settings import settings
from pipeline.decisions.side_by_side import WORDS
from reports.decisions.question import Choice, Compared, Question
from reports.decisions.read import read_decisions
from reports.decisions.side_by_side import HEADER_ROW, SIDE_BY_SIDE, bar
from reports.decisions.workbook import write_decisions
from vocabulary.decisions import MATCHES

NAMES = Compared("7", "names", "surname the same, first name alike", 11.3, "Zzname Ann", "Zzname Anne")
BORN = Compared("7", "date of birth", "not known", None, "", "")
QUESTION = Question(
    MATCHES, ("C17", "spg", "offender", "abc"), 2, "M12", (Choice("7"), Choice("new")), compared=(NAMES, BORN)
)


def rows(folder: Path, *, reveal: bool) -> list[tuple[object, ...]]:
    path = folder / "asked.xlsx"
    write_decisions([QUESTION], path, cycle="day-1", companies=("C17",), data="x", reveal=reveal)
    assert read_decisions(path).answers == ()
    found = load_workbook(path)[SIDE_BY_SIDE].iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    return [tuple("" if cell is None else cell for cell in row) for row in found]


@pytest.mark.parametrize(
    ("reveal", "values"), [(False, ("***", "***")), (True, ("Zzname Ann", "Zzname Anne"))]
)
def test_values_are_masked_and_words_are_not(
    tmp_path: Path, values: tuple[str, str], *, reveal: bool
) -> None:
    names, born = rows(tmp_path, reveal=reveal)
    told = ("surname the same, first name alike", 11.3, "■" * 11)
    assert names == ("C17", "abc", "7", "names", *values, *told)
    assert born == ("C17", "abc", "7", "date of birth", "", "", "not known", "", "")


@pytest.mark.parametrize(
    ("bits", "drawn"), [(3.4, "■■■"), (-2.6, "□□□"), (0.2, ""), (99.0, "■" * 20), (None, "")]
)
def test_each_weight_is_drawn_a_square_a_bit(bits: float | None, drawn: str) -> None:
    assert bar(bits) == drawn


def test_a_workbook_without_persons_has_no_such_sheet(tmp_path: Path) -> None:
    path = tmp_path / "asked.xlsx"
    write_decisions([], path, cycle="day-1", companies=("C17",), data="x")
    assert SIDE_BY_SIDE not in load_workbook(path).sheetnames


def test_every_thing_that_is_weighed_has_its_words() -> None:
    assert list(WORDS) == [each.title for each in settings().comparisons]
