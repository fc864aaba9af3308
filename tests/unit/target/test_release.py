"""No statement of Day 1 names a column that nDelius got after June 2021."""

import pytest
from sqlalchemy.schema import CreateTable

from target.schema.record import filled_tables, record
from target.schema.shape import columns, later_columns, table_names
from target.schema.tables import table

LATER = [
    ("DOCUMENT", "DATE_PRODUCED"),
    ("DOCUMENT", "DOCUMENT_TYPE"),
    ("NSI", "EXTERNAL_REFERENCE"),
    ("OFFENDER_ADDRESS", "ADDRESS_TYPE_ID"),
    ("OFFENDER_ADDRESS", "TYPE_VERIFIED"),
]


def test_five_columns_came_later() -> None:
    assert sorted(later_columns()) == LATER


@pytest.mark.parametrize(("name", "column"), LATER)
def test_no_ddl_names_a_later_column(name: str, column: str) -> None:
    assert column not in str(CreateTable(table(name)))


@pytest.mark.parametrize("name", sorted(set(filled_tables()) & set(table_names())))
def test_no_insert_names_a_column_that_the_release_has_not(name: str) -> None:
    assert {fill.column for fill in record(name)} <= set(columns(name))
