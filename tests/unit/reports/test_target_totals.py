"""Control totals read back through the target's own keys."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from loaded_target import build, opened

from reports.readback import ReadBack
from reports.target_totals import managed_requirements, restricted, unpaid_work


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("loaded"))


def requirements(disposal: int) -> pl.DataFrame:
    return pl.DataFrame(
        {"main_category": ["W", "W", "F"], "disposal_id": [disposal] * 3, "region": ["N51"] * 3}
    )


def test_the_order_of_a_sentence_counts_once(loaded: Path, tmp_path: Path) -> None:
    """Two requirements, one order."""
    with opened(loaded, tmp_path) as connection:
        target = ReadBack.of_company(connection, "C06", "day-1")
        work = unpaid_work(target, requirements(int(target.ids("DISPOSAL")["id"][0])))
    assert work.select("region", "ordered", "credited", "adjusted").rows() == [("N51", 7200, 0, 0)]


def test_a_deleted_order_counts_for_nothing(loaded: Path, tmp_path: Path) -> None:
    with opened(loaded, tmp_path, "UPDATE UPW_DETAILS SET SOFT_DELETED = 1") as connection:
        target = ReadBack.of_company(connection, "C06", "day-1")
        assert unpaid_work(target, requirements(int(target.ids("DISPOSAL")["id"][0]))).is_empty()


def test_no_requirement_moved_no_requirement_is_managed(loaded: Path, tmp_path: Path) -> None:
    with opened(loaded, tmp_path) as connection:
        managed = managed_requirements(ReadBack.of_company(connection, "C06", "day-1"))
    assert managed.is_empty()
    assert {"requirement_id", "region", "main_category", "disposal_id", "days", "days_done"} <= {
        *managed.columns
    }


ENDS = [("NULL", [2500000002]), ("'2021-06-26 00:00:00'", []), ("'2021-06-27 00:00:00'", [2500000002])]


@pytest.mark.parametrize(("end", "persons"), ENDS)
def test_a_restriction_counts_until_it_ends(
    end: str, persons: list[int], loaded: Path, tmp_path: Path
) -> None:
    statement = f"UPDATE RESTRICTION SET RESTRICTION_END_DATE = {end}"
    asked = pl.Series("id", [2500000001, 2500000002])
    with opened(loaded, tmp_path, statement) as connection:
        assert restricted(connection, asked, dt.date(2021, 6, 26)).to_list() == persons
