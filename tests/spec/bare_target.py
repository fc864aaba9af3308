"""A SQLite target without rules, so that a case needs only the columns it is about."""

from typing import Any

import sqlalchemy as sa

from target.schema.ddl import create_tables
from target.schema.shape import Column, columns

DAY = "2021-06-01 00:00:00"


def bare_target() -> sa.Engine:
    """All tables in memory; neither references nor checks hold."""
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        create_tables(connection)
    return engine


def put(connection: sa.Connection, table: str, **values: Any) -> None:
    """Insert one row; mandatory columns that are not given hold something of their type."""
    row = {
        name: _anything(column)
        for name, column in columns(table).items()
        if not column.is_nullable and column.default is None
    } | values
    marks = ", ".join("?" * len(row))
    statement = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})"
    connection.exec_driver_sql(statement, tuple(row.values()))


def _anything(column: Column) -> Any:
    if column.is_moment:
        return DAY
    return 0 if column.is_number else "X"
