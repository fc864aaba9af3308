"""The target as it stood before a load, row by row, and what is different now.

Proof 3 (docs/proofs.md) and the proof of an undo stand on it: it is taken before anything is written, so it
knows nothing of plans, before-images or what a load says it did.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from reconcile.expected.stamps import is_signed
from reconcile.target.key_set import are_in_order
from reconcile.target.rows import SCHEMA, Range, has_number_key, read_lines, values_of
from reconcile.target.spill import Schema, Spill, key_slices
from target.schema.shape import columns, naming_column, primary_key, table_names
from vocabulary.errors import ConfigError

ACCOUNT = "snapshot.json"
FORM = 2
"""How rows are written as lines: 2 since they are JSON arrays. Lines of another form compare with nothing."""

KEPT_WHOLE = ("CASELOAD",)
"""Tables whose altered rows are looked into column by column; of the others the changed fields are enough."""

ROWS_TAKEN_APART = 2_000
"""Altered rows laid out in columns at a time."""

INSERTED, MISSING, ALTERED, CHANGED = "inserted", "missing", "altered", "changed"
NUMBER = "number"
"""Column beside a key: the same as a number, null where it is none."""

CHANGED_SCHEMA = {"key": pl.String, "column": pl.String, "before": pl.String, "after": pl.String}
SCHEMAS: Mapping[str, Schema] = {
    INSERTED: {**SCHEMA, NUMBER: pl.Int64},
    MISSING: {**SCHEMA, NUMBER: pl.Int64},
    ALTERED: {**SCHEMA, "is_signed": pl.Boolean},
    CHANGED: CHANGED_SCHEMA,
}


@dataclass(frozen=True)
class TableChange:
    """How one table differs from the snapshot; on disk as far as there is much of it.

    `rows`: INSERTED, MISSING, ALTERED, CHANGED to their frames, not yet read; `counts`: their heights.
    """

    table: str
    rows: Mapping[str, pl.LazyFrame]
    counts: Mapping[str, int]

    @property
    def inserted(self) -> pl.DataFrame:
        """Rows that only the target has, as lines (SCHEMA), because a nation's are many."""
        return self.rows[INSERTED].select(list(SCHEMA)).collect()

    @property
    def missing(self) -> pl.DataFrame:
        """Rows that only the snapshot has, as lines."""
        return self.rows[MISSING].select(list(SCHEMA)).collect()

    @property
    def altered(self) -> pl.DataFrame:
        """Rows that are another in both, as they are now. `line` is blank but in KEPT_WHOLE; `is_signed`: the
        row names the migration as its last change."""
        return self.rows[ALTERED].collect()

    @property
    def changed(self) -> pl.DataFrame:
        """CHANGED_SCHEMA, one line per field of the altered rows."""
        return self.rows[CHANGED].collect()

    def keys(self, name: str) -> pl.Series:
        """The keys of the rows INSERTED, MISSING or ALTERED."""
        return self.rows[name].select("key").collect()["key"]

    def slices(self) -> Iterator[tuple["TableChange", pl.Expr]]:
        """This change by slices of its rows that are another, and whose keys a slice has: not all of a
        nation's changed fields at once."""
        for own in key_slices(self.counts[CHANGED]):
            parts = {
                name: rows if name in (INSERTED, MISSING) else rows.filter(own)
                for name, rows in self.rows.items()
            }
            yield TableChange(self.table, parts, self.counts), own

    def inserted_rows(self, keys: pl.Series | None = None) -> pl.DataFrame:
        """`key` and every column of the inserted rows, or of those of `keys`."""
        if keys is None or not self.counts[INSERTED]:
            return values_of(self.table, self.inserted)
        own = self.rows[INSERTED].filter(_is_among(keys)).select(list(SCHEMA)).collect()
        return values_of(self.table, own)

    def inserted_keys(self, keys: pl.Series) -> pl.Series:
        """The keys of the inserted rows that are among `keys`."""
        if not self.counts[INSERTED]:
            return keys.clear()
        return self.rows[INSERTED].filter(_is_among(keys)).select("key").collect()["key"]

    def inserted_names(self, among: pl.Series | None = None) -> pl.Series:
        """What stands for each inserted row in the crosswalk: its key, or of a membership the member; of all,
        or of those whose name is `among` the given."""
        naming = naming_column(self.table)
        if primary_key(self.table) == (naming,):
            return self.keys(INSERTED) if among is None else self.inserted_keys(among)
        names = self.inserted_rows()[naming]
        return names if among is None else names.filter(names.is_in(among.implode()))


def _is_among(keys: pl.Series) -> pl.Expr:
    """The row's key is one of `keys`. A load's rows have numbers that follow each other: what lies outside
    their range is not even read."""
    numbers = keys.cast(pl.Int64, strict=False)
    is_one = pl.col("key").is_in(keys.implode())
    if numbers.null_count() or keys.is_empty():
        return is_one
    return pl.col(NUMBER).is_between(numbers.min(), numbers.max()) & is_one


def take_snapshot(connection: sa.Connection, folder: Path) -> str:
    """Write every row of the target under `folder`; gives the snapshot's own hash, for the ledger.

    The account is written last: a snapshot that was cut off half-way does not count.
    """
    tables: dict[str, dict[str, object]] = {}
    whole = hashlib.sha256()
    for name in table_names():
        parts = []
        digest = hashlib.sha256()
        for number, frame in enumerate(_parts(connection, name)):
            path = folder / name / f"{number:06}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(path)
            digest.update(_lines_of(frame))
            parts.append({"rows": frame.height, "last": frame["key"][-1]})
        if parts:
            tables[name] = {"hash": digest.hexdigest(), "parts": parts}
            whole.update(f"{name}:{digest.hexdigest()}\n".encode())
    account = {"form": FORM, "hash": whole.hexdigest(), "tables": tables}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ACCOUNT).write_text(json.dumps(account, indent=1), encoding="utf-8")
    return whole.hexdigest()


@dataclass(frozen=True)
class Snapshot:
    """A snapshot on disk. `hash` is its own, `tables` its parts by table, `known` the keys once asked for."""

    folder: Path
    hash: str
    tables: dict[str, dict[str, list[dict[str, object]]]]
    known: dict[str, pl.Series] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """The snapshot under `folder`.

        Raises:
            ConfigError: there is none, it was cut off, or an earlier program took it.
        """
        path = folder / ACCOUNT
        if not path.is_file():
            raise ConfigError(
                f"{folder} holds no snapshot of the target before the load, so what else changed can be "
                "neither proved nor undone. It is taken by `day1 load`. Put the folder back from a copy; "
                "where there is none, restore the target as it was before the cycle, and load again."
            )
        account = json.loads(path.read_text(encoding="utf-8"))
        if account.get("form") != FORM:
            raise ConfigError(
                f"{folder} was taken by another day1, which wrote rows otherwise: nothing compares with "
                "it. Undo the cycle's loads with the day1 that loaded them, then load again."
            )
        return cls(folder, account["hash"], account["tables"])

    def rows(self, table: str, keys: pl.Series | None = None) -> pl.DataFrame:
        """`key` and every column of the rows of `table`, or of those among `keys`."""
        found = [pl.DataFrame(schema=SCHEMA)]
        for frame in self.parts(table):
            found.append(frame if keys is None else frame.filter(pl.col("key").is_in(keys.implode())))
        return values_of(table, pl.concat(found))

    def has(self, table: str, keys: pl.Series) -> pl.Series:
        """Those of `keys` that name a row of `table`."""
        if table not in self.known:
            parts = range(len(self.tables.get(table, {}).get("parts", [])))
            kind = pl.Int64 if has_number_key(table) else pl.String
            held = [pl.read_parquet(self._path(table, number), columns=["key"])["key"] for number in parts]
            self.known[table] = pl.concat([pl.Series("key", [], kind), *(keys.cast(kind) for keys in held)])
        known = self.known[table]
        if known.dtype == pl.String:
            return keys.filter(keys.is_in(known.implode()))
        return keys.filter(are_in_order(known, keys))

    def parts(self, table: str) -> Iterator[pl.DataFrame]:
        """The rows of `table` as lines, in the order they were read."""
        for number, _ in enumerate(self.tables.get(table, {}).get("parts", [])):
            yield pl.read_parquet(self._path(table, number), columns=list(SCHEMA))

    def _path(self, table: str, number: int) -> Path:
        return self.folder / table / f"{number:06}.parquet"


def compare_with(snapshot: Snapshot, connection: sa.Connection, place: Path) -> dict[str, TableChange]:
    """Table to what is different in it, laid down under `place`; a table that is as it was is left out."""
    changes = (compare_table(snapshot, connection, name, place / name) for name in table_names())
    return {change.table: change for change in changes if _differs(change)}


def compare_table(snapshot: Snapshot, connection: sa.Connection, table: str, place: Path) -> TableChange:
    """One table, part by part: memory holds one part of both sides."""
    found = {name: Spill(place / name, schema) for name, schema in SCHEMAS.items()}
    for old, new in _pairs(snapshot, connection, table):
        if new.equals(old):
            continue
        there = new.join(old.rename({"line": "was"}), on="key", how="left")
        found[INSERTED].add(_numbers(there.filter(pl.col("was").is_null())))
        found[MISSING].add(_numbers(old.join(new.select("key"), on="key", how="anti")))
        differs = there.filter(pl.col("was") != pl.col("line"))
        for some in differs.iter_slices(ROWS_TAKEN_APART):
            before = values_of(table, old.join(some.select("key"), on="key", how="semi"))
            after = values_of(table, some)
            line = "line" if table in KEPT_WHOLE else pl.lit("").alias("line")
            signed = after.select("key", is_signed(table).alias("is_signed"))
            found[ALTERED].add(some.select("key", line).join(signed, on="key"))
            found[CHANGED].add(_changed_fields(table, before, after))
    counts = {name: spill.rows for name, spill in found.items()}
    return TableChange(table, {name: spill.scan() for name, spill in found.items()}, counts)


def _numbers(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("key").cast(pl.Int64, strict=False).alias(NUMBER))


def _pairs(
    snapshot: Snapshot, connection: sa.Connection, table: str
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """The rows before and now of one range of keys after another; of a table without a number key, at
    once."""
    if not has_number_key(table):
        old = pl.concat([pl.DataFrame(schema=SCHEMA), *snapshot.parts(table)])
        yield old, _numbered(pl.concat([pl.DataFrame(schema=SCHEMA), *read_lines(connection, table)]))
        return
    last = None
    for old in snapshot.parts(table):
        until = int(old["key"][-1])
        yield old, _all_of(connection, table, Range(last, until))
        last = until
    nothing = pl.DataFrame(schema=SCHEMA)
    for new in read_lines(connection, table, Range(after=last)):
        yield nothing, new


def _all_of(connection: sa.Connection, table: str, within: Range) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=SCHEMA), *read_lines(connection, table, within)])


def _parts(connection: sa.Connection, table: str) -> Iterator[pl.DataFrame]:
    if has_number_key(table):
        yield from read_lines(connection, table)
        return
    frames = list(read_lines(connection, table))
    if frames:
        yield _numbered(pl.concat(frames))


def _lines_of(frame: pl.DataFrame) -> bytes:
    """The lines as bytes: no line holds a line feed, which JSON writes in two letters."""
    return str(frame.select(pl.col("line").str.join("\n")).item()).encode() + b"\n"


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows without a key of their own may repeat: each has its number behind the line that names it."""
    place = pl.int_range(1, pl.len() + 1).over("key")
    return frame.with_columns(
        pl.when(place > 1).then(pl.format("{} #{}", "key", place)).otherwise("key").alias("key")
    )


def _changed_fields(table: str, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    names = [name for name in columns(table) if name in after.columns]
    pairs = before.join(after, on="key", how="inner", suffix=".after", maintain_order="left")
    differs = pairs.select(pl.col(name).ne_missing(pl.col(f"{name}.after")) for name in names)
    fields = [
        pairs.filter(mask).select(
            "key",
            pl.lit(mask.name).alias("column"),
            pl.col(mask.name).alias("before"),
            pl.col(f"{mask.name}.after").alias("after"),
        )
        for mask in differs
        if mask.any()
    ]
    found = pl.concat([pl.DataFrame(schema=CHANGED_SCHEMA), *fields])
    # A change that the values do not show (a number stored as text) is still a change of the row.
    unseen = after.select("key").join(found, on="key", how="anti")
    return pl.concat(
        [found, unseen.select("key", column=pl.lit(""), before=pl.lit(""), after=pl.lit(""))]
    ).sort("key", "column", maintain_order=True)


def _differs(change: TableChange) -> bool:
    return any(change.counts.values())
