"""What our tables stand on, and the mark that a list bears in the column `basis`."""

import polars as pl
import pytest

from lists.basis import with_basis
from mappings.basis import basis
from vocabulary.fields import all_fields


def lines(subject: str, what: str, mark: str) -> int:
    return int(basis().filter(subject=subject, what=what, mark=mark)["lines"].sum())


def test_a_column_without_a_source_is_assumed() -> None:
    words = all_fields().filter(export="spg")
    assert lines("layout", "spg", "assumed") == words.filter(assumed="Y").height
    assert lines("layout", "spg", "public 2018") == words.filter(assumed="N").height


def test_every_line_of_a_table_bears_one_mark() -> None:
    assert basis().filter(subject="routing", what="full postcodes")["lines"].sum() == 56_999
    assert lines("pay", "pay points and bands", "sample") == 43
    assert lines("routing", "receiving team codes", "sample") == 240


def test_only_what_is_public_names_a_source() -> None:
    is_ours = pl.col("mark").is_in(["assumed", "sample", "agreed"])
    assert set(basis().filter(is_ours)["source"]) == {""}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"team": "N51A07"}, "team: sample"),
        ({"team": "N51UAT", "pdu": "Sefton"}, "team: sample; PDU: public later"),
        ({"new_point": "2-01"}, "pay: sample"),
        ({"team": "C06S01"}, ""),
        ({"team": None, "new_point": None}, ""),
    ],
)
def test_a_list_says_what_its_rows_stand_on(row: dict[str, str | None], told: str) -> None:
    rows = pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))
    assert with_basis(rows)["basis"].to_list() == [told]


def test_a_list_without_routing_and_pay_has_no_such_column() -> None:
    rows = pl.DataFrame({"crn": ["X500001"]})
    assert with_basis(rows).columns == ["crn"]
