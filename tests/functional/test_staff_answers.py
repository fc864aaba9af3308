"""An answered decision list changes the next run where it was asked, and nothing else."""

import csv
import shutil
from pathlib import Path

import pytest
from sample_runs import assert_clear, changed_tables, day1, dump_of

from samples.make import make

pytestmark = pytest.mark.runs


SIGNED = {"who": "A. Manager", "when": "2021-06-20", "why": "agreed with the regional director"}

PEOPLE = [
    "DAY1_BEFORE_IMAGE", "DAY1_CROSSWALK", "DAY1_LEDGER", "OFFICER", "PROBATION_AREA_USER", "STAFF",
    "STAFF_TEAM", "USER_",
]  # fmt: skip


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with an open appeal, a mixed role, a pension and three roles at suppliers that wait. Not to be
    changed."""
    workspace = tmp_path_factory.mktemp("asked") / "w"
    make(workspace / "deliveries", companies=("C06",), people=24, defects=("D56",), exports=("staff",))
    assert day1(workspace, "run").returncode == 0
    return workspace


@pytest.fixture
def workspace(asked: Path, tmp_path: Path) -> Path:
    """The same, to be answered."""
    return Path(shutil.copytree(asked, tmp_path / "w"))


def lines(workspace: Path, name: str) -> list[dict[str, str]]:
    """A list of the region."""
    with (workspace / f"reports/day-1/regions/N51/csv/staff-{name}.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))


def answer(workspace: Path, decision: str, **values: str) -> str:
    """Answers the one line that asks this; gives the employee's number."""
    (line,) = (line for line in lines(workspace, "decisions") if line["decision"] == decision)
    (workspace / "decisions").mkdir(exist_ok=True)
    with (workspace / "decisions/staff.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, line)
        writer.writeheader()
        writer.writerow(line | values)
    return line["employee_ref"]


def test_the_list_names_each_open_question(asked: Path) -> None:
    questions = sorted(line["decision"] for line in lines(asked, "decisions"))
    assert questions == ["appeal_open", "mixed_role", "pension", *["sub_contracted"] * 3]


@pytest.mark.long
def test_an_answered_appeal_makes_one_officer_and_changes_nothing_else(workspace: Path) -> None:
    target = workspace / "target.db"
    before, listed = dump_of(target), lines(workspace, "assignment")
    employee = answer(workspace, "appeal_open", function="SM", **SIGNED)
    assert day1(workspace, "run").returncode == 0
    changed = [line["employee_ref"] for line in lines(workspace, "assignment") if line not in listed]
    assert changed == [employee]
    after = dump_of(target)
    assert changed_tables(before, after) == PEOPLE
    for table in ("STAFF", "OFFICER", "PROBATION_AREA_USER", "STAFF_TEAM"):
        assert len(set(after[table]) - set(before[table])) == 1
        assert set(before[table]) <= set(after[table])
    assert len(after["USER_"]) == len(before["USER_"])
    assert len(set(after["USER_"]) - set(before["USER_"])) == 1


def test_a_mixed_role_without_officer_code_changes_the_lists_alone(workspace: Path) -> None:
    before = dump_of(workspace / "target.db")
    employee = answer(workspace, "mixed_role", function="RES", **SIGNED)
    assert day1(workspace, "run").returncode == 0
    (line,) = (line for line in lines(workspace, "assignment") if line["employee_ref"] == employee)
    assert (line["outcome"], line["decided_by"]) == ("RES", SIGNED["who"])
    assert changed_tables(before, dump_of(workspace / "target.db")) == ["DAY1_LEDGER"]


def test_an_answer_that_nobody_signed_is_refused(workspace: Path) -> None:
    answer(workspace, "mixed_role", function="SM", who="A. Manager")
    assert_clear(day1(workspace, "run"), 3)


def test_a_list_without_its_columns_is_refused(workspace: Path) -> None:
    (workspace / "decisions").mkdir(exist_ok=True)
    (workspace / "decisions/staff.csv").write_text("employee,answer\nP1,SM\n", encoding="utf-8")
    result = day1(workspace, "run")
    assert_clear(result, 3)
    assert "employee_ref" in result.stderr
