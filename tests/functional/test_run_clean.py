"""A clean run: exit 0, verdict clean, and the JSON document in the shape that other programs rely on."""

import json
from pathlib import Path
from typing import Any

import pytest
from sample_runs import COMPANIES, by_company, day1, findings, printed

SHAPE = {
    "files": [
        "export",
        "file",
        "delivered",
        "carried",
        "set_aside",
        "not_in_scope",
        "written",
        "already_there",
        "list_only",
        "unproven",
    ],
    "entities": ["entity", "expected", "identical", "different", "missing", "extra"],
    "totals": ["name", "scope", "source", "target", "explained"],
    "moves": ["kind", "region", "transferred", "opened", "left_behind", "not_added"],
    "tables": ["table", "before", "inserted", "closed", "repointed", "after"],
    "findings": ["rule", "severity", "rows"],
}
"""List of a company in the JSON document to the fields of each of its items."""


@pytest.fixture(scope="module")
def document(clean_run: Path) -> dict[str, Any]:
    """The reconciliation of the clean run."""
    return printed(clean_run)


def test_the_run_is_clean(document: dict[str, Any]) -> None:
    assert (document["cycle"], document["verdict"]) == ("day-1", "clean")
    assert sorted(by_company(document)) == sorted(COMPANIES)


def test_a_finished_workspace_runs_again_with_exit_code_0(clean_run: Path) -> None:
    assert day1(clean_run, "reconcile").returncode == 0


@pytest.mark.parametrize("name", sorted(SHAPE))
def test_every_list_has_its_fields(document: dict[str, Any], name: str) -> None:
    for company in document["companies"]:
        assert company[name]
        assert {tuple(item) for item in company[name]} == {tuple(SHAPE[name])}


def test_every_figure_is_a_whole_number(document: dict[str, Any]) -> None:
    words = {"export", "file", "entity", "name", "scope", "kind", "region", "table", "rule", "severity"}
    for company in document["companies"]:
        for name in SHAPE:
            for item in company[name]:
                assert all(type(item[field]) is int for field in set(item) - words)


def test_nothing_is_set_aside_and_every_file_closes(document: dict[str, Any]) -> None:
    for company in document["companies"]:
        for file in company["files"]:
            assert (file["set_aside"], file["unproven"]) == (0, 0)
            assert file["delivered"] == file["carried"] + file["not_in_scope"]
            assert file["carried"] == file["written"] + file["already_there"] + file["list_only"]


def test_nothing_is_left_or_changed_otherwise(document: dict[str, Any]) -> None:
    for company in document["companies"]:
        assert (company["left"], company["changed_otherwise"], company["differences"]) == ([], 0, [])


def test_every_total_agrees_and_nothing_is_explained_away(document: dict[str, Any]) -> None:
    """Pay apart: new pay points, and employees who do not come, explain it to the penny."""
    for company in document["companies"]:
        assert all(total["source"] == total["target"] + total["explained"] for total in company["totals"])
        explained = {total["name"] for total in company["totals"] if total["explained"]}
        assert explained == {"payroll_pence"}


def test_totals_are_told_for_the_company_its_region_and_the_nation(document: dict[str, Any]) -> None:
    assert {total["scope"] for total in by_company(document)["C06"]["totals"]} >= {"C06", "N51"}
    assert {total["scope"] for total in document["totals"]} >= {"N07", "N51", "national"}


def test_tables_add_up(document: dict[str, Any]) -> None:
    for company in document["companies"]:
        for table in company["tables"]:
            assert table["after"] == table["before"] + table["inserted"], table["table"]


def test_no_finding_asks_for_anything(clean_run: Path) -> None:
    assert {row["severity"] for row in findings(clean_run)} <= {"info"}


def test_findings_are_counted_as_listed(clean_run: Path, document: dict[str, Any]) -> None:
    listed = findings(clean_run)
    for code, company in by_company(document).items():
        counted = {item["rule"]: item["rows"] for item in company["findings"]}
        own = [row["rule"] for row in listed if row["company"] == code]
        assert counted == {rule: own.count(rule) for rule in set(own)}


def test_json_on_stdout_is_one_document(clean_run: Path) -> None:
    assert json.loads(day1(clean_run, "reconcile", "--format", "json", "--quiet").stdout)["run"]
