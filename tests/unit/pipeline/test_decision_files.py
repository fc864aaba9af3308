"""decisions/<kind>.csv: read whole or refused, and each company its own."""

from pathlib import Path

import pytest

from pipeline.decisions.answers import staff_answers
from pipeline.decisions.files import decided, decided_for
from pipeline.stages.source_stages import inputs
from pipeline.storage.store import commit_stage, start_stage
from pipeline.workspace import Workspace
from vocabulary.decisions import ACCESS, CODES, INTERVENTIONS, PROGRAMMES, REGIONS, STAFF
from vocabulary.errors import ConfigError

CODE_LINES = """\
scope,list,code,answer,who,when,why
*,gender,M,1,A,2021-06-20,so
delius,gender,M,1,A,2021-06-20,so
MTC,weekday,MON,1,A,2021-06-20,so
PURPLE,weekday,MON,1,A,2021-06-20,so
"""
OWNER_LINES = "".join(CODE_LINES.splitlines(keepends=True)[::4])
REGION_LINES = "company,offender_id,answer,who,when,why\nC04,1,N53,A,2021-06-20,so\nC04,2,,,,\n"
STAFF_LINES = "company,employee_ref,decision,function,who,when,why\nC06,E1,mixed_role,SM,A,2021-06-20,so\n"
PANEL_LINES = "company,activity_ref,answer,who,when,why\nC17,1,APPROVED,A,2021-06-20,so\n"
PROGRAMME_LINES = "company,region,programme,answer,who,when,why\nC04,N53,BSR,stops,A,2021-06-20,so\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    Workspace.init(tmp_path)
    return Workspace.open(tmp_path, cycle="day-1")


def put(workspace: Workspace, kind: str, text: str) -> None:
    (workspace.decisions / f"{kind}.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("company", "scopes"), [("C17", ["*", "delius", "MTC"]), ("C04", ["*", "delius", "PURPLE"]), ("N00", [])]
)
def test_a_company_has_the_codes_of_its_owner(company: str, scopes: list[str], workspace: Workspace) -> None:
    put(workspace, CODES, CODE_LINES)
    assert decided_for(workspace, CODES, company)["scope"].to_list() == scopes


def test_a_line_without_answer_is_still_open(workspace: Workspace) -> None:
    put(workspace, REGIONS, REGION_LINES)
    assert decided(workspace, REGIONS)["offender_id"].to_list() == ["1"]


def test_a_list_about_staff_keeps_its_columns(workspace: Workspace) -> None:
    put(workspace, STAFF, STAFF_LINES)
    assert decided(workspace, STAFF).select("employee_ref", "answer").rows() == [("E1", "SM")]


def test_a_list_about_staff_answers_nothing_of_the_columns_that_it_lacks(workspace: Workspace) -> None:
    """Validate and the proofs ask for all of them."""
    put(workspace, STAFF, STAFF_LINES)
    (line,) = staff_answers(workspace, "C06").iter_rows(named=True)
    assert [line[word] for word in ("function", "region", "pension", "account")] == ["SM", None, None, None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (REGION_LINES.replace("2021-06-20", ""), "who, when and why"),
        (REGION_LINES + "C04,1,N55,B,2021-06-21,no\n", "twice"),
        (REGION_LINES.replace(",who", ",name"), "lacks the columns who"),
    ],
)
def test_a_list_that_contradicts_itself_is_refused(text: str, told: str, workspace: Workspace) -> None:
    put(workspace, REGIONS, text)
    with pytest.raises(ConfigError, match=told):
        decided(workspace, REGIONS)


@pytest.mark.parametrize(
    ("kind", "text", "changed"),
    [
        (CODES, CODE_LINES, ["C04 map", "C17 map"]),
        (CODES, OWNER_LINES, ["C04 map"]),
        (REGIONS, REGION_LINES, ["C04 validate"]),
        (ACCESS, REGION_LINES.replace("N53", "login"), ["C04 validate"]),
        (INTERVENTIONS, PANEL_LINES, ["C17 map"]),
        (PROGRAMMES, PROGRAMME_LINES, []),
        ("notes", "anything", []),
    ],
)
def test_only_the_stage_and_company_that_an_answer_concerns_run_again(
    kind: str, text: str, changed: list[str], workspace: Workspace
) -> None:
    for company in ("N00", "C04", "C17"):
        for stage in ("receive", "extract", "map", "match"):
            commit_stage(start_stage(workspace.stage_folder(company, stage)), {"inputs": "same"})
    stages = [f"{company} {stage}" for company in ("C04", "C17", "N00") for stage in ("map", "validate")]
    before = {name: inputs(workspace, *name.split()) for name in stages}
    put(workspace, kind, text)
    assert [name for name in stages if inputs(workspace, *name.split()) != before[name]] == changed


def test_an_answer_that_is_no_choice_is_refused(workspace: Workspace) -> None:
    put(workspace, INTERVENTIONS, PANEL_LINES.replace("APPROVED", "MAYBE"))
    with pytest.raises(ConfigError, match="none of APPROVED, ROLLED_DOWN"):
        decided(workspace, INTERVENTIONS)
