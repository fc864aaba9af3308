"""What an operator says of somebody with a role at a supplier (S15): comes with a function, goes with the
framework, or stays where they are."""

import csv
import shutil
from pathlib import Path

import pytest
from operator_answers import answer, export, questions, taken
from sample_runs import assert_clear, by_company, day1, findings, reconciled, rows_of

from samples.cut import baseline
from samples.exports import draw_delivery, write_files
from samples.make import draw_world
from samples.manifest import write_delivery

pytestmark = pytest.mark.runs

COMPANY, CYCLE = "C06", "day-1"
ROLES = {"PM": "UPW", "PLW": "dynamic_framework", "OTHER": "no_service"}
"""Role to what is answered."""

OFFICERS = "SELECT COUNT(*) FROM STAFF s JOIN PROBATION_AREA a USING (PROBATION_AREA_ID) WHERE a.CODE = 'N51'"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which three officers work for a supplier in the roles of ROLES. Not to be changed."""
    workspace = tmp_path_factory.mktemp("roles") / "w"
    world = draw_world([COMPANY], 24, seed=1)
    delivery = draw_delivery(world, COMPANY, CYCLE)
    plain = [row for row in delivery.rows("staff", "Staff") if row["officer_codes"] and not row["objected"]]
    for row, role in zip(plain[-4:-1], ROLES, strict=True):
        row.update({"sub_contracted": True, "supplier": "Zz Supplier", "sub_contracted_role": role})
    folder = workspace / "deliveries" / CYCLE
    for name, sent in ((COMPANY, delivery), ("baseline", baseline(world, CYCLE))):
        write_delivery(folder / name, sent, write_files(sent))
    assert_clear(day1(workspace, "run"), 0)
    return workspace


@pytest.fixture(scope="module")
def answered(asked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with every role answered in the workbook, and run again. Not to be changed."""
    workspace = Path(shutil.copytree(asked, tmp_path_factory.mktemp("answered") / "w"))
    path = export(workspace)
    done = answer(path, "done.xlsx", {"Staff": lambda one: ROLES[role_of(one)]})
    assert [line["outcome"] for line in taken(workspace, done)] == ["taken"] * 3
    assert_clear(day1(workspace, "run"), 0)
    return workspace


def role_of(question: dict[str, str]) -> str:
    """The role at a supplier that the question names."""
    return next(role for role in ROLES if f"({role});" in question["context"])


def listed(workspace: Path, name: str) -> list[dict[str, str]]:
    """A list of the region's staff book."""
    path = workspace / f"reports/day-1/regions/N51/csv/staff-{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_role_without_a_service_is_a_question_with_its_answers(asked: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(asked, tmp_path / "w"))
    found = questions(export(workspace))["Staff"]
    assert [one["decision"] for one in found] == ["sub_contracted"] * 3
    assert {role_of(one) for one in found} == set(ROLES)


def test_who_gets_a_function_becomes_an_officer_and_the_run_is_clean(asked: Path, answered: Path) -> None:
    ((before,),), ((after,),) = (rows_of(one / "target.db", OFFICERS) for one in (asked, answered))
    assert after == before + 1
    document = reconciled(answered)
    assert document["verdict"] == "clean"
    assert by_company(document)[COMPANY]["differences"] == []
    assert [one for one in by_company(document)[COMPANY]["waiting"] if one["kind"] == "staff"] == []


def test_each_is_on_the_list_that_the_answer_says(asked: Path, answered: Path) -> None:
    (stays,) = listed(answered, "sub_contracted")
    assert (stays["sub_contracted_role"], stays["role_answer"]) == ("OTHER", "no_service")
    assert stays["decided_by"] == "A. Manager"
    assert len(listed(answered, "suppliers")) == len(listed(asked, "suppliers")) + 1
    outcomes = [[line["outcome"] for line in listed(one, "assignment")] for one in (asked, answered)]
    assert [said.count("UPW") for said in outcomes][1] == outcomes[0].count("UPW") + 1
    rules = [line["rule"] for line in findings(answered)]
    assert (rules.count("S15"), rules.count("S05")) == (1, 2)


def test_nobody_is_asked_twice(answered: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(answered, tmp_path / "w"))
    assert questions(export(workspace)).get("Staff", []) == []


def test_an_officer_of_an_answer_that_nobody_gave_is_a_difference(answered: Path, tmp_path: Path) -> None:
    """The answer is exchanged behind the load's back: what stands is no longer what was answered."""
    workspace = Path(shutil.copytree(answered, tmp_path / "w"))
    path = workspace / "decisions/staff.csv"
    path.write_text(path.read_text("utf-8").replace(",UPW,", ",no_service,"), "utf-8")
    document = reconciled(workspace)
    assert document["verdict"] == "differences"
    told = {one["table"] for one in by_company(document)[COMPANY]["differences"]}
    assert {"STAFF", "USER_"} <= told


def test_an_answer_that_is_no_choice_is_refused(answered: Path, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(answered, tmp_path / "w"))
    path = workspace / "decisions/staff.csv"
    path.write_text(path.read_text("utf-8").replace(",UPW,", ",XX,"), "utf-8")
    result = day1(workspace, "run")
    assert_clear(result, 3)
    assert "none of the choices" in result.stderr
