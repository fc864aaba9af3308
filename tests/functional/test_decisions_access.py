"""A person whom nobody who comes along may see waits for a named user; the answer lets that user in."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from operator_answers import Question, answer, apart, export, questions, taken
from sample_runs import Row, by_company, changed_tables, day1, dump_of, findings, reconciled, rows_of

from samples.make import make

pytestmark = pytest.mark.long

ACTIVE = """
    SELECT u.DISTINGUISHED_NAME, r.RESTRICTION_DATE FROM RESTRICTION r JOIN USER_ u USING (USER_ID)
    WHERE r.OFFENDER_ID = ? AND r.RESTRICTION_END_DATE IS NULL
"""
OF_AREA = """
    SELECT u.DISTINGUISHED_NAME FROM USER_ u JOIN STAFF s USING (STAFF_ID)
    JOIN PROBATION_AREA a USING (PROBATION_AREA_ID) WHERE a.CODE = '{}'
    AND s.START_DATE {} '2021-06-26 00:00:00'
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with one person whose users all stay behind. Not to be changed."""
    workspace = tmp_path_factory.mktemp("limited") / "w"
    make(
        workspace / "deliveries", companies=("C06",), people=24, defects=("D57",), exports=("delius", "staff")
    )
    assert day1(workspace, "run").returncode == 1
    return workspace


@pytest.fixture
def workspace(asked: Path, tmp_path: Path) -> Path:
    """The same, to be answered."""
    return Path(shutil.copytree(asked, tmp_path / "w"))


def logins(workspace: Path, query: str) -> list[str]:
    """Logins of the target, by name."""
    return sorted(login for (login,) in rows_of(workspace / "target.db", query))


def of_region(workspace: Path) -> str:
    """A login of an officer of a region, who was there before Day 1."""
    return logins(workspace, OF_AREA.format("N51", "<"))[0]


def coming(workspace: Path) -> str:
    """A login of an employee who comes along."""
    return logins(workspace, OF_AREA.format("N51", "="))[0]


def named(workspace: Path, login: str, exit_code: int = 0) -> Question:
    """Answers the question with `login` and runs again; gives what was asked."""
    path = export(workspace)
    (question,) = questions(apart(path))["Limited access"]
    done = answer(apart(path), "done.xlsx", {"Limited access": lambda _: login})
    taken(workspace, done, exit_code=exit_code)
    day1(workspace, "run")
    return question


def rows_held(workspace: Path) -> list[Row]:
    """Findings that hold restrictions."""
    return [line for line in findings(workspace) if line["rule"] == "L03"]


@pytest.mark.parametrize("choose", [of_region, coming], ids=lambda choose: choose.__name__)
def test_the_named_user_alone_sees_the_person_from_day_1_on(
    choose: Callable[[Path], str], workspace: Path
) -> None:
    login, held = choose(workspace), rows_held(workspace)
    question = named(workspace, login)
    assert int(question["rows"]) == len(held) > 0
    ((user, since),) = rows_of(workspace / "target.db", ACTIVE, int(question["offender_id"]))
    assert (user, since[:10]) == (login, "2021-06-26")
    assert rows_held(workspace) == []
    assert not apart(export(workspace)).exists()


def test_the_rows_move_and_nothing_else_does(workspace: Path) -> None:
    before, others = company_of(workspace), without_limits(findings(workspace))
    question = named(workspace, of_region(workspace))
    after = company_of(workspace)
    aside = [sum(file["set_aside"] for file in one["files"]) for one in (before, after)]
    assert aside[0] - aside[1] == int(question["rows"])
    assert without_limits(findings(workspace)) == others
    assert not [one for one in after["entities"] if one["different"] or one["missing"] or one["extra"]]
    assert not [problem for problem in after["problems"] if "L03" in problem]
    totals = [one for one in after["totals"] if one["name"] == "restricted_persons"]
    assert totals
    assert [one["target"] for one in totals] == [one["source"] for one in totals]


def company_of(workspace: Path) -> dict[str, Any]:
    """The company's part of the reconciliation."""
    return by_company(reconciled(workspace))["C06"]


def without_limits(found: list[Row]) -> list[Row]:
    """Findings about anything else."""
    return [line for line in found if line["rule"] not in ("L02", "L03")]


def test_a_second_run_is_the_same_and_undo_exact(workspace: Path) -> None:
    assert day1(workspace, "undo", "--company", "C06").returncode == 0
    before = dump_of(workspace / "target.db")
    named(workspace, of_region(workspace))
    once = dump_of(workspace / "target.db")
    day1(workspace, "run")
    assert changed_tables(once, dump_of(workspace / "target.db")) == []
    assert day1(workspace, "undo", "--company", "C06").returncode == 0
    assert changed_tables(before, dump_of(workspace / "target.db")) == []


def test_a_login_that_stops_working_is_no_answer(workspace: Path) -> None:
    login = logins(workspace, OF_AREA.format("C06", "<"))[0]
    named(workspace, login, exit_code=1)
    assert rows_held(workspace)
