"""What the panel and the regional director answer: interventions go on or stop, the list shows who agreed."""

import csv
import shutil
from pathlib import Path

import pytest
from operator_answers import answer, export, questions, taken
from resealed import reseal
from sample_runs import by_company, day1, findings, reconciled, rows_of

from samples.make import make

pytestmark = pytest.mark.long

FOLDER, RAR = "deliveries/day-1/C06", "C06_programmes_rar.csv"
ADDED = """
    SELECT COUNT(*) FROM NSI n JOIN R_NSI_TYPE t USING (NSI_TYPE_ID)
    WHERE t.CODE IN ('ATB', 'DA', 'EM') AND n.SOFT_DELETED = 0
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that leaves two activities without decision of the panel. Not to be changed."""
    workspace = tmp_path_factory.mktemp("panel") / "w"
    make(workspace / "deliveries", companies=("C06",), people=40, exports=("delius", "programmes"))
    register = (workspace / FOLDER / RAR).read_bytes()
    reseal(workspace / FOLDER, RAR, register.replace(b",APPROVED,", b",,", 2))
    day1(workspace, "run")
    return workspace


@pytest.fixture
def workspace(asked: Path, tmp_path: Path) -> Path:
    """The same, to be answered."""
    return Path(shutil.copytree(asked, tmp_path / "w"))


def not_in_scope(workspace: Path) -> int:
    """Activities of the register that are not in scope."""
    files = by_company(reconciled(workspace))["C06"]["files"]
    return sum(file["not_in_scope"] for file in files if file["file"] == RAR)


def rules(workspace: Path) -> list[str]:
    """The rules that speak of the panel's decision."""
    return sorted(line["rule"] for line in findings(workspace) if line["rule"] in ("A05", "A07"))


def test_an_approved_intervention_goes_on(workspace: Path) -> None:
    path, before, ((added,),) = (
        export(workspace),
        not_in_scope(workspace),
        rows_of(workspace / "target.db", ADDED),
    )
    first, second = questions(path)["Interventions"]
    choose = {first["activity_ref"]: "APPROVED", second["activity_ref"]: "ROLLED_DOWN"}
    done = answer(path, "done.xlsx", {"Interventions": lambda one: choose[one["activity_ref"]]})
    assert [line["outcome"] for line in taken(workspace, done)] == ["taken"] * 2
    assert rules(workspace) == ["A05"] * 2
    day1(workspace, "run")
    assert rules(workspace) == ["A07"]
    assert before - not_in_scope(workspace) == 1
    assert rows_of(workspace / "target.db", ADDED) == [(added + 1,)]
    assert questions(export(workspace))["Interventions"] == []


def test_the_list_of_the_region_shows_what_the_director_answered(workspace: Path) -> None:
    path = export(workspace)
    asked = questions(path)["Programmes"]
    assert {one["programme"] for one in asked} == {"BSR", "RESOLVE"}
    assert {answered for _, answered in directors_list(workspace)} == {""}
    choose = {"BSR": "continues", "RESOLVE": ""}
    taken(workspace, answer(path, "done.xlsx", {"Programmes": lambda one: choose[one["programme"]]}))
    day1(workspace, "run")
    assert set(directors_list(workspace)) == {("BSR", "continues"), ("RESOLVE", "")}
    assert [one["programme"] for one in questions(export(workspace))["Programmes"]] == ["RESOLVE"]


def directors_list(workspace: Path) -> list[tuple[str, str]]:
    """Programme and answer of each referral that waits for the director."""
    (path,) = (workspace / "reports/day-1/regions/N51").rglob("*interventions-director*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [(row["programme"], row["goes_on"]) for row in csv.DictReader(file)]


def test_an_answer_that_is_no_choice_stops_the_run(workspace: Path) -> None:
    answers = workspace / "decisions/interventions.csv"
    answers.parent.mkdir(exist_ok=True)
    answers.write_text(
        "company,activity_ref,answer,who,when,why\nC06,RAR-000001,MAYBE,A. Manager,2021-06-20,agreed\n"
    )
    result = day1(workspace, "run")
    assert result.returncode == 3
    assert "none of APPROVED, ROLLED_DOWN" in result.stderr
