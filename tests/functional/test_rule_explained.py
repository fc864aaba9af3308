"""`day1 rule` and `day1 findings --rule`: what one rule says and what it has found."""

import csv
import io
import json
from pathlib import Path

import pytest
from planted_defects import Damaged
from sample_runs import day1


def as_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_rule_counts_what_it_found(damaged_run: Damaged) -> None:
    workspace = damaged_run[0]
    every = as_csv(day1(workspace, "findings", "--format", "csv").stdout)
    told = json.loads(day1(workspace, "rule", "u04", "--format", "json").stdout)
    by_company = {one["company"]: one["findings"] for one in told["found"]}
    assert by_company
    assert by_company == {
        code: sum(1 for one in every if (one["rule"], one["company"]) == ("U04", code)) for code in by_company
    }
    assert told["what_to_do"].startswith("Ask the company")


def test_findings_are_chosen_by_rule_severity_and_entity(damaged_run: Damaged) -> None:
    asked = ("--rule", "U04", "--rule", "Q01", "--severity", "set_aside", "--entity", "upw_session")
    found = as_csv(day1(damaged_run[0], "findings", "--format", "csv", *asked).stdout)
    assert {one["severity"] for one in found} == {"set_aside"}
    assert {one["entity"] for one in found} == {"upw_session"}
    assert {one["rule"] for one in found} <= {"U04", "Q01"}


@pytest.mark.parametrize(
    "words", [("rule", "Z99"), ("findings", "--rule", "Z99"), ("findings", "--severity", "bad")]
)
def test_what_does_not_exist_is_wrong_usage(words: tuple[str, ...], tmp_path: Path) -> None:
    told = day1(tmp_path, *words)
    assert told.returncode == 2
    assert "There is no" in told.stderr


def test_a_rule_is_explained_without_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DAY1_WORKSPACE", raising=False)
    from typer.testing import CliRunner

    from cli.app import app

    told = CliRunner().invoke(app, ["rule", "S03"])
    assert told.exit_code == 0
    assert "six function shares" in told.stdout
