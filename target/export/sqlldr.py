"""Files for Oracle's SQL*Loader: a control file and a data file for each table, and SQL for what changes.

Changed rows come into a table of their own first. One statement then counts rows that are not as they were
when the change was worked out, and another one writes: both are plain SQL, to be tried anywhere.
"""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
from sqlalchemy.dialects import oracle

from target.export.loaded import NEW, OLD
from target.schema.shape import Column, columns, key_column
from target.schema.tables import column_type, unquoted

MOMENT, ORACLE_MOMENT = "%Y-%m-%d %H:%M:%S", "YYYY-MM-DD HH24:MI:SS"
LONG_TEXT = 1_000_000
"""Characters of a CLOB that SQL*Loader makes room for."""

STAGING = "DAY1_CHANGE_"
"""How the name of the table of changed rows begins; its number follows."""


def control_file(name: str, data: Path, fields: Sequence[tuple[str, Column]]) -> str:
    """The control file that appends the rows of `data` to table `name`; `fields`: name and column, in the
    order of the file. It stops at the first row that is refused: nothing is to be left out in silence."""
    lines = ",\n".join(f"  {field} {_field_type(column)}" for field, column in fields)
    return f"""OPTIONS (ERRORS=0)
LOAD DATA
CHARACTERSET AL32UTF8
LENGTH SEMANTICS CHAR
INFILE '{data.name}'
BADFILE '{data.stem}.bad'
APPEND
INTO TABLE {name}
FIELDS CSV WITH EMBEDDED TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"'
TRAILING NULLCOLS
(
{lines}
)
"""


def _field_type(column: Column) -> str:
    if column.is_moment:
        return f'DATE "{ORACLE_MOMENT}"'
    if column.is_number:
        return "DECIMAL EXTERNAL" if column.scale else "INTEGER EXTERNAL"
    return f"CHAR({column.length or LONG_TEXT})"


def write_rows(rows: pl.DataFrame, data: Path, *, is_first: bool) -> None:
    """Add `rows` to the data file: no header, text always quoted, an empty field for what is not known."""
    with data.open("wb" if is_first else "ab") as out:
        rows.write_csv(out, include_header=False, quote_style="non_numeric", datetime_format=MOMENT)


def staging_fields(name: str, changed: Sequence[str]) -> list[tuple[str, Column]]:
    """Name and column of each field of the table of changed rows: the key, old values, new values."""
    known = columns(name)
    key = key_column(name)
    return [
        (key, known[key]),
        *((unquoted(f"{prefix}{column}"), known[column]) for prefix in (OLD, NEW) for column in changed),
    ]


def create_staging(staging: str, fields: Sequence[tuple[str, Column]]) -> str:
    """The statement that makes the table of changed rows."""
    dialect = oracle.dialect()  # type: ignore[no-untyped-call]
    made = ",\n".join(f"  {field} {column_type(column).compile(dialect)}" for field, column in fields)
    return f"CREATE TABLE {staging} (\n{made}\n)"


def count_drifted(staging: str, name: str, changed: Sequence[str]) -> str:
    """The statement that counts rows that are gone or not as they were: if any, nothing is to be written."""
    key = key_column(name)
    same = " AND ".join(
        f"(t.{column} = s.{old} OR (t.{column} IS NULL AND s.{old} IS NULL))"
        for column in changed
        for old in (unquoted(f"{OLD}{column}"),)
    )
    return (
        f"SELECT COUNT(*) FROM {staging} s WHERE NOT EXISTS (\n"  # nosec B608 # names only
        f"  SELECT 1 FROM {name} t WHERE t.{key} = s.{key} AND {same})"
    )


def apply_changes(staging: str, name: str, changed: Sequence[str]) -> str:
    """The statement that writes the new values."""
    key = key_column(name)
    new = ", ".join(f"s.{unquoted(f'{NEW}{column}')}" for column in changed)
    return (
        f"UPDATE {name} SET ({', '.join(changed)}) = (\n"  # nosec B608 # names only
        f"  SELECT {new} FROM {staging} s WHERE s.{key} = {name}.{key})\n"
        f"WHERE {key} IN (SELECT {key} FROM {staging})"
    )
