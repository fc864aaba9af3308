"""The dictionary as tables: on SQLite, on Oracle as compiled statements, in an order that parents lead."""

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import oracle
from sqlalchemy.schema import CreateTable

from target.database import transaction
from target.schema.checks import check_sql
from target.schema.ddl import create_tables
from target.schema.shape import (
    SECOND_PASS,
    Constraint,
    columns,
    constraints,
    is_membership,
    key_column,
    load_order,
    naming_column,
    primary_key,
    table_names,
)
from target.schema.tables import LONGEST_NAME, metadata, table
from vocabulary.errors import ConfigError


@pytest.mark.parametrize("name", table_names())
def test_oracle_accepts_no_quoted_name_and_no_type_of_another_database(name: str) -> None:
    statement = str(CreateTable(table(name)).compile(dialect=oracle.dialect()))
    assert '"' not in statement
    assert "BOOLEAN" not in statement


def test_text_lengths_count_characters_in_oracle() -> None:
    statement = str(CreateTable(table("OFFENDER")).compile(dialect=oracle.dialect()))
    assert "SURNAME VARCHAR2(35 CHAR) NOT NULL" in statement


def test_the_length_checks_are_for_sqlite_alone() -> None:
    statement = str(CreateTable(table("OFFENDER")).compile(dialect=oracle.dialect()))
    assert "length(" not in statement


def test_a_day_in_oracle_is_a_date() -> None:
    statement = str(CreateTable(table("OFFENDER")).compile(dialect=oracle.dialect()))
    assert "DATE_OF_BIRTH_DATE DATE NOT NULL" in statement


@pytest.mark.parametrize("name", table_names())
def test_a_table_comes_after_those_it_refers_to(name: str) -> None:
    order = load_order()
    for rule in constraints(name):
        if rule.kind == "refers_to" and rule.argument != name and (name, rule.argument) not in SECOND_PASS:
            assert order.index(rule.argument) < order.index(name)


def test_every_rule_of_the_dictionary_names_columns_that_exist() -> None:
    for name in table_names():
        for rule in constraints(name):
            assert set(rule.columns) <= set(columns(name)), rule


def test_a_kind_of_rule_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ConfigError, match="'sometimes'"):
        check_sql(Constraint("OFFENDER", None, "sometimes", ("CRN",), ""))


def test_a_table_that_is_not_in_the_dictionary_is_refused() -> None:
    with pytest.raises(ConfigError, match="'NOWHERE'"):
        columns("NOWHERE")


def test_a_table_without_a_key_of_one_column_cannot_be_written_by_id() -> None:
    assert primary_key("STAFF_TEAM") == ("STAFF_ID", "TEAM_ID")
    with pytest.raises(ConfigError, match="STAFF_TEAM"):
        key_column("STAFF_TEAM")


def test_a_reference_row_of_oasys_is_named_by_its_number() -> None:
    assert naming_column("REF_ELEMENT") == "REF_ELEMENT_UK"
    assert not is_membership("REF_ELEMENT")


def test_every_declared_foreign_key_is_one_of_the_tables(engine: sa.Engine) -> None:
    with transaction(engine) as connection:
        create_tables(connection)
    declared = sum(rule.kind == "refers_to" for name in table_names() for rule in constraints(name))
    inspector = sa.inspect(engine)
    assert sum(len(inspector.get_foreign_keys(name)) for name in table_names()) == declared


def test_a_mandatory_reference_has_a_whole_index() -> None:
    """SQLite does not look rows up in a partial index of a mandatory column; undo took minutes."""
    for each in metadata().tables.values():
        for index in each.indexes:
            is_partial = index.dialect_options["sqlite"]["where"] is not None
            assert not (is_partial and any(not column.nullable for column in index.columns)), index.name


def test_no_name_is_longer_than_oracle_takes() -> None:
    names = [name for table in metadata().tables.values() for name in names_of(table)]
    assert max(len(name) for name in names) <= LONGEST_NAME


@pytest.mark.parametrize("kind", ["constraints", "indexes"])
def test_no_name_is_given_twice(kind: str) -> None:
    tables = metadata().tables.values()
    names = [each.name for table in tables for each in getattr(table, kind) if each.name]
    assert len(names) == len(set(names))


def names_of(table: sa.Table) -> list[str]:
    named = [table, *table.columns, *table.constraints, *table.indexes]
    return [str(each.name) for each in named if each.name]
