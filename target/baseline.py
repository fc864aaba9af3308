"""nDelius as it stood on the evening of 25 June, from the baseline's typed frames into a new target."""

import polars as pl
import sqlalchemy as sa

from target.baseline_gaps import filled_frames
from target.bulk import insert
from target.derived.persons import all_persons
from target.derived.rebuild import rebuild
from target.reference_data.rows import add_codes
from target.resolve import Resolver
from target.schema.record import filled_tables, record, reference_list
from target.schema.shape import load_order
from target.sequences import raise_sequences
from target.teams_and_officers import insert_staff, insert_teams
from vocabulary.source import parts

_LABELS = {"list_name": pl.String, "code": pl.String, "description": pl.String}


def load_baseline(
    connection: sa.Connection, frames: dict[str, pl.DataFrame], labels: pl.DataFrame | None = None
) -> None:
    """Insert every row of `frames` (delius entity to typed frame) in the caller's transaction.

    Codes that stand in the frames and not in the target's lists are nDelius's own: they become ordinary rows,
    described by `labels` (list_name, code, description) where it knows them (codes.md, waiting values).

    Raises:
        TargetError: a row names something that neither the baseline nor the target holds.
    """
    resolver = Resolver(connection)
    tables = dict(parts("delius"))
    known = labels if labels is not None else pl.DataFrame(schema=_LABELS)
    for table, frame in _by_table(frames, tables).items():
        _add_standing_codes(resolver, table, frame, known)
    _insert_units(resolver, frames)
    completed = filled_frames(resolver, frames)
    named = tables | {"COURT_APPEARANCE": "court_appearance", "PRISON_OFFENDER_MANAGER": "prison_manager"}
    for table, frame in _by_table(completed, named).items():
        if table not in _UNITS:
            insert(connection, table, resolver.rows(table, frame))
            resolver.forget(_LISTS_OF.get(table, ""))
    raise_sequences(connection, filled_tables())
    rebuild(connection, all_persons(connection))


_UNITS = ("TEAM", "STAFF", "STAFF_TEAM")
"""Inserted first: the stand-ins for missing teams and officers look at them."""

_LISTS_OF = {"USER_": "USER"}
"""Tables of the baseline that later tables of it name by a code."""


def _by_table(frames: dict[str, pl.DataFrame], tables: dict[str, str]) -> dict[str, pl.DataFrame]:
    """Table to frame, each table after those it refers to."""
    return {
        table: frames[tables[table]] for table in load_order() if table in tables and tables[table] in frames
    }


def _insert_units(resolver: Resolver, frames: dict[str, pl.DataFrame]) -> None:
    if "team" in frames:
        insert_teams(resolver, frames["team"])
    if "staff" in frames:
        insert_staff(resolver, frames["staff"])
    if "staff_team" in frames:
        insert(resolver.connection, "STAFF_TEAM", resolver.rows("STAFF_TEAM", frames["staff_team"]))


def _add_standing_codes(resolver: Resolver, table: str, frame: pl.DataFrame, labels: pl.DataFrame) -> None:
    for fill in record(table):
        if fill.fill != "code" or fill.source not in frame.columns:
            continue
        where = reference_list(fill.list_name)
        if not where.is_reference:
            continue
        standing = frame.select(pl.col(fill.source).cast(pl.String).str.strip_chars().alias("code"))
        standing = standing.filter(pl.col("code") != "").unique(maintain_order=True).sort("code")
        own = labels.filter(pl.col("list_name") == where.name).select("code", "description").unique("code")
        add_codes(resolver, fill.list_name, standing.join(own, on="code", how="left", maintain_order="left"))
