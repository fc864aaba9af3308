"""Planned rows beside rows read back, field by field."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from loaded_target import PLAN, build, opened

from reports.data import EntityCount
from reports.entities import VALUES, Compared, compare
from reports.readback import ReadBack


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("loaded"))


def compared(loaded: Path, folder: Path, *statements: str) -> Compared:
    with opened(loaded, folder, *statements) as connection:
        return compare(PLAN, ReadBack.of_company(connection, "C06", "day-1"))


def count(result: Compared, entity: str) -> EntityCount:
    (found,) = (each for each in result.counts if each.entity == entity)
    return found


def test_a_plan_that_was_loaded_is_identical(loaded: Path, tmp_path: Path) -> None:
    result = compared(loaded, tmp_path)
    assert all(each.expected == each.identical > 0 for each in result.counts)
    assert result.differences.is_empty()
    assert {each.entity for each in result.counts} == {
        *(table.lower() for table in PLAN.inserts), "contact",
    }  # fmt: skip


AREA = "SELECT PROBATION_AREA_ID FROM PROBATION_AREA WHERE CODE = 'C06'"
CHANGED = [
    ("UPDATE UPW_DETAILS SET UPW_LENGTH_MINUTES = 7201", "UPW_DETAILS", "UPW_LENGTH_MINUTES"),
    ("UPDATE OFFENDER SET SURNAME = 'Other' WHERE OFFENDER_ID > 2500000002", "OFFENDER", "SURNAME"),
    ("UPDATE DISPOSAL SET EVENT_ID = 2500001001", "DISPOSAL", "EVENT_ID"),
    (f"UPDATE CONTACT SET PROBATION_AREA_ID = ({AREA})", "CONTACT", "PROBATION_AREA_ID"),
]


@pytest.mark.parametrize(("statement", "table", "column"), CHANGED)
def test_a_field_that_changed_behind_our_back_is_told(
    statement: str, table: str, column: str, loaded: Path, tmp_path: Path
) -> None:
    result = compared(loaded, tmp_path, statement)
    assert result.differences.select("table", "column").rows() == [(table, column)]
    assert count(result, table.lower()).different == 1


def test_a_row_that_is_gone_is_missing(loaded: Path, tmp_path: Path) -> None:
    result = compared(loaded, tmp_path, "DELETE FROM UPW_DETAILS")
    assert count(result, "upw_details") == EntityCount("upw_details", 1, 0, 0, 1, 0)


def test_a_row_that_nobody_planned_is_extra(loaded: Path, tmp_path: Path) -> None:
    smaller = replace(
        PLAN, inserts={"OFFENDER_MANAGER": PLAN.inserts["OFFENDER_MANAGER"].head(1)}, changes=()
    )
    with opened(loaded, tmp_path) as connection:
        result = compare(smaller, ReadBack.of_company(connection, "C06", "day-1"))
    assert count(result, "offender_manager") == EntityCount("offender_manager", 1, 1, 0, 0, 1)


def test_a_difference_names_its_source_and_keeps_values_apart(loaded: Path, tmp_path: Path) -> None:
    differences = compared(loaded, tmp_path, CHANGED[0][0]).differences
    assert differences.select("export", "source_file", "source_row").rows() == [("spg", "C06_spg.xml", "1")]
    assert differences.select(VALUES).rows() == [("7200", "7201")]
    assert "7201" not in str(differences.drop(VALUES).rows())


def test_an_empty_plan_has_nothing_to_compare(loaded: Path, tmp_path: Path) -> None:
    empty = replace(PLAN, inserts={}, changes=())
    with opened(loaded, tmp_path) as connection:
        result = compare(empty, ReadBack.of_company(connection, "C06", "day-1"))
    assert result == Compared((), result.differences)
    assert isinstance(result.differences, pl.DataFrame)
