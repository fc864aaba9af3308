"""nDelius as it stood on the evening of 25 June, from the baseline's typed frames into a new target."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, TypeVar

import polars as pl
import sqlalchemy as sa

from target.adapters import adapter_of
from target.assignment import ASSIGNMENT_WORDS
from target.baseline_gaps import filled_frames
from target.blocks import blocks
from target.bulk import insert
from target.derived.persons import all_persons
from target.derived.rebuild import rebuild
from target.reference_data.rows import add_codes
from target.resolve import Resolver
from target.schema.record import Fill, filled_tables, record, reference_list
from target.schema.shape import load_order
from target.sequences import raise_sequences
from target.teams_and_officers import insert_staff, insert_teams
from vocabulary.source import ndelius_tables

Frames: TypeAlias = Mapping[str, pl.DataFrame | pl.LazyFrame]
"""delius entity to its rows; what is lazy is read block by block."""

_Rows = TypeVar("_Rows")

_LABELS = {"list_name": pl.String, "code": pl.String, "description": pl.String}
_STANDING = {"list_name": pl.String, "code": pl.String}


def load_baseline(connection: sa.Connection, frames: Frames, labels: pl.DataFrame | None = None) -> None:
    """Insert every row of `frames` in the caller's transaction.

    Codes that stand in the frames and not in the target's lists are nDelius's own: they become ordinary rows,
    described by `labels` (list_name, code, description) where it knows them (codes.md, waiting values).
    Indexes, and where the database can add them later references, are made when the rows are in.

    Raises:
        TargetError: a row names something that neither the baseline nor the target holds.
    """
    resolver = Resolver(connection)
    rows = {entity: frame.lazy() for entity, frame in frames.items()}
    tables = dict(ndelius_tables())
    known = labels if labels is not None else pl.DataFrame(schema=_LABELS)
    with adapter_of(connection).without_indexes(connection, tuple(tables)):
        _add_standing_codes(resolver, _by_table(rows, tables), known)
        _insert_units(resolver, rows)
        completed = filled_frames(resolver, rows)
        named = tables | {"COURT_APPEARANCE": "court_appearance", "PRISON_OFFENDER_MANAGER": "prison_manager"}
        for table, parts in _by_table(completed, named).items():
            if table not in _UNITS:
                _insert_blocks(resolver, table, parts)
    raise_sequences(connection, filled_tables())
    rebuild(connection, all_persons(connection))


_UNITS = ("TEAM", "STAFF", "STAFF_TEAM")
"""Inserted first: the stand-ins for missing teams and officers look at them."""

_LISTS_OF = {"USER_": "USER"}
"""Tables of the baseline that later tables of it name by a code."""


def _by_table(frames: Mapping[str, _Rows], tables: dict[str, str]) -> dict[str, _Rows]:
    """Table to rows, each table after those it refers to."""
    return {
        table: frames[tables[table]] for table in load_order() if table in tables and tables[table] in frames
    }


def _insert_blocks(resolver: Resolver, table: str, parts: tuple[pl.LazyFrame, ...]) -> None:
    words = {*ASSIGNMENT_WORDS, *(word for fill in record(table) for word in (fill.source, fill.when))}
    for rows in parts:
        wanted = [name for name in rows.collect_schema().names() if name in words]
        for block in blocks(rows.select(wanted)):
            insert(resolver.connection, table, resolver.rows(table, block))
    if table in _LISTS_OF:
        resolver.lists.forget(_LISTS_OF[table])


def _insert_units(resolver: Resolver, frames: dict[str, pl.LazyFrame]) -> None:
    if "team" in frames:
        insert_teams(resolver, frames["team"].collect())
    if "staff" in frames:
        insert_staff(resolver, frames["staff"].collect())
    if "staff_team" in frames:
        _insert_blocks(resolver, "STAFF_TEAM", (frames["staff_team"],))


def _add_standing_codes(resolver: Resolver, frames: dict[str, pl.LazyFrame], labels: pl.DataFrame) -> None:
    found = [pl.DataFrame(schema=_STANDING)]
    for table, frame in frames.items():
        names = frame.collect_schema().names()
        coded = [
            fill
            for fill in record(table)
            if fill.fill == "code" and fill.source in names and reference_list(fill.list_name).is_reference
        ]
        found += _standing_codes(frame, coded) if coded else []
    own = labels.select("list_name", "code", "description").unique(["list_name", "code"], keep="first")
    add_codes(
        resolver, pl.concat(found).join(own, on=["list_name", "code"], how="left", maintain_order="left")
    )


def _standing_codes(frame: pl.LazyFrame, coded: list[Fill]) -> Iterator[pl.DataFrame]:
    """list_name, code of each word of `coded`: its codes in alphabetical order."""
    words = sorted({fill.source for fill in coded})
    standing = {word: pl.Series(word, [], pl.String) for word in words}
    for block in blocks(frame.select(words)):
        for word in words:
            code = block[word].cast(pl.String).str.strip_chars()
            standing[word] = pl.concat([standing[word], code]).unique()
    for fill in coded:
        codes = standing[fill.source].drop_nulls()
        yield pl.DataFrame(
            {"list_name": reference_list(fill.list_name).name, "code": codes.filter(codes != "").sort()},
            schema=_STANDING,
        )
