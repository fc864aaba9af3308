"""A workbook that is none of ours or stale is refused whole, a line that was changed alone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from operator_answers import HEADER_ROW, answer, export, saved, taken
from sample_runs import assert_clear, day1

from samples.make import make

pytestmark = pytest.mark.runs


FIRST = HEADER_ROW + 1
# An answer to every question about staff: one that is missing here fails by name instead of being refused.
ANSWERS = {"appeal_open": "UPW", "mixed_role": "SM", "pension": "LGPS", "sub_contracted": "no_service"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with employees in doubt, and its workbook. Not to be changed."""
    workspace = tmp_path_factory.mktemp("refused") / "w"
    make(workspace / "deliveries", companies=("C06",), people=24, defects=("D56",), exports=("staff",))
    day1(workspace, "run")
    export(workspace)
    return workspace


@pytest.fixture
def workspace(asked: Path, tmp_path: Path) -> Path:
    """The same, to be answered."""
    return Path(shutil.copytree(asked, tmp_path / "w"))


def other_context(workbook: Workbook) -> None:
    workbook["Staff"].cell(FIRST, 5).value = "another question"


def other_key(workbook: Workbook) -> None:
    workbook["Staff"].cell(FIRST, 2).value = "P9999999"


def typed_below(workbook: Workbook) -> None:
    workbook["Staff"].cell(FIRST + 30, 5).value = "ask the company"


def other_header(workbook: Workbook) -> None:
    workbook["Codes"].cell(HEADER_ROW, 1).value = "owner?"


def sheet_out(workbook: Workbook) -> None:
    del workbook["Codes"]


def typed_beside(workbook: Workbook) -> None:
    for row in (1, HEADER_ROW, FIRST, FIRST + 30):
        workbook["Staff"].cell(row, 30).value = "ask the company"


def line_out(workbook: Workbook) -> None:
    workbook["Staff"].delete_rows(FIRST)


def line_twice(workbook: Workbook) -> None:
    for cell in workbook["Staff"][FIRST]:
        workbook["Staff"].cell(FIRST + 20, cell.column).value = cell.value


def seal_out(workbook: Workbook) -> None:
    del workbook["Seal"]


def other_seal(workbook: Workbook) -> None:
    workbook["Seal"].cell(4, 1).value = "0" * 64


def came_back(workspace: Path, tamper: Callable[[Workbook], None]) -> Path:
    """The workbook with every question about staff answered, and something else done to it."""
    done = answer(workspace / "asked.xlsx", "done.xlsx", {"Staff": lambda one: ANSWERS[one["decision"]]})
    workbook = load_workbook(done)
    tamper(workbook)
    return saved(workbook, done)


@pytest.mark.parametrize("tamper", [seal_out, other_seal], ids=lambda tamper: tamper.__name__)
def test_a_workbook_whose_questions_nobody_knows_is_refused(
    tamper: Callable[[Workbook], None], workspace: Path
) -> None:
    came_back(workspace, tamper)
    assert_clear(day1(workspace, "decisions", "import", "done.xlsx"), 3)
    assert not list(workspace.glob("decisions/*"))


@pytest.mark.parametrize(
    ("tamper", "refused"),
    [
        (other_context, ("Staff", FIRST)),
        (other_key, ("Staff", FIRST)),
        (typed_below, ("Staff", FIRST + 30)),
        (other_header, ("Codes", HEADER_ROW)),
        (sheet_out, ("Codes", HEADER_ROW)),
        (typed_beside, None),
        (line_out, None),
        (line_twice, None),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_line_that_cannot_be_read_is_refused_and_the_others_taken(
    tamper: Callable[[Workbook], None], refused: tuple[str, int] | None, workspace: Path
) -> None:
    lines = taken(workspace, came_back(workspace, tamper), exit_code=1 if refused else 0)
    told = [(line["sheet"], int(line["row"])) for line in lines if line["outcome"] == "refused"]
    assert told == ([refused] if refused else [])
    assert len([line for line in lines if line["outcome"] == "taken"]) >= 2
    assert "ask the company" not in str(lines)


def test_a_workbook_of_older_data_is_refused(workspace: Path) -> None:
    answer(workspace / "asked.xlsx", "done.xlsx", {"Staff": lambda _: "SM"})
    make(workspace / "deliveries", companies=("C06",), people=25, defects=("D56",), exports=("staff",))
    result = day1(workspace, "decisions", "import", "done.xlsx")
    assert_clear(result, 3)
    assert "stale" in result.stderr


@pytest.mark.parametrize("name", ["missing.xlsx", "day1.txt"])
def test_what_is_no_workbook_is_refused(name: str, workspace: Path) -> None:
    (workspace / "day1.txt").write_text("no workbook", encoding="utf-8")
    assert_clear(day1(workspace, "decisions", "import", name), 2)


def test_two_answers_to_one_question_are_listed_and_none_is_taken(workspace: Path) -> None:
    asked = workspace / "asked.xlsx"
    one, other = (
        answer(asked, f"{function}.xlsx", {"Staff": lambda one, chosen=function: role(one, chosen)})
        for function in ("SM", "UPW")
    )
    lines = taken(workspace, one, other, exit_code=1)
    assert [line["outcome"] for line in lines] == ["refused", "refused"]
    assert not list(workspace.glob("decisions/*"))


def role(question: dict[str, str], chosen: str) -> str:
    return chosen if question["decision"] == "mixed_role" else ""


def test_an_answer_that_is_there_is_not_replaced(workspace: Path) -> None:
    asked = workspace / "asked.xlsx"
    taken(workspace, answer(asked, "one.xlsx", {"Staff": lambda one: role(one, "SM")}))
    before = (workspace / "decisions/staff.csv").read_bytes()
    (line,) = taken(
        workspace, answer(asked, "two.xlsx", {"Staff": lambda one: role(one, "UPW")}), exit_code=1
    )
    assert "decisions/staff.csv" in line["why"]
    assert (workspace / "decisions/staff.csv").read_bytes() == before


def test_to_import_twice_changes_nothing(workspace: Path) -> None:
    done = answer(workspace / "asked.xlsx", "done.xlsx", {"Staff": lambda one: role(one, "SM")})
    taken(workspace, done)
    before = (workspace / "decisions/staff.csv").read_bytes()
    assert [line["outcome"] for line in taken(workspace, done)] == ["known already"]
    assert (workspace / "decisions/staff.csv").read_bytes() == before


def test_a_bad_answer_is_refused_and_the_good_one_beside_it_taken(workspace: Path) -> None:
    choices = {"mixed_role": "SM", "appeal_open": "no such function"}
    done = answer(
        workspace / "asked.xlsx", "done.xlsx", {"Staff": lambda one: choices.get(one["decision"], "")}
    )
    outcomes = {line["question"].split()[-1]: line["outcome"] for line in taken(workspace, done, exit_code=1)}
    assert outcomes == {"mixed_role": "taken", "appeal_open": "refused"}
