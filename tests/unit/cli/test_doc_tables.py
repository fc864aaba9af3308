"""Tables of the docs that follow from our own data are as the data says."""

from pathlib import Path

import pytest

from cli.doc_tables import BEGIN, PAGES, with_table

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_up_to_date(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")
    assert BEGIN in page
    assert with_table(page, PAGES[name]()) == page, "run: make docs"
