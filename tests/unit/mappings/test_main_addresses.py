"""The address that says where a person lives: open, the main one, of several the latest."""

import datetime as dt

import polars as pl
import pytest

from mappings.case.main_addresses import main_addresses

MAY, JUNE = dt.date(2021, 5, 1), dt.date(2021, 6, 1)


@pytest.mark.parametrize(
    ("addresses", "lives"),
    [
        ([("M", MAY, None), ("M", JUNE, None)], "b"),
        ([("M", JUNE, None), ("M", None, None)], "a"),
        ([("M", None, None), ("M", MAY, None)], "b"),
        ([("M", JUNE, JUNE), ("M", MAY, None)], "b"),
        ([("B", JUNE, None), ("M", MAY, None)], "b"),
    ],
    ids=["the latest", "a start counts", "whatever the order", "an ended one does not", "nor another kind"],
)
def test_a_person_lives_at_the_open_main_address(addresses: list[tuple[object, ...]], lives: str) -> None:
    rows = [(1, name, *one) for name, one in zip("ab", addresses, strict=True)]
    schema = {
        "offender_id": pl.Int64, "street": pl.String, "status": pl.String, "start_date": pl.Date,
        "end_date": pl.Date,
    }  # fmt: skip
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    assert main_addresses(frame)["street"].to_list() == [lives]
