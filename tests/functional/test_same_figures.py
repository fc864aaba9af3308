"""The same figure on every page it appears on: JSON, workbook, web page and terminal of one damaged run."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sample_runs import by_company, day1, reconciled

OUTCOMES = ("delivered", "carried", "set_aside", "not_in_scope")
Lines = set[tuple[str, ...]]


@pytest.fixture(scope="module")
def workspace(damaged_run: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    """A damaged run: its figures are not all zero or all equal."""
    return damaged_run[0]


@pytest.fixture(scope="module")
def document(workspace: Path) -> dict[str, Any]:
    """The JSON document, which the others are held against."""
    return reconciled(workspace)


@pytest.fixture(scope="module")
def sheets(workspace: Path) -> dict[str, Worksheet]:
    """The sheets of the nation's workbook."""
    book = load_workbook(workspace / "reports" / "day-1" / "national.xlsx")
    return {sheet.title: sheet for sheet in book}


@pytest.fixture(scope="module")
def page(workspace: Path) -> Any:
    """The web page."""
    source = (workspace / "reports" / "day-1" / "national.html").read_text(encoding="utf-8")
    return html.fromstring(source)


def of_sheet(sheet: Worksheet) -> Lines:
    """Every row below the header as text, figures as the screen shows them."""
    rows = sheet.iter_rows(min_row=4, values_only=True)
    return {tuple(f"{cell:,}" if isinstance(cell, int) else str(cell or "") for cell in row) for row in rows}


def of_page(page: Any, name: str) -> Lines:
    """The rows of the table behind a name, or under a title."""
    rows = page.xpath(f"//details[summary='{name}']//tbody/tr | //section[h2='{name}']//tbody/tr")
    return {tuple(cell.text_content() for cell in row) for row in rows}


def account(document: dict[str, Any]) -> Lines:
    """Company, export, file and outcomes of every file."""
    return {
        (code, file["export"], file["file"], *(f"{file[name]:,}" for name in OUTCOMES))
        for code, company in by_company(document).items()
        for file in company["files"]
    }


def totals(document: dict[str, Any]) -> Lines:
    """Company or all, name, scope and the three figures of every total."""
    own = [(code, one) for code, company in by_company(document).items() for one in company["totals"]]
    return {
        (code, one["name"], one["scope"], *(f"{one[side]:,}" for side in ("source", "target", "explained")))
        for code, one in [*own, *(("all", total) for total in document["totals"])]
    }


def findings(document: dict[str, Any]) -> Lines:
    """Rule, severity and findings of all companies together."""
    counts: dict[tuple[str, str], int] = {}
    for company in document["companies"]:
        for one in company["findings"]:
            counts[one["rule"], one["severity"]] = counts.get((one["rule"], one["severity"]), 0) + one["rows"]
    return {(*rule, f"{rows:,}") for rule, rows in counts.items()}


PAGES = {"Account": (account, 7), "Totals": (totals, 6), "Findings": (findings, 3)}
"""Page to what the JSON says of it, and how many of the page's columns that is."""


@pytest.mark.parametrize("name", PAGES)
def test_the_workbook_says_what_the_json_says(
    name: str, document: dict[str, Any], sheets: dict[str, Worksheet]
) -> None:
    expected, columns = PAGES[name]
    assert {row[:columns] for row in of_sheet(sheets[name])} == expected(document)


@pytest.mark.parametrize("name", PAGES)
def test_the_web_page_says_what_the_json_says(name: str, document: dict[str, Any], page: Any) -> None:
    expected, columns = PAGES[name]
    assert {row[:columns] for row in of_page(page, name)} == expected(document)


def test_the_web_page_shows_the_summary_of_the_workbook(page: Any, sheets: dict[str, Worksheet]) -> None:
    rows = sheets["Summary"].iter_rows(max_col=3, values_only=True)
    named = {name: f"{figure:,}" for name, _, figure in rows if isinstance(figure, int)}
    shown = {row[0]: row[2] for row in of_page(page, "Key figures")}
    assert shown
    assert {name: named[name] for name in shown} == shown


def test_the_terminal_says_what_the_json_says(workspace: Path, document: dict[str, Any]) -> None:
    lines = list(terminal_lines(workspace))
    for code, company in by_company(document).items():
        sums = [f"{sum(file[name] for file in company['files']):,}" for name in OUTCOMES]
        assert any(line[0] == code and contains(line, sums) for line in lines if line), code
    for one in document["totals"]:
        if one["scope"] == "national" and not one["name"].startswith("employees_"):
            figures = [f"{one[side]:,}" for side in ("source", "target", "explained")]
            assert ["all", one["name"], "national", *figures] in [line[:6] for line in lines]


def terminal_lines(workspace: Path) -> Iterator[list[str]]:
    """The words of each line that `reconcile` prints."""
    yield from (line.split() for line in day1(workspace, "reconcile").stdout.splitlines())


def contains(line: list[str], words: list[str]) -> bool:
    """True when `words` stand in `line` one after the other."""
    return any(line[place : place + len(words)] == words for place in range(len(line)))


@pytest.mark.parametrize("code", ["C06", "C17"])
def test_a_company_reads_the_figures_of_the_nation(
    workspace: Path, document: dict[str, Any], code: str
) -> None:
    book = load_workbook(workspace / "reports" / "day-1" / "companies" / f"{code}.xlsx")
    expected = {line for line in account(document) if line[0] == code}
    assert {row[:7] for row in of_sheet(book["Account"])} == expected
