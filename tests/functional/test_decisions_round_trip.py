"""Questions go out in a workbook, answers come back, and the next run moves exactly the rows that waited."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from operator_answers import Question, answer, export, questions, taken
from sample_runs import PRINTED, SURNAMES, by_company, day1, findings, printed

from samples.make import make

pytestmark = pytest.mark.runs


DEFECTS = ("D34", "D49", "D56", "D58")
"""A person who is perhaps known, codes that nobody knows, employees in doubt, a person without region."""

UNKNOWN_OUTCOME = "QQ"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that leaves questions of each kind. Not to be changed."""
    workspace = tmp_path_factory.mktemp("asked") / "w"
    exports = ("delius", "spg", "upw", "staff")
    make(workspace / "deliveries", companies=("C04", "C17"), people=40, defects=DEFECTS, exports=exports)
    result = day1(workspace, "run", "--format", "json")
    assert result.returncode == 1
    (workspace / PRINTED).write_text(result.stdout, encoding="utf-8")
    return workspace


@pytest.fixture
def workspace(asked: Path, tmp_path: Path) -> Path:
    """The same, to be answered."""
    return Path(shutil.copytree(asked, tmp_path / "w"))


def set_aside(document: dict[str, Any]) -> dict[tuple[str, str], int]:
    """Rows set aside by company and export."""
    found: dict[tuple[str, str], int] = {}
    for code, company in by_company(document).items():
        for file in company["files"]:
            place = (code, file["export"])
            found[place] = found.get(place, 0) + file["set_aside"]
    return found


def moved(workspace: Path) -> dict[tuple[str, str], int]:
    """By how many rows less is set aside after another run, where that changed."""
    before = set_aside(printed(workspace))
    after = set_aside(json.loads(day1(workspace, "run", "--format", "json").stdout))
    return {place: before[place] - rows for place, rows in after.items() if rows != before[place]}


@pytest.mark.long
def test_a_person_answered_moves_the_rows_that_the_question_counted(workspace: Path) -> None:
    path = export(workspace)
    (question,) = questions(path)["Persons"]
    done = answer(path, "done.xlsx", {"Persons": lambda _: "new"})
    assert [line["outcome"] for line in taken(workspace, done)] == ["taken"]
    assert moved(workspace)["C17", "spg"] == int(question["rows"])
    assert questions(export(workspace))["Persons"] == []


@pytest.mark.long
def test_a_region_answered_moves_the_person_there(workspace: Path) -> None:
    path = export(workspace)
    (question,) = questions(path)["Regions"]
    taken(workspace, answer(path, "done.xlsx", {"Regions": lambda _: "N53"}))
    assert moved(workspace) == {("C04", "delius"): int(question["rows"])}
    assert "G01" not in {line["rule"] for line in findings(workspace)}


def test_a_code_answered_moves_its_rows_and_no_others(workspace: Path) -> None:
    def outcome(question: Question) -> str:
        return "ATTC" if question["code"] == UNKNOWN_OUTCOME else ""

    path = export(workspace)
    rows = {
        one["scope"]: int(one["rows"]) for one in questions(path)["Codes"] if one["code"] == UNKNOWN_OUTCOME
    }
    taken(workspace, answer(path, "done.xlsx", {"Codes": outcome}))
    assert sum(moved(workspace).values()) == sum(rows.values()) == len(rows)
    assert UNKNOWN_OUTCOME not in {one["code"] for one in questions(export(workspace))["Codes"]}


@pytest.mark.long
def test_an_employee_answered_is_assigned(workspace: Path) -> None:
    path = export(workspace)
    done = answer(path, "done.xlsx", {"Staff": lambda one: "UPW" if one["decision"] == "mixed_role" else ""})
    assert {line["outcome"] for line in taken(workspace, done)} == {"taken"}
    day1(workspace, "run")
    assert "mixed_role" not in {one["decision"] for one in questions(export(workspace))["Staff"]}
    assert "S04" not in {line["rule"] for line in findings(workspace)}


def test_only_the_company_asked_for_is_in_the_workbook(asked: Path) -> None:
    named = questions(export(asked, "--company", "C17", name="one.xlsx"))
    companies = {line["company"] for sheet in ("Persons", "Regions", "Staff") for line in named[sheet]}
    assert companies == {"C17"}


@pytest.mark.parametrize(("words", "is_shown"), [((), False), (("--reveal",), True)])
def test_names_are_in_the_workbook_on_request_only(
    words: tuple[str, ...], *, is_shown: bool, asked: Path
) -> None:
    path = export(asked, *words, name=f"names-{is_shown}.xlsx")
    with zipfile.ZipFile(path) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert any(name in text for name in SURNAMES) is is_shown


def test_no_cell_is_a_formula(asked: Path) -> None:
    with zipfile.ZipFile(export(asked, name="plain.xlsx")) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<f " in sheet]
