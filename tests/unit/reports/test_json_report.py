"""The JSON document and the flat figures."""

import json

from planted import with_faults

from reports.data import Reconciliation
from reports.figures import figures
from reports.json_report import as_json

KEYS = {
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
"""The stable interface: what machines read."""


def test_each_part_has_exactly_the_promised_keys(reconciliation: Reconciliation) -> None:
    company = json.loads(as_json(reconciliation))["companies"][0]
    assert {part: list(company[part][0]) for part in KEYS} == KEYS


def test_what_is_left_is_in_the_document_row_by_row(reconciliation: Reconciliation) -> None:
    company = json.loads(as_json(with_faults(reconciliation)))["companies"][0]
    assert company["left"][1] == {
        "rule": "future contact", "table": "CONTACT", "key": "9012", "column": "area", "person": "1201",
        "because": "", "source_file": "", "source_row": "",
    }  # fmt: skip
    assert company["changed_otherwise"] == 4
    assert company["differences"] == [{"proof": "field", "table": "UPW_APPOINTMENT", "rows": 1}]


def test_the_head_names_run_cycle_and_verdict(reconciliation: Reconciliation) -> None:
    document = json.loads(as_json(reconciliation))
    assert [document[key] for key in ("run", "cycle", "verdict")] == ["run-1", "day-1", "differences"]


def test_the_flat_figures_lose_no_number(reconciliation: Reconciliation) -> None:
    rows = figures(reconciliation).rows
    assert ("C17", "totals", "upw_minutes_credited N07", "source", 96_300) in rows
    assert ("all", "totals", "upw_minutes_credited national", "explained", 120) in rows
    assert ("C17", "lost_practitioners", "N07 practitioner objects (S06)", "persons", 3) in rows


def test_the_flat_figures_count_what_is_left_and_what_differs(reconciliation: Reconciliation) -> None:
    rows = figures(with_faults(reconciliation)).rows
    assert ("C17", "files", "upw C17_upw.xlsx", "unproven", 2) in rows
    assert ("C17", "left", "future contact CONTACT", "rows", 1) in rows
    assert ("C17", "changed_otherwise", "all tables", "rows", 4) in rows
    assert ("C17", "differences", "field UPW_APPOINTMENT", "rows", 1) in rows
