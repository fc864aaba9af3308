"""`day1 profile`: what is in a delivery before the night, and which teams nobody receives."""

import json
import re
import shutil
from pathlib import Path

import pytest
from guides import copy_packages, run
from sample_runs import DAY1, SURNAMES
from test_routing_gap import cases_of

TEAM = "C06S01"


def profiled(program: Path, path: Path, *options: str) -> tuple[int, str]:
    """Exit code and what was printed."""
    result = run(program, DAY1, "profile", str(path), *options)
    return result.returncode, result.stdout


@pytest.fixture(scope="module")
def program() -> Path:
    return Path(__file__).parents[2]


def test_a_delivery_without_gaps(program: Path, clean_workspace: Path) -> None:
    code, told = profiled(program, clean_workspace / "deliveries/day-1/C06", "--format", "json")
    assert code == 0
    document = json.loads(told)
    (crn,) = (one for one in document["columns"] if (one["entity"], one["column"]) == ("offender", "crn"))
    assert crn["rows"] == crn["filled"] == crn["distinct"]
    assert crn["shown"] == f"A999999 ({crn['rows']})"
    assert document["gaps"] == []


@pytest.mark.parametrize("company", ["C06", "C17"])
def test_no_name_is_shown(program: Path, clean_workspace: Path, company: str) -> None:
    _, told = profiled(program, clean_workspace / f"deliveries/day-1/{company}")
    assert "surname" in told
    assert not [name for name in SURNAMES if name in told]


def test_a_team_without_receiver_is_named_with_its_cases(clean_workspace: Path, tmp_path: Path) -> None:
    program = copy_packages(tmp_path / "program")
    teams = program / "mappings/routing/teams.csv"
    teams.write_text(re.sub(rf"(?m)^C06,{TEAM},.*\n", "", teams.read_text("utf-8")), encoding="utf-8")
    delivery = clean_workspace / "deliveries/day-1/C06"
    code, told = profiled(program, delivery, "--format", "json")
    assert code == 1
    assert json.loads(told)["gaps"] == [[TEAM, cases_of(delivery)]]


def test_an_answered_team_is_no_gap(clean_workspace: Path, tmp_path: Path) -> None:
    program = copy_packages(tmp_path / "program")
    teams = program / "mappings/routing/teams.csv"
    teams.write_text(re.sub(rf"(?m)^C06,{TEAM},.*\n", "", teams.read_text("utf-8")), encoding="utf-8")
    (tmp_path / "decisions").mkdir()
    answers = f"company,team,answer,who,when,why\nC06,{TEAM},N51W07,A,2021-06-20,so\n"
    (tmp_path / "decisions/teams.csv").write_text(answers, encoding="utf-8")
    delivery = clean_workspace / "deliveries/day-1/C06"
    code, _ = profiled(program, delivery, "--workspace", str(tmp_path))
    assert code == 0


def test_odd_values_are_counted(program: Path, clean_workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "C17_upw_projects.csv"
    shutil.copy(clean_workspace / "deliveries/day-1/C17" / file.name, file)
    file.write_bytes(file.read_bytes().replace(b"\r\nC17", b"\r\n=17", 1))
    _, told = profiled(program, file, "--format", "json")
    assert [one["odd"] for one in json.loads(told)["columns"] if one["odd"]] == ["1 T09"]


def test_what_no_company_delivers(program: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    assert profiled(program, tmp_path / "notes.txt")[0] == 2
