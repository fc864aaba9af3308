"""What the loads of a cycle wrote: rows that they inserted, and rows of others that they changed."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl
import sqlalchemy as sa

from target.bulk import read, read_rows
from target.ledger import BEFORE_IMAGE, CROSSWALK, LEDGER, SECOND_ID
from target.schema.shape import columns, is_membership, key_column, load_order, naming_column, primary_key
from target.schema.tables import table
from target.teams_and_officers import OFFICER, OFFICER_STAFF, STAFF
from vocabulary.errors import TargetError

ROWS = 100_000
"""Rows that are in memory at a time."""

OLD, NEW = "OLD_", "NEW_"
"""How the columns of a changed row begin."""


@dataclass(frozen=True)
class Loads:
    """The loads of `companies` in `cycle`, which the target holds: `inserted` has TABLE_NAME, TARGET_ID and
    SECOND_ID, `changed` TABLE_NAME, TARGET_ID, CHANGE_NUMBER and OLD_VALUES in the order of the loads."""

    connection: sa.Connection
    inserted: pl.DataFrame
    changed: pl.DataFrame

    def inserted_tables(self) -> list[str]:
        """Tables with inserted rows, each after those it refers to."""
        named = {*self.inserted["TABLE_NAME"]}
        named |= {OFFICER} if STAFF in named else set()
        return [name for name in load_order() if name in named]

    def inserted_rows(self, name: str) -> Iterator[pl.DataFrame]:
        """The inserted rows of table `name` as they stand now, by its key, in pieces."""
        if name == OFFICER:  # each inserted STAFF has one
            ids = self._ids(self.inserted, STAFF)
            yield from self._pieces(name, OFFICER_STAFF, ids)
        elif is_membership(name):
            first, second = primary_key(name)
            own = self.inserted.filter(pl.col("TABLE_NAME") == name)
            pairs = own.select(pl.col("TARGET_ID").alias(first), pl.col(SECOND_ID).alias(second))
            for piece in self._pieces(name, first, pairs[first].unique().sort()):
                yield piece.join(pairs, on=[first, second], how="semi")
        else:
            yield from self._pieces(name, naming_column(name), self._ids(self.inserted, name))

    def changed_tables(self) -> list[str]:
        """Tables with rows that stood before the loads and were changed by them."""
        named = {*self._of_others["TABLE_NAME"]}
        return [name for name in load_order() if name in named]

    def changed_rows(self, name: str) -> Iterator[pl.DataFrame]:
        """The key of each changed row of table `name`, and each column that a load changed in any of them, as
        it was before the first load (`OLD_`) and as it stands now (`NEW_`), in pieces."""
        images = self._of_others.filter(pl.col("TABLE_NAME") == name)
        known = dict.fromkeys(word for text in images["OLD_VALUES"] for word in json.loads(text))
        names = [column for column in columns(name) if column in known]
        first = _first_values(images, names)
        key = key_column(name)
        for piece in self._pieces(name, key, self._ids(images, name), [key, *names]):
            before = first.rename({"TARGET_ID": key})
            both = piece.join(before, on=key, how="left", maintain_order="left")
            yield both.select(
                key,
                *(_old(column, piece.schema[column]) for column in names),
                *(pl.col(column).alias(f"{NEW}{column}") for column in names),
            )

    @property
    def _of_others(self) -> pl.DataFrame:
        named = ["TABLE_NAME", "TARGET_ID"]
        return self.changed.join(self.inserted, on=named, how="anti", maintain_order="left")

    def _ids(self, rows: pl.DataFrame, name: str) -> pl.Series:
        return rows.filter(pl.col("TABLE_NAME") == name)["TARGET_ID"].unique().sort()

    def _pieces(
        self, name: str, key: str, ids: pl.Series, wanted: Sequence[str] | None = None
    ) -> Iterator[pl.DataFrame]:
        for start in range(0, ids.len(), ROWS):
            part = ids.slice(start, ROWS)
            rows = read_rows(self.connection, name, key, part, wanted or base_columns(name)).sort(key)
            yield _without_bytes(name, rows)


def base_columns(name: str) -> list[str]:
    """The columns of table `name` but for arrays, which nDelius works out."""
    return [column for column, known in columns(name).items() if known.type != "VARRAY"]


def _without_bytes(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Without columns of bytes, which no text file holds; day1 fills none.

    Raises:
        TargetError: one is filled.
    """
    binary = [column for column, kind in rows.schema.items() if kind == pl.Binary]
    if filled := [column for column in binary if rows[column].null_count() < rows.height]:
        raise TargetError(f"{name}.{filled[0]} holds bytes, which cannot be exported. Load without export.")
    return rows.drop(binary)


def find_loads(connection: sa.Connection, companies: Sequence[str], cycle: str) -> Loads:
    """What the loads of `companies` in `cycle` wrote, which must be the newest of each: values are exported
    as they stand.

    Raises:
        TargetError: one of them is not loaded, or a later cycle stands on its load.
    """
    loads = read(connection, LEDGER, ["COMPANY", "CYCLE", "LOAD_NUMBER"])
    ledger = loads.filter(pl.col("CYCLE") == cycle)
    if missing := sorted({*companies} - {*ledger["COMPANY"]}):
        loaded = ", ".join(sorted({*ledger["COMPANY"]})) or "nothing"
        raise TargetError(
            f"{missing[0]} is not loaded in {cycle}. Loaded: {loaded}. Load it first: day1 load"
        )
    _require_newest(loads.filter(pl.col("COMPANY").is_in(companies)), cycle)
    named = ["TABLE_NAME", "TARGET_ID", SECOND_ID]
    held = table(CROSSWALK).c
    earlier = read(connection, CROSSWALK, named, held["COMPANY"].in_(companies) & (held["CYCLE"] != cycle))
    # A delta names in the crosswalk the rows of the loads before that it changed, too.
    inserted = _of(connection, CROSSWALK, companies, cycle, named).join(earlier, on=named, how="anti")
    words = ["COMPANY", "TABLE_NAME", "TARGET_ID", "CHANGE_NUMBER", "OLD_VALUES"]
    images = _of(connection, BEFORE_IMAGE, companies, cycle, words).join(ledger, on="COMPANY")
    return Loads(connection, inserted, images.sort("LOAD_NUMBER", "CHANGE_NUMBER", "TABLE_NAME", "TARGET_ID"))


def _require_newest(loads: pl.DataFrame, cycle: str) -> None:
    newest = loads.filter(pl.col("LOAD_NUMBER") == pl.col("LOAD_NUMBER").max().over("COMPANY"))
    later = newest.filter(pl.col("CYCLE") != cycle).sort("COMPANY")
    if later.height:
        company, stands = later["COMPANY"][0], later["CYCLE"][0]
        raise TargetError(
            f"{company}: {stands} stands on {cycle}, so its rows are no longer as {cycle} left them. Export "
            f"{stands}, or {cycle} out of a target that holds it alone."
        )


def _of(
    connection: sa.Connection, own: str, companies: Sequence[str], cycle: str, wanted: list[str]
) -> pl.DataFrame:
    held = table(own).c
    return read(connection, own, wanted, held["COMPANY"].in_(companies) & (held["CYCLE"] == cycle))


def _first_values(images: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Per TARGET_ID the text of each column in the first image that has it, and whether one has it."""
    decoded = images.select(
        "TARGET_ID",
        *(pl.col("OLD_VALUES").str.json_path_match(f"$.{name}").alias(name) for name in names),
        *(
            pl.col("OLD_VALUES").str.contains(f'"{name}":', literal=True).alias(f"has {name}")
            for name in names
        ),
    )
    return (
        decoded.group_by("TARGET_ID", maintain_order=True)
        .agg(
            *(pl.col(name).filter(pl.col(f"has {name}")).first() for name in names),
            *(pl.col(f"has {name}").any() for name in names),
        )
        .rename({name: f"first {name}" for name in names})
    )


def _old(name: str, kind: pl.DataType) -> pl.Expr:
    """The value before: of the first image, or else as it stands, where no load changed it in this row."""
    first = pl.col(f"first {name}")
    if kind == pl.Datetime:
        typed = first.str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us")
    else:
        typed = first.cast(kind)
    return pl.when(pl.col(f"has {name}")).then(typed).otherwise(pl.col(name)).alias(f"{OLD}{name}")
