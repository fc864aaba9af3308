"""The statements that make a target: tables with keys, checks and indexes, sequences where there are any."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateSequence, CreateTable, ExecutableDDLElement

from target.adapters import adapter_of
from target.adapters.oracle import Oracle
from target.adapters.postgresql import OASYS_SCHEMA
from target.schema.shape import oasys_tables
from target.schema.tables import metadata, new_metadata, unquoted
from target.sequences import sequences


def create_tables(connection: sa.Connection) -> None:
    """Make every table with all its keys, checks and indexes.

    SQLite cannot add the references of a cycle later, and SQLAlchemy would leave them out; written into the
    table's own statement SQLite takes them, whether the other table is there yet or not.
    """
    if adapter_of(connection).adds_references_later:
        # Of its own: to add a reference later marks it, for the whole process, as not part of its table.
        _create_in_schemas(connection, new_metadata())
        return
    for statement in _statements(connection.dialect.name):
        connection.exec_driver_sql(statement)


@cache
def _statements(database: str) -> tuple[str, ...]:
    """What makes every table whole, each with its indexes, in the dialect of that database."""
    dialect = sa.make_url(f"{database}://").get_dialect()()
    made: list[ExecutableDDLElement] = []
    for each in metadata().tables.values():
        made += [CreateTable(each), *(CreateIndex(index) for index in each.indexes)]
    return tuple(str(statement.compile(dialect=dialect)) for statement in made)


def oracle_statements() -> list[str]:
    """What makes the same target in Oracle, in order: tables and indexes, sequences, then the references of
    the cycle among the organisation tables.

    OASys stands beside nDelius's tables, as in SQLite; a live database has it in a schema of its own.
    """
    found: list[str] = []

    def keep(statement: Any, *_: object, **__: object) -> None:
        found.append(str(statement.compile(dialect=engine.dialect)).strip())

    engine = sa.create_mock_engine(f"{Oracle.driver}://", keep)
    new_metadata().create_all(engine, checkfirst=False)
    later = [statement for statement in found if statement.startswith("ALTER")]
    made = [str(each.compile(dialect=engine.dialect)) for each in _sequences(sequences())]
    return [*(statement for statement in found if statement not in later), *made, *later]


def _create_in_schemas(connection: sa.Connection, tables: sa.MetaData) -> None:
    """nDelius in the schema of the connection, OASys in its own (target.database puts it on the path)."""
    oasys = [each for name, each in tables.tables.items() if name in oasys_tables()]
    tables.create_all(connection, [each for each in tables.sorted_tables if each not in oasys])
    _create_sequences(connection, set(sequences()) - oasys_tables())
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {OASYS_SCHEMA}")
    # New tables go to the first schema of the path. No two tables of ours have one name, so the order of
    # the schemas means nothing to what follows in this transaction.
    connection.exec_driver_sql(
        f"SELECT set_config('search_path', '{OASYS_SCHEMA}, ' || current_setting('search_path'), true)"
    )
    tables.create_all(connection, oasys, checkfirst=False)
    _create_sequences(connection, oasys_tables())


def _create_sequences(connection: sa.Connection, tables: Iterable[str]) -> None:
    for statement in _sequences(tables):
        connection.execute(statement)


def _sequences(tables: Iterable[str]) -> list[CreateSequence]:
    return [
        CreateSequence(sa.Sequence(unquoted(sequences()[name])))
        for name in sorted(tables)
        if name in sequences()
    ]
