"""Ids of the target as the codes a person knows: through the target's own reference tables, list by list.

An id of another list is no code of this one: it decodes to null, and is a difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl
import sqlalchemy as sa

from reconcile.target.rows import read_lines, values_of
from target.schema.shape import key_column, primary_key
from vocabulary.resources import text_table

SHARED, SETS, OF_SET = "R_STANDARD_REFERENCE_LIST", "R_REFERENCE_DATA_MASTER", "REFERENCE_DATA_MASTER_ID"

CODE, NO_CODE = "_code", "no code of the list: id {}"


@cache
def _places() -> dict[str, tuple[str, str]]:
    """List to table and code column, where it has a table of its own."""
    lines = text_table("target", "reference_lists.csv")
    return {row["list_name"]: (row["table"], row["code_column"]) for row in lines.iter_rows(named=True)}


def place_of(list_name: str) -> tuple[str, str]:
    """Table and code column of a list: one of its own, or the shared table of code sets."""
    return _places().get(list_name, (SHARED, "CODE_VALUE"))


@dataclass
class Lists:
    """The reference tables of one target, each read once."""

    connection: sa.Connection
    _tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    _codes: dict[str, pl.DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> pl.DataFrame:
        """Every row of `name`, all columns as text."""
        if name not in self._tables:
            lines = list(read_lines(self.connection, name))
            self._tables[name] = values_of(name, pl.concat(lines) if lines else pl.DataFrame(
                schema=dict.fromkeys(("key", "line"), pl.String)
            ))  # fmt: skip
        return self._tables[name]

    def codes(self, list_name: str) -> pl.DataFrame:
        """`id`, `code` (text) of a list."""
        if list_name not in self._codes:
            self._codes[list_name] = self._read_codes(list_name)
        return self._codes[list_name]

    def _read_codes(self, list_name: str) -> pl.DataFrame:
        name, column = place_of(list_name)
        rows = self.table(name)
        if name == SHARED:
            sets = self.table(SETS).filter(pl.col("CODE_SET_NAME") == list_name)["key"]
            rows = rows.filter(pl.col(OF_SET).is_in(sets.implode()))
        key = "INSTITUTION_ID" if name == "R_INSTITUTION" else _number(name)
        return rows.select(pl.col(key).alias("id"), pl.col(column).alias("code")).unique("id")

    def decode(self, values: pl.Series, list_name: str) -> pl.Series:
        """`values` (ids as text) as codes; an id that the list does not hold stays an id, marked as such."""
        frame = pl.DataFrame({"id": values.cast(pl.String)})
        return self.decode_columns(frame, {"id": list_name})["id"].alias(values.name)

    def decode_columns(self, rows: pl.DataFrame, list_names: Mapping[str, str]) -> pl.DataFrame:
        """`rows` with the ids in each column of `list_names` (column to list) decoded, in one pass."""
        if rows.is_empty() or not list_names:
            return rows
        decoded = rows.lazy()
        for column, list_name in list_names.items():
            known = (
                self.codes(list_name).lazy().select(pl.col("id").alias(column), pl.col("code").alias(CODE))
            )
            value = pl.col(column)
            is_known = value.is_null() | pl.col(CODE).is_not_null()
            decoded = (
                decoded.join(known, on=column, how="left", maintain_order="left")
                .with_columns(pl.when(is_known).then(CODE).otherwise(pl.format(NO_CODE, value)).alias(column))
                .drop(CODE)
            )
        return decoded.collect()


def _number(table: str) -> str:
    return key_column(table) if len(primary_key(table)) == 1 else primary_key(table)[0]
