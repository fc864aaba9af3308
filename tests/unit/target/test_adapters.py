"""What a target needs of a database, asked of each that can be written: one suite over all of them."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from target.adapters import ADAPTERS, DATABASES, adapter_of
from target.bulk import highest, insert, read
from target.database import connect, database_error, savepoint, transaction
from target.schema.ddl import oracle_statements
from target.schema.shape import columns
from target.sequences import new_ids, raise_sequences
from vocabulary.calendar import DAY_1
from vocabulary.errors import TargetError

TABLE, KEY, TEXT = "R_NSI_STATUS", "NSI_STATUS_ID", "DESCRIPTION"
ENGINES = {"sqlite": "target", "postgresql": "postgres"}
"""Database to the fixture that has a small target in it."""


@pytest.fixture(params=sorted(ENGINES))
def database(request: pytest.FixtureRequest) -> sa.Engine:
    found: sa.Engine = request.getfixturevalue(ENGINES[request.param])
    return found


@pytest.fixture
def connection(database: sa.Engine) -> Iterator[sa.Connection]:
    with transaction(database, dry_run=True) as running:
        yield running


def copied_row(connection: sa.Connection, **other: object) -> pl.DataFrame:
    """A row of TABLE like one that stands, under a number of its own."""
    row = read(connection, TABLE).head(1)
    key = pl.lit(highest(connection, TABLE, KEY) + 1, pl.Int64).alias(KEY)
    return row.with_columns(key, *(pl.lit(value).alias(name) for name, value in other.items()))


def test_every_database_that_is_written_is_in_this_suite() -> None:
    assert sorted(ENGINES) == sorted(ADAPTERS)
    assert {each.name for each in DATABASES} - {*ADAPTERS} == {"oracle"}


@pytest.mark.parametrize("rows", [1, 250])
def test_rows_come_back_as_they_went_in(connection: sa.Connection, rows: int) -> None:
    """Text with quotes, line ends and separators, and a moment; in numbers that end within a statement."""
    base = copied_row(connection, DESCRIPTION='it\'s "one"; 50%, \\ and\nanother \u0141')
    late = dt.datetime.combine(DAY_1, dt.time(23, 59, 59))
    moment = pl.lit(late, pl.Datetime("us")).alias("CREATED_DATETIME")
    more = pl.concat([base.with_columns(moment, pl.col(KEY) + place) for place in range(rows)])
    insert(connection, TABLE, more)
    found = read(connection, TABLE).filter(pl.col(KEY) >= base[KEY][0]).sort(KEY)
    assert found.equals(more.select(found.columns))


def test_a_column_may_begin_blank_and_hold_values_later(connection: sa.Connection) -> None:
    """A column that holds one value in all rows goes another way in."""
    row = read(connection, "ADDRESS").head(1)
    texts = [None, *(f"place {number}" for number in range(299))]
    more = pl.concat([row] * 300).with_columns(
        pl.int_range(1_000, 1_300).alias("ADDRESS_ID"), pl.Series("TOWN_CITY", texts, pl.String)
    )
    insert(connection, "ADDRESS", more)
    found = read(connection, "ADDRESS").filter(pl.col("ADDRESS_ID") >= 1_000).sort("ADDRESS_ID")
    assert found["TOWN_CITY"].to_list() == texts


def test_indexes_and_references_are_as_they_were(database: sa.Engine) -> None:
    def told() -> list[object]:
        found = sa.inspect(database)
        indexes = sorted(str(each["name"]) for each in found.get_indexes(table))
        return [indexes, sorted(str(each["constrained_columns"]) for each in found.get_foreign_keys(table))]

    table = adapter_of(database).fold_name("CONTACT")
    before = told()
    with (
        transaction(database) as connection,
        adapter_of(database).without_indexes(connection, ("CONTACT",)),
    ):
        left = sa.inspect(connection).get_indexes(table)
        assert [each["name"] for each in left if not each["unique"]] == []
    assert told() == before
    assert all(before)


def test_rows_are_read_bit_by_bit(postgres: sa.Engine) -> None:
    """psycopg's own cursor holds every row at once."""
    with (
        transaction(postgres, dry_run=True) as connection,
        adapter_of(connection).open_cursor(connection) as cursor,
    ):
        cursor.execute("SELECT 1")
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM pg_cursors").scalar_one() == 1


def test_a_row_too_long_is_refused_and_nobody_is_shown(database: sa.Engine) -> None:
    with pytest.raises(TargetError) as refused, transaction(database) as connection:
        insert(connection, TABLE, copied_row(connection, DESCRIPTION="Zz" * 4_000))
    assert "Zz" not in str(refused.value)
    assert "Nothing was written" in str(refused.value) or "cannot be read or written" in str(refused.value)


def test_a_key_given_twice_is_refused_by_its_name(database: sa.Engine) -> None:
    with pytest.raises(TargetError, match=f"(?i){TABLE}"), transaction(database) as connection:
        insert(connection, TABLE, read(connection, TABLE).head(1))


def test_a_part_of_a_transaction_goes_back_alone(connection: sa.Connection) -> None:
    before = read(connection, TABLE).height
    insert(connection, TABLE, copied_row(connection))
    twice = pl.concat([copied_row(connection), read(connection, TABLE).head(1)])
    with pytest.raises(TargetError), savepoint(connection):
        insert(connection, TABLE, twice)
    assert read(connection, TABLE).height == before + 1


def test_new_ids_are_above_all_that_stand(connection: sa.Connection) -> None:
    top = highest(connection, "OFFENDER", "OFFENDER_ID")
    raise_sequences(connection, ["OFFENDER"])
    ids = new_ids(connection, "OFFENDER", "OFFENDER_ID", 3)
    assert ids.to_list() == [top + 1, top + 2, top + 3]
    assert new_ids(connection, "OFFENDER", "OFFENDER_ID", 1, above=top + 50).to_list() == [top + 51]


def test_a_row_tells_text_from_nothing_and_from_numbers(connection: sa.Connection) -> None:
    text = columns(TABLE)[TEXT]
    told = [replace(text, name=expression) for expression in ("('it\"s '' ')", "NULL", "(1)", "''")]
    row = adapter_of(connection).exact_row(told)
    line = json.loads(connection.exec_driver_sql(f"SELECT {row}").scalar_one())
    assert line in (["it\"s ' ", None, 1, ""], ["it\"s ' ", None, "1", ""])


def test_a_row_wider_than_a_function_takes_is_one_line(connection: sa.Connection) -> None:
    text = columns(TABLE)[TEXT]
    row = adapter_of(connection).exact_row([replace(text, name=f"'{each}]['") for each in range(250)])
    line = json.loads(connection.exec_driver_sql(f"SELECT {row}").scalar_one())
    assert line == [f"{each}][" for each in range(250)]


def test_a_copy_is_another_database_that_goes_again(database: sa.Engine) -> None:
    adapter = adapter_of(database)
    with adapter.copy_database(database, "copy") as address:
        copy = connect(address.render_as_string(hide_password=False))
        with transaction(copy) as connection:
            connection.exec_driver_sql(f"UPDATE {TABLE} SET {TEXT} = 'changed'")
        copy.dispose()
    with transaction(database, dry_run=True) as connection:
        assert "changed" not in read(connection, TABLE)[TEXT].to_list()
    with pytest.raises((TargetError, DBAPIError)):
        connect(address.render_as_string(hide_password=False)).connect()


def test_a_row_may_go_from_under_others_in_a_copy(database: sa.Engine) -> None:
    adapter = adapter_of(database)
    with adapter.copy_database(database, "copy") as address:
        copy = connect(address.render_as_string(hide_password=False))
        with copy.connect() as connection, adapter.without_foreign_keys(connection), connection.begin():
            gone = connection.exec_driver_sql("DELETE FROM EVENT").rowcount
        copy.dispose()
    assert gone > 0


def test_tables_are_found_under_their_fold_names(database: sa.Engine) -> None:
    adapter, inspector = adapter_of(database), sa.inspect(database)
    for table in ("OFFENDER", "OASYS_SET"):
        assert inspector.has_table(adapter.fold_name(table), adapter.schema_of(table))
        assert adapter.schema_of(table) in adapter.schemas


def test_a_kind_that_is_not_written_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="'oracle' cannot be written"):
        connect("oracle://nobody@nowhere/x")
    with pytest.raises(TargetError, match="does not exist"):
        connect(f"sqlite:///{tmp_path}/nowhere/target.db")


def test_no_error_shows_a_password() -> None:
    error = DBAPIError("SELECT", None, Exception("Zz secret"), hide_parameters=True)
    said = str(database_error(sa.make_url("postgresql+psycopg://u:secret@host/x"), error))
    assert "secret" not in said


def test_oracle_gets_its_own_types() -> None:
    offender = next(one for one in oracle_statements() if one.startswith("CREATE TABLE OFFENDER ("))
    assert "VARCHAR2(" in offender
    assert " DATE" in offender
    assert "length(" not in offender
