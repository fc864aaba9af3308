"""Every book of a pack says for whom it is and under which agreement."""

from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from reports.limited_book import LIMITED
from reports.region_books import RECONCILIATION, list_pages, write_book, write_index
from reports.sharing import sharing_of

BOOKS = sorted({page.book for page in list_pages()} | {"reconciliation", LIMITED.removesuffix(".xlsx")})


@pytest.mark.parametrize("book", BOOKS)
def test_every_book_of_a_pack_is_for_somebody(book: str) -> None:
    known = sharing_of(book)
    assert known.for_whom
    assert known.agreement
    assert known.certainty == "assumed" or known.certainty.startswith("public ")


def test_a_book_that_no_line_names_ends_the_program() -> None:
    with pytest.raises(ValueError, match=r"sharing\.csv does not say for whom the book nobody is"):
        sharing_of("nobody")


def test_each_sheet_and_the_index_say_it(tmp_path: Path) -> None:
    rows = pl.DataFrame({"region": ["N51"], "company": ["C06"], "asset_ref": ["1"]})
    lines = write_book("N51", "estates", {"assets": rows}, tmp_path, reveal=False)
    write_index("N51", [RECONCILIATION, *lines], tmp_path, reveal=False)
    said = load_workbook(tmp_path / "estates.xlsx")["Assets"]["A2"].value
    assert str(said).endswith(sharing_of("estates").sentence)
    index = load_workbook(tmp_path / "index.xlsx")["Index"]
    assert [cell.value for cell in index[5]][5] == sharing_of("estates").for_whom
