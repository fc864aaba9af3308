"""Reads rows back from the target and turns them into text that can be laid beside what was planned.

The way back is its own: ids are decoded to codes and natural keys from the target's tables and the crosswalk.
"""

from dataclasses import dataclass, field

import polars as pl
import sqlalchemy as sa

from target.bulk import read, read_rows
from target.ledger import CROSSWALK
from target.record import Fill, record, reference_list
from target.shape import columns, key_column, naming_column
from target.tables import table as sql_table

COMPARED = ("value", "code", "ref", "named", "element")
"""Fills that come from a word; the others are the target's own business."""

MOMENT = "%Y-%m-%d %H:%M:%S"


@dataclass
class ReadBack:
    """One company's rows in one target.

    `crosswalk`: TABLE_NAME, NATURAL_KEY, TARGET_ID of the company's new rows.
    """

    connection: sa.Connection
    crosswalk: pl.DataFrame
    _codes: dict[str, pl.DataFrame] = field(default_factory=dict)

    @classmethod
    def of_company(cls, connection: sa.Connection, company: str, cycle: str) -> "ReadBack":
        """What the target's crosswalk says the company brought in this cycle."""
        own = sql_table(CROSSWALK)
        where = (own.c["COMPANY"] == company) & (own.c["CYCLE"] == cycle)
        return cls(connection, read(connection, CROSSWALK, ["TABLE_NAME", "NATURAL_KEY", "TARGET_ID"], where))

    def ids(self, table: str) -> pl.DataFrame:
        """natural_key, id of the company's new rows of `table`."""
        return self.crosswalk.filter(pl.col("TABLE_NAME") == table).select(
            pl.col("NATURAL_KEY").alias("natural_key"), pl.col("TARGET_ID").alias("id")
        )

    def rows(self, table: str, ids: pl.Series) -> pl.DataFrame:
        """Rows of `table` as they stand, with `id`, every other column decoded to text."""
        key = naming_column(table)
        stored = read_rows(self.connection, table, key, ids)
        fills = [fill for fill in record(table) if fill.fill in COMPARED]
        return stored.select(pl.col(key).alias("id"), *(self._decoded(fill, stored) for fill in fills))

    def _decoded(self, fill: Fill, stored: pl.DataFrame) -> pl.Series:
        values = stored[fill.column]
        if fill.fill == "code":
            return self._through(values, self._list(fill.list_name)).alias(fill.column)
        if fill.fill == "ref":
            return _first(self._new(fill.list_name, values), values.cast(pl.String)).alias(fill.column)
        if fill.fill == "named":
            new = self._new(reference_list(fill.list_name).table, values)
            return _first(new, self._through(values, self._list(fill.list_name))).alias(fill.column)
        return stored_text(values).alias(fill.column)

    def _new(self, table: str, values: pl.Series) -> pl.Series:
        """The natural keys of ids that are the company's new rows of `table`."""
        natural = self.ids(table).select(pl.col("id"), pl.col("natural_key").alias("code"))
        return self._through(values, natural)

    def _through(self, ids: pl.Series, codes: pl.DataFrame) -> pl.Series:
        frame = pl.DataFrame({"id": ids.cast(pl.Int64)})
        return frame.join(codes.unique("id"), on="id", how="left", maintain_order="left")["code"]

    def _list(self, name: str) -> pl.DataFrame:
        where = reference_list(name)
        if where.table not in self._codes:
            key = "INSTITUTION_ID" if where.table == "R_INSTITUTION" else key_column(where.table)
            found = read(self.connection, where.table, [where.code_column, key])
            self._codes[where.table] = found.select(
                pl.col(key).cast(pl.Int64).alias("id"), pl.col(where.code_column).alias("code")
            )
        return self._codes[where.table]


def _first(one: pl.Series, other: pl.Series) -> pl.Series:
    return pl.select(pl.coalesce(one, other)).to_series()


def stored_text(values: pl.Series) -> pl.Series:
    """A stored column as text: moments in full, numbers without trailing zeros."""
    if values.dtype == pl.Datetime:
        return values.dt.strftime(MOMENT)
    if isinstance(values.dtype, pl.Decimal):
        return values.cast(pl.Float64).cast(pl.String).str.replace(r"\.0$", "")
    return values.cast(pl.String)


def natural_text(values: pl.Series, table: str, column: str) -> pl.Series:
    """A planned column as the target would show it: see `stored_text`."""
    if values.dtype == pl.Boolean:
        shown = {True: "1", False: "0"} if columns(table)[column].is_number else {True: "Y", False: "N"}
        return values.replace_strict(shown, return_dtype=pl.String)
    if values.dtype == pl.Date:
        return values.cast(pl.Datetime("us")).dt.strftime(MOMENT)
    if values.dtype == pl.Time:
        return values.dt.strftime("1970-01-01 %H:%M:%S")
    return stored_text(values)
