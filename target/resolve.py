"""Natural rows to target rows: words to columns, codes and natural keys to ids, as target/records says."""

import datetime as dt
from dataclasses import dataclass, field

import jellyfish
import polars as pl
import sqlalchemy as sa

from target.assignment import complete_assignments
from target.bulk import polars_type, read
from target.crn import next_crns
from target.schema.record import AUDIT_MOMENT, Fill, record, reference_list
from target.schema.shape import Column, columns, naming_column
from target.schema.tables import table as sql_table
from vocabulary.calendar import DAY_1
from vocabulary.errors import TargetError

MIGRATION_USER_ID = 1
"""USER_ row that the audit columns of migrated rows name; `target create` makes it."""

MIGRATION_MOMENT = dt.datetime.combine(DAY_1, dt.time())
"""Fixed, so that two targets loaded from the same deliveries hold equal rows."""

AGENCY_ID = 1
"""Placeholder PROVIDER_TEAM and PROVIDER_EMPLOYEE for rows whose outside agency no export names."""

_NO_LETTERS = "0000"
_DAY_OF_TIMES = dt.date(1970, 1, 1)
"""A time of day is stored on this day (target.md, section 4)."""


@dataclass
class Resolver:
    """Looks codes and natural keys up in one target, once each.

    `keys`: per table the `natural_key` and `id` of rows that the same plan inserts.
    """

    connection: sa.Connection
    moment: dt.datetime = MIGRATION_MOMENT
    keys: dict[str, pl.DataFrame] = field(default_factory=dict)
    _lists: dict[str, pl.DataFrame] = field(default_factory=dict)

    def rows(self, table: str, frame: pl.DataFrame, ids: pl.Series | None = None) -> pl.DataFrame:
        """Rows of `table` ready to insert: one column per line of its record, typed as the dictionary says.

        `ids` are the rows' keys; without them the key word of the frame holds them.

        Raises:
            TargetError: a code or reference is not in the target. Names table, column and count, no value.
        """
        natural = complete_assignments(table, _plain(frame))
        if ids is not None:
            natural = natural.with_columns(ids.alias(_key_word(table)))
        return pl.DataFrame([self._column(table, fill, natural) for fill in record(table)])

    def some(self, table: str, frame: pl.DataFrame, fills: list[Fill]) -> pl.DataFrame:
        """Only the columns of `fills`, for rows that change in place. Raises as `rows` does."""
        natural = complete_assignments(table, _plain(frame))
        return pl.DataFrame([self._column(table, fill, natural) for fill in fills])

    def codes(self, list_name: str) -> pl.DataFrame:
        """`code`, `id` of a list; of equal codes the lowest id counts, as no constraint makes them unique."""
        where = reference_list(list_name)
        if where.name not in self._lists:
            self._lists[where.name] = self._read_codes(list_name)
        return self._lists[where.name]

    def forget(self, list_name: str) -> None:
        """The list has new rows: read it again when next asked."""
        self._lists.pop(reference_list(list_name).name, None)

    def _read_codes(self, list_name: str) -> pl.DataFrame:
        where = reference_list(list_name)
        key = "INSTITUTION_ID" if where.table == "R_INSTITUTION" else naming_column(where.table)
        condition = None
        if where.category is not None:
            condition = sql_table(where.table).c["REF_CATEGORY_CODE"] == where.category
        if where.code_set is not None:
            condition = sql_table(where.table).c["REFERENCE_DATA_MASTER_ID"] == self.code_set_id(
                where.code_set
            )
        found = read(self.connection, where.table, [where.code_column, key], condition)
        return found.sort(key).unique(where.code_column, keep="first", maintain_order=True).select(
            pl.col(where.code_column).alias("code"), pl.col(key).alias("id")
        )  # fmt: skip

    def code_set_id(self, name: str) -> int:
        """The id of a code set in R_REFERENCE_DATA_MASTER; 0 when the target has no such set."""
        sets = sql_table("R_REFERENCE_DATA_MASTER")
        query = sa.select(sets.c.REFERENCE_DATA_MASTER_ID).where(sets.c["CODE_SET_NAME"] == name)
        return self.connection.execute(query).scalar() or 0

    def _column(self, table: str, fill: Fill, frame: pl.DataFrame) -> pl.Series:
        column = columns(table)[fill.column]
        values = _stored(self._values(table, fill, column, frame), column)
        if fill.when is not None:
            is_filled = _word(frame, fill.when).is_not_null()
            values = pl.select(pl.when(is_filled).then(values)).to_series()
        return values.alias(fill.column)

    def _values(self, table: str, fill: Fill, column: Column, frame: pl.DataFrame) -> pl.Series:
        match fill.fill:
            case "constant":
                return pl.repeat(fill.source, frame.height, eager=True)
            case "audit":
                audit = MIGRATION_USER_ID if column.is_number else self.moment
                return pl.Series([audit]).new_from_index(0, frame.height)
            case "agency" | "agency_flag":
                return _agency(fill, _word(frame, fill.source))
            case "crn":
                return next_crns(self.connection, _word(frame, fill.source))
            case "soundex":
                return _soundex(_word(frame, fill.source))
        words = _with_default(fill, _word(frame, fill.source), self.moment)
        if fill.fill in ("code", "either"):
            found = look_up(words.cast(pl.String), self.codes(fill.list_name), "code")
            self._demand(table, fill, words, found)
            return found.fill_null(AGENCY_ID) if fill.fill == "either" else found
        if fill.fill == "element":
            codes = words.cast(pl.String)
            self._demand(table, fill, codes, look_up(codes, self.codes(fill.list_name), "code"))
            return codes
        if fill.fill == "named":
            return self._named(table, fill, words)
        if fill.fill == "ref":
            return self._reference(table, fill, words)
        return words

    def _reference(self, table: str, fill: Fill, words: pl.Series) -> pl.Series:
        if words.dtype.is_integer():
            return words.cast(pl.Int64)
        text = words.cast(pl.String)
        by_id = text.cast(pl.Int64, strict=False)
        own = self.keys.get(fill.list_name)
        found = by_id if own is None else _first(look_up(text, own, "natural_key"), by_id)
        self._demand(table, fill, words, found)
        return found

    def _named(self, table: str, fill: Fill, words: pl.Series) -> pl.Series:
        """A new row is meant before one that stands: a login keeps its name when its user is made anew."""
        if words.dtype.is_integer():
            return words.cast(pl.Int64)
        text = words.cast(pl.String)
        own = self.keys.get(reference_list(fill.list_name).table, pl.DataFrame())
        standing = _first(
            look_up(text, self.codes(fill.list_name), "code"), text.cast(pl.Int64, strict=False)
        )
        found = _first(look_up(text, own, "natural_key"), standing)
        self._demand(table, fill, words, found)
        return found

    @staticmethod
    def _demand(table: str, fill: Fill, words: pl.Series, found: pl.Series) -> None:
        if not found.null_count():
            return
        if lost := int((words.is_not_null() & found.is_null()).sum()):
            raise TargetError(
                f"{table}.{fill.column}: {lost} rows name something that {fill.list_name} does not hold. "
                "Check the code lists, the routing and the baseline; nothing was written."
            )


def look_up(values: pl.Series, mapping: pl.DataFrame, key: str) -> pl.Series:
    """The `id` of `mapping` for each value that equals its column `key`; null for no match."""
    if mapping.is_empty():
        return pl.Series(values.name, [None], pl.Int64).new_from_index(0, len(values))
    return values.replace_strict(mapping[key], mapping["id"], default=None, return_dtype=pl.Int64)


def _with_default(fill: Fill, words: pl.Series, moment: dt.datetime) -> pl.Series:
    if fill.default is None:
        return words
    if fill.default == AUDIT_MOMENT:
        return words.cast(pl.Datetime("us")).fill_null(moment)
    if words.dtype in (pl.Null, pl.String):
        return words.cast(pl.String).fill_null(fill.default)
    if words.dtype == pl.Boolean:
        return words.fill_null(fill.default in ("1", "Y"))
    if words.dtype == pl.Date:
        return words.fill_null(dt.date.fromisoformat(fill.default))
    return words.fill_null(int(fill.default))


def _first(one: pl.Series, other: pl.Series) -> pl.Series:
    return pl.select(pl.coalesce(one, other)).to_series()


def _key_word(table: str) -> str:
    return next(fill.source for fill in record(table) if fill.fill == "key")


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Text without padding, blank as null: '' is NULL in Oracle, and CHAR pads."""
    return frame.with_columns(pl.col(pl.String).str.strip_chars(" ").replace("", None))


def _word(frame: pl.DataFrame, name: str) -> pl.Series:
    """The word, or nulls when the frame has no such word."""
    return frame[name] if name in frame.columns else pl.Series(name, [None]).new_from_index(0, frame.height)


def _agency(fill: Fill, words: pl.Series) -> pl.Series:
    if fill.fill == "agency_flag":
        return words.is_null().cast(pl.Int64)
    return pl.select(pl.when(words.is_null()).then(pl.lit(AGENCY_ID, pl.Int64))).to_series()


def _soundex(words: pl.Series) -> pl.Series:
    names = words.cast(pl.String).drop_nulls().unique()
    if names.is_empty():
        return words.cast(pl.String)
    sounds = [jellyfish.soundex(name) or _NO_LETTERS for name in names]
    return words.replace_strict(names, pl.Series(sounds), default=None, return_dtype=pl.String)


def _stored(values: pl.Series, column: Column) -> pl.Series:
    """`values` as the dictionary types the column: flags 0/1 or Y/N, days at midnight, times in 1970."""
    if values.dtype == pl.Boolean and column.is_text:
        return pl.select(pl.when(values).then(pl.lit("Y")).when(~values).then(pl.lit("N"))).to_series()
    if values.dtype == pl.Time:
        return pl.select(pl.lit(_DAY_OF_TIMES).dt.combine(pl.lit(values))).to_series()
    if column.is_moment and values.dtype == pl.String:
        return values.str.to_datetime("%Y-%m-%d", time_unit="us")  # constants and defaults of records
    return values.cast(polars_type(column))
