"""The client's own export of its reference tables: read, checked and typed.

The format is in target/dictionary/README.md.
"""

from functools import cache
from pathlib import Path

import polars as pl

from target.bulk import polars_type
from target.reference_data.rows import CODE_SETS
from target.schema.record import record, reference_list, reference_lists
from target.schema.shape import Column, columns
from vocabulary.errors import ConfigError

CODES = "R_STANDARD_REFERENCE_LIST"
CODE_SET_ID = "REFERENCE_DATA_MASTER_ID"
CODE_SET_NAME = "CODE_SET_NAME"

_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d")


def read_export(folder: Path) -> dict[str, pl.DataFrame]:
    """Table to its rows, columns typed as the dictionary says, of every CSV in `folder`.

    Raises:
        ConfigError: a file is no reference table, lacks a column, or a column does not hold what it should.
    """
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else []
    if not files:
        raise ConfigError(
            f"{folder} holds no reference table. Give a folder with one CSV per table, such as {CODES}.csv."
        )
    tables = {file.stem: _rows(file) for file in files}
    if CODES in tables and CODE_SETS not in tables:
        raise ConfigError(
            f"{folder / CODES}.csv: {CODE_SET_ID} names code sets, but {CODE_SETS}.csv is not there. Add it."
        )
    return tables


def exported_codes(export: dict[str, pl.DataFrame]) -> dict[str, frozenset[str]]:
    """Plain name of each list that `export` holds to its codes."""
    found: dict[str, frozenset[str]] = {}
    for name in reference_lists():
        where = reference_list(name)
        if where.table not in export or where.category:
            continue
        rows = export[where.table]
        if where.code_set is not None:
            sets = export[CODE_SETS].filter(pl.col(CODE_SET_NAME) == where.code_set)
            rows = rows.join(sets.select(CODE_SET_ID), on=CODE_SET_ID, how="semi")
        found[name] = frozenset(rows[where.code_column].drop_nulls())
    return found


@cache
def needed_columns(table: str) -> tuple[str, ...]:
    """The columns without which a reference table says nothing: code, description and code set."""
    needed = [_code_column(table)]
    needed += [fill.column for fill in record(table) if fill.source == "description"]
    return (*needed, CODE_SET_ID) if table in (CODES, CODE_SETS) else tuple(needed)


@cache
def _code_columns() -> dict[str, str]:
    # nDelius's own tables: the reference rows of OASys follow from the form in target/dictionary/oasys.
    lists = [where for name in reference_lists() if not (where := reference_list(name)).category]
    return {where.table: where.code_column for where in lists} | {CODE_SETS: CODE_SET_NAME}


def _code_column(table: str) -> str:
    return _code_columns()[table]


def _rows(file: Path) -> pl.DataFrame:
    table = file.stem
    if table not in _code_columns():
        raise ConfigError(
            f"{file}: {table} is no reference table that Day 1 uses. Take the file away, or name it "
            f"as one of: {', '.join(sorted(_code_columns()))}."
        )
    text = _text(file)
    _require_columns(file, text.columns)
    rows = text.select(_typed(file, columns(table)[name], text[name]) for name in text.columns)
    _require_keys(file, rows)
    return rows


def _require_columns(file: Path, header: list[str]) -> None:
    table = file.stem
    if strange := [name for name in header if name not in columns(table)]:
        raise ConfigError(f"{file}: the dictionary has no column {table}.{strange[0]}. Mend the header.")
    if missing := [name for name in needed_columns(table) if name not in header]:
        raise ConfigError(f"{file}: the column {missing[0]} is missing. Export it too.")


def _require_keys(file: Path, rows: pl.DataFrame) -> None:
    """Every row has a code and, where ids are exported, an id of its own."""
    key = _key(file.stem)
    for name in (_code_column(file.stem), *({key} & {*rows.columns})):
        if blank := rows[name].null_count():
            raise ConfigError(f"{file}: {name} is blank in {blank} rows. Every row needs one.")
    if key in rows.columns and (again := rows.height - rows[key].n_unique()):
        raise ConfigError(f"{file}: {key} repeats itself in {again} rows. Every row needs its own.")


def _key(table: str) -> str:
    return next(fill.column for fill in record(table) if fill.fill == "key")


def _text(file: Path) -> pl.DataFrame:
    try:
        text = pl.read_csv(file, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError):
        raise ConfigError(
            f"{file} cannot be read: it must be CSV with a header, commas between the fields, in UTF-8."
        ) from None
    return text.with_columns(pl.all().str.strip_chars().replace("", None))


def _typed(file: Path, column: Column, values: pl.Series) -> pl.Series:
    """`values` as the column's type.

    Raises:
        ConfigError: some are too long, no number or no date. Says how many and in which column.
    """
    if column.is_text:
        wrong = values.str.len_chars() > (column.length or 2**31)
        typed, expected = values, f"at most {column.length} characters"
    elif column.is_moment:
        moments = [values.str.to_datetime(form, time_unit="us", strict=False) for form in _MOMENTS]
        typed, expected = pl.select(pl.coalesce(moments)).to_series(), "YYYY-MM-DD or YYYY-MM-DD HH:MM:SS"
        wrong = values.is_not_null() & typed.is_null()
    else:
        typed, expected = values.cast(polars_type(column), strict=False), "a number"
        wrong = values.is_not_null() & typed.is_null()
    if count := int(wrong.sum()):
        raise ConfigError(f"{file}: {column.name} is not {expected} in {count} rows. Mend the export.")
    return typed.alias(column.name)
