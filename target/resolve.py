"""Natural rows to target rows: words to columns, codes and natural keys to ids, as target/records says."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import jellyfish
import polars as pl
import sqlalchemy as sa

from target.assignment import complete_assignments
from target.code_tables import CodeTables
from target.crn import next_crns
from target.filling import Value, look_up, stored, with_default, word_of
from target.schema.record import Fill, record, reference_list
from target.schema.shape import Column, columns
from vocabulary.calendar import DAY_1
from vocabulary.errors import TargetError

MIGRATION_USER_ID = 1
"""USER_ row that the audit columns of migrated rows name; `target create` makes it."""

MIGRATION_MOMENT = dt.datetime.combine(DAY_1, dt.time())
"""Fixed, so that two targets loaded from the same deliveries hold equal rows."""

AGENCY_ID = 1
"""Placeholder PROVIDER_TEAM and PROVIDER_EMPLOYEE for rows whose outside agency no export names."""

_NO_LETTERS = "0000"


@dataclass
class Resolver:
    """Looks codes and natural keys up in one target, once each.

    `keys`: per table the `natural_key` and `id` of rows that the same plan inserts.
    """

    connection: sa.Connection
    moment: dt.datetime = MIGRATION_MOMENT
    keys: dict[str, pl.DataFrame] = field(default_factory=dict)
    lists: CodeTables = field(init=False)

    def __post_init__(self) -> None:
        """The lists of the same target."""
        self.lists = CodeTables(self.connection)

    def rows(self, table: str, frame: pl.DataFrame, ids: pl.Series | None = None) -> pl.DataFrame:
        """Rows of `table` ready to insert: one column per line of its record, typed as the dictionary says.

        `ids` are the rows' keys; without them the key word of the frame holds them.

        Raises:
            TargetError: a code or reference is not in the target. Names table, column and count, no value.
        """
        return self._filled(table, record(table), _natural(table, frame, ids))

    def some(self, table: str, frame: pl.DataFrame, fills: Sequence[Fill]) -> pl.DataFrame:
        """Only the columns of `fills`, for rows that change in place. Raises as `rows` does."""
        return self._filled(table, fills, _natural(table, frame, None))

    def codes(self, list_name: str) -> pl.DataFrame:
        """`code`, `id` of a list."""
        return self.lists.codes(list_name)

    def _filled(self, table: str, fills: Sequence[Fill], natural: pl.DataFrame) -> pl.DataFrame:
        """The columns of `fills`, all in one pass over the rows."""
        values = [self._value(fill, columns(table)[fill.column], natural) for fill in fills]
        filled = natural.select(
            stored(value, columns(table)[fill.column], _condition(fill, natural)).alias(fill.column)
            for fill, value in zip(fills, values, strict=True)
        )
        _demand(table, natural, filled, dict(zip(fills, values, strict=True)))
        return filled

    def _value(self, fill: Fill, column: Column, natural: pl.DataFrame) -> Value:
        word = word_of(natural, fill.source)
        match fill.fill:
            case "constant":
                return Value(pl.repeat(fill.source, pl.len(), dtype=pl.String), pl.String())
            case "audit" if column.is_number:
                return Value(pl.repeat(MIGRATION_USER_ID, pl.len(), dtype=pl.Int64), pl.Int64())
            case "audit":
                return Value(_everywhere(self.moment), pl.Datetime("us"))
            case "agency":
                return Value(pl.when(word.expr.is_null()).then(pl.lit(AGENCY_ID, pl.Int64)), pl.Int64())
            case "agency_flag":
                return Value(word.expr.is_null().cast(pl.Int64), pl.Int64())
            case "crn":
                crns = next_crns(self.connection, _series(natural, fill.source))
                return Value(pl.lit(crns), crns.dtype)
            case "soundex":
                return Value(pl.lit(_soundex(_series(natural, fill.source))), pl.String())
        return self._looked_up(fill, with_default(fill, word, self.moment))

    def _looked_up(self, fill: Fill, word: Value) -> Value:
        """The word as it is, or the id of what it names."""
        text = word.expr.cast(pl.String)
        if fill.fill in ("code", "either", "element"):
            found = look_up(text, self.codes(fill.list_name), "code")
            value = text if fill.fill == "element" else found
            if fill.fill == "either":
                value = found.fill_null(AGENCY_ID)
            return Value(value, pl.String() if fill.fill == "element" else pl.Int64(), word.expr, found)
        if fill.fill not in ("named", "ref"):
            return word
        if word.kind.is_integer():
            return Value(word.expr.cast(pl.Int64), pl.Int64())
        found = text.cast(pl.Int64, strict=False)
        if fill.fill == "named":
            found = pl.coalesce(look_up(text, self.codes(fill.list_name), "code"), found)
        # A new row is meant before one that stands: a login keeps its name when its user is made anew.
        of_table = reference_list(fill.list_name).table if fill.fill == "named" else fill.list_name
        own = self.keys.get(of_table)
        if own is not None:
            found = pl.coalesce(look_up(text, own, "natural_key"), found)
        return Value(found, pl.Int64(), word.expr, found)


def _demand(table: str, natural: pl.DataFrame, filled: pl.DataFrame, values: dict[Fill, Value]) -> None:
    """Every word that names something of the target has found it."""
    doubtful = {
        fill: value.word.is_not_null() & value.found.is_null()
        for fill, value in values.items()
        if value.word is not None and value.found is not None and _may_be_lost(fill, natural, filled)
    }
    if not doubtful:
        return
    lost = natural.select(is_lost.sum().alias(fill.column) for fill, is_lost in doubtful.items())
    for fill in doubtful:
        if count := lost[fill.column][0]:
            raise TargetError(
                f"{table}.{fill.column}: {count} rows name something that {fill.list_name} does not hold. "
                "Check the code lists, the routing and the baseline; nothing was written."
            )


def _may_be_lost(fill: Fill, natural: pl.DataFrame, filled: pl.DataFrame) -> bool:
    """More nulls came out than blanks went in, or the column does not show what was found."""
    given = 0 if fill.source not in natural.columns else natural.height - natural[fill.source].null_count()
    if fill.default is not None:
        given = natural.height
    if fill.fill in ("either", "element"):
        return given > 0
    return filled.height - filled[fill.column].null_count() < given


def _condition(fill: Fill, natural: pl.DataFrame) -> pl.Expr | None:
    """Where the column is filled at all; None for everywhere."""
    return None if fill.when is None else word_of(natural, fill.when).expr.is_not_null()


def _natural(table: str, frame: pl.DataFrame, ids: pl.Series | None) -> pl.DataFrame:
    """Text without padding, blank as null: '' is NULL in Oracle, CHAR pads. `ids` are the key word."""
    keys = [] if ids is None else [ids.alias(_key_word(table))]
    text = pl.col(pl.String).exclude([key.name for key in keys]) if keys else pl.col(pl.String)
    plain = frame.lazy().with_columns(text.str.strip_chars(" ").replace("", None), *keys)
    completed = complete_assignments(table, frame.columns)
    return (plain.with_columns(**completed) if completed else plain).collect()


@cache
def _everywhere(moment: dt.datetime) -> pl.Expr:
    return pl.repeat(moment, pl.len(), dtype=pl.Datetime("us"))


def _key_word(table: str) -> str:
    return next(fill.source for fill in record(table) if fill.fill == "key")


def _series(frame: pl.DataFrame, name: str) -> pl.Series:
    """The word, or nulls when the frame has no such word."""
    return frame[name] if name in frame.columns else pl.Series(name, [None]).new_from_index(0, frame.height)


def _soundex(words: pl.Series) -> pl.Series:
    """The sound of each word, reckoned once for each name."""
    names = words.cast(pl.String).to_list()
    sounds = {name: jellyfish.soundex(name) or _NO_LETTERS for name in set(names) if name is not None}
    return pl.Series(words.name, [None if name is None else sounds[name] for name in names], dtype=pl.String)
