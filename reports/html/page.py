"""The nation on one web page: nothing to fetch, nothing to run, the figures of the workbook."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from lxml import etree

from reports.atomic_write import atomic_write
from reports.basis import basis_sentence, sign_off_sentence
from reports.book import (
    DIFFERENCES,
    LEFT,
    Book,
    about_tables,
    following_tables,
    opening_tables,
    table_pages,
)
from reports.cell_text import format_cell
from reports.chart_tables import chart_tables
from reports.differences import difference_page, named
from reports.html.bars import bars
from reports.html.elements import element
from reports.left import left_page
from reports.readiness import readiness
from reports.runs import run_sentence
from reports.severity_styles import SEVERITIES
from reports.tables import Cell, Table
from reports.workbook.rows import full_list_of
from reports.workbook.style import MARKING

CAP = 200
"""Rows of a list on the page; it is read on a telephone as well."""


def write_page(book: Book, path: Path) -> None:
    """Writes the page to `path`, with the first rows that are left or differ, and never with values.

    All of them lie beside as the CSV files of the workbook of the same name; rows of findings are there only.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    html = element("html", head(book), body(book, rows_shown(book, path)), lang="en-GB")
    text = etree.tostring(html, method="html", encoding="unicode", doctype="<!DOCTYPE html>")
    with atomic_write(path) as beside:
        beside.write_text(text + "\n", encoding="utf-8")


def head(book: Book) -> etree._Element:
    """Title and style; the policy forbids whatever is not in the page."""
    policy = {
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; style-src 'unsafe-inline'",
    }
    style = files("reports.html").joinpath("page.css").read_text(encoding="utf-8")
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", **policy),
        element("title", title(book)),
        element("style", style),
    )


def title(book: Book) -> str:
    """What the page is."""
    return f"Day 1 reconciliation, cycle {book.reconciliation.cycle}"


def rows_shown(book: Book, path: Path) -> dict[str, Table]:
    """The first rows that are left or differ, by the name of their page."""
    left, differences = (full_list_of(what, path).name for what in ("left", "differences"))
    return {
        LEFT: left_page(book.reconciliation, CAP, left),
        DIFFERENCES: difference_page(named(book.differences), CAP, differences),
    }


def body(book: Book, rows: Mapping[str, Table]) -> etree._Element:
    """The summary open, every other page behind its name."""
    charts = [bars(table) for table in chart_tables(book.reconciliation, book.history)]
    pages = [
        folded(name, *([element("p", table.title)] if name in rows else []), drawn(table))
        for name, table in table_pages(book, rows).items()
    ]
    return element(
        "body",
        element("p", MARKING, class_="mark"),
        element("h1", title(book)),
        verdict(book),
        element("p", f"Sign-off {sign_off_sentence(book.reconciliation)}."),
        element("p", f"Stands on {basis_sentence(book.reconciliation)}."),
        element("p", f"Of run {run_sentence(book.reconciliation) or 'not recorded'}."),
        *titled(opening_tables(book)),
        element("div", *charts, class_="charts"),
        *titled(following_tables(book)),
        *pages,
        folded("About", *(drawn(table) for table in about_tables(book))),
        element("p", MARKING, class_="mark"),
    )


def verdict(book: Book) -> etree._Element:
    """Whom it is about, the verdict, and whether it is a go."""
    return element(
        "p",
        f"{book.scope.title}. Verdict: ",
        toned(book.reconciliation.verdict),
        ". Go or no go: ",
        toned(readiness(book.reconciliation).answer),
        ".",
    )


def toned(word: str) -> etree._Element:
    """A word in its colour."""
    return element("b", word, class_=SEVERITIES.get(word, ""))


def titled(tables: list[Table]) -> list[etree._Element]:
    """Tables under their titles."""
    return [element("section", element("h2", table.title), drawn(table)) for table in tables]


def folded(name: str, *content: etree._Element) -> etree._Element:
    """Content that opens at a click, without script."""
    return element("details", element("summary", name), *content)


def drawn(table: Table) -> etree._Element:
    """A table with figures to the right, or what is said when it has no row."""
    if not table.rows:
        return element("p", table.empty, class_="empty")
    header = element("tr", *(element("th", name) for name in table.header))
    rows = [element("tr", *(cell(value) for value in row)) for row in table.rows]
    return element("div", element("table", element("thead", header), element("tbody", *rows)), class_="wide")


def cell(value: Cell) -> etree._Element:
    """One cell."""
    kind = SEVERITIES.get(value, "") if isinstance(value, str) else "figure"
    return element("td", format_cell(value), class_=kind)
