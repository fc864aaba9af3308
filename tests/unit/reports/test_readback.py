"""Rows read back from the target, decoded."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from loaded_target import build, opened

from reports.readback import ReadBack, natural_text, stored_text


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("loaded"))


def test_ids_are_decoded_to_codes_and_natural_keys(loaded: Path, tmp_path: Path) -> None:
    with opened(loaded, tmp_path) as connection:
        target = ReadBack.of_company(connection, "C06", "day-1")
        row = target.rows("UPW_DETAILS", target.ids("UPW_DETAILS")["id"]).row(0, named=True)
    assert (row["TEAM_ID"], row["STAFF_ID"], row["UPW_STATUS_ID"]) == ("N51A01", "N51A01U", "WIP")
    assert (row["DISPOSAL_ID"], row["OFFENDER_ID"]) == ("D1", "new")
    assert (row["UPW_LENGTH_MINUTES"], row["UPW_STATUS_DATE"]) == ("7200", "2021-06-26 00:00:00")


def test_a_row_of_the_baseline_keeps_its_number(loaded: Path, tmp_path: Path) -> None:
    with opened(loaded, tmp_path) as connection:
        target = ReadBack.of_company(connection, "C06", "day-1")
        persons = target.rows("OFFENDER_TRANSFER", target.ids("OFFENDER_TRANSFER")["id"])["OFFENDER_ID"]
    assert persons.to_list() == ["2500000001"]


@pytest.mark.parametrize(("company", "cycle"), [("C17", "day-1"), ("C06", "delta-01")])
def test_only_the_companys_rows_of_the_cycle(company: str, cycle: str, loaded: Path, tmp_path: Path) -> None:
    with opened(loaded, tmp_path) as connection:
        assert ReadBack.of_company(connection, company, cycle).ids("OFFENDER").is_empty()


STORED = [
    (pl.Series([dt.datetime.combine(dt.date(2021, 6, 26), dt.time(9, 30))]), "2021-06-26 09:30:00"),
    (pl.Series([Decimal("7.50")], dtype=pl.Decimal(5, 2)), "7.5"),
    (pl.Series([Decimal("7.00")], dtype=pl.Decimal(5, 2)), "7"),
    (pl.Series([7]), "7"),
    (pl.Series([None], dtype=pl.Int64), None),
]


@pytest.mark.parametrize(("values", "text"), STORED)
def test_a_stored_value_as_text(values: pl.Series, text: str | None) -> None:
    assert stored_text(values).to_list() == [text]


PLANNED = [
    (pl.Series([True]), "EVENT", "ACTIVE_FLAG", "1"),
    (pl.Series([False]), "CONTACT", "SENSITIVE", "N"),
    (pl.Series([dt.date(2021, 6, 26)]), "NSI", "REFERRAL_DATE", "2021-06-26 00:00:00"),
    (pl.Series([dt.time(9, 30)]), "CONTACT", "CONTACT_START_TIME", "1970-01-01 09:30:00"),
    (pl.Series([90]), "UPW_APPOINTMENT", "MINUTES_OFFERED", "90"),
]


@pytest.mark.parametrize(("values", "table", "column", "text"), PLANNED)
def test_a_planned_value_as_the_target_shows_it(
    values: pl.Series, table: str, column: str, text: str
) -> None:
    assert natural_text(values, table, column).to_list() == [text]
