"""The web page: whole in itself, and text of others stays text."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from lxml import html
from planted import with_faults

from reports.book import Book
from reports.html.page import write_page


@pytest.fixture
def page(book: Book, tmp_path: Path) -> str:
    """The page's source."""
    write_page(book, tmp_path / "day-1.html")
    return (tmp_path / "day-1.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["<script", "src=", "href=", "url(", "@import", "http:", "https:"])
def test_the_page_fetches_and_runs_nothing(page: str, word: str) -> None:
    assert word not in page


def test_the_page_is_marked_and_tells_the_verdict(page: str) -> None:
    text = html.fromstring(page).text_content()
    assert text.count("OFFICIAL-SENSITIVE") == 2
    assert "Verdict: differences. Go or no go: go once decided." in text


def test_every_page_of_the_workbook_but_its_rows_is_there(page: str) -> None:
    names = html.fromstring(page).xpath("//details/summary/text()")
    assert names[:5] == ["Account", "Left", "Totals", "Differences", "Findings"]
    assert names[-1] == "About"


def test_bars_are_as_long_as_their_share_of_the_longest(page: str) -> None:
    lines = html.fromstring(page).xpath("//figure[1]/div[@class='line']")
    bars = [bar.get("style") for bar in lines[1].xpath(".//div[starts-with(@class, 'bar c')]")]
    assert bars == [f"width:{100 * 60 / 2038:.2f}%", "width:0.00%", "width:0.00%"]


def test_the_page_names_what_is_left_and_what_differs(book: Book, tmp_path: Path) -> None:
    many = pl.concat([book.differences] * 300).with_columns(expected=pl.lit("secret"))
    faulty = replace(book, reconciliation=with_faults(book.reconciliation), differences=many)
    write_page(faulty, tmp_path / "day-1.html")
    text = html.fromstring((tmp_path / "day-1.html").read_text("utf-8")).text_content()
    assert "Differences, row by row: 200 of 300. All of them: day-1.differences.csv" in text
    assert "Rows that stay with a closing company: 2 of 2. All of them: day-1.left.csv" in text
    assert "secret" not in text


def test_text_of_a_delivery_is_never_markup(book: Book, tmp_path: Path) -> None:
    company = replace(book.reconciliation.companies[0], name="<script>alert(1)</script>\x0b")
    hostile = replace(book, reconciliation=replace(book.reconciliation, companies=(company,)))
    write_page(hostile, tmp_path / "day-1.html")
    source = (tmp_path / "day-1.html").read_text(encoding="utf-8")
    assert "<script" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\\x0b" in source


def test_the_same_book_gives_the_same_page(page: str, book: Book, tmp_path: Path) -> None:
    write_page(book, tmp_path / "again" / "day-1.html")
    assert (tmp_path / "again" / "day-1.html").read_text(encoding="utf-8") == page
