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
from vocabulary.source import ndelius_tables

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
    tables = dict(ndelius_tables())
    known = labels if labels is not None else pl.DataFrame(schema=_LABELS)
    _add_standing_codes(resolver, _by_table(frames, tables), known)
    _insert_units(resolver, frames)
    completed = filled_frames(resolver, frames)
    named = tables | {"COURT_APPEARANCE": "court_appearance", "PRISON_OFFENDER_MANAGER": "prison_manager"}
    for table, frame in _by_table(completed, named).items():
        if table not in _UNITS:
            insert(connection, table, resolver.rows(table, frame))
            if table in _LISTS_OF:
                resolver.lists.forget(_LISTS_OF[table])
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


def _add_standing_codes(resolver: Resolver, frames: dict[str, pl.DataFrame], labels: pl.DataFrame) -> None:
    found = [pl.DataFrame(schema={"list_name": pl.String, "code": pl.String})]
    for table, frame in frames.items():
        if frame.is_empty():
            continue
        coded = {
            str(number): fill
            for number, fill in enumerate(record(table))
            if fill.fill == "code"
            and fill.source in frame.columns
            and reference_list(fill.list_name).is_reference
        }
        standing = frame.select(_codes_in(fill.source).alias(number) for number, fill in coded.items())
        for number, fill in coded.items():
            name = reference_list(fill.list_name).name
            found.append(
                pl.DataFrame({"list_name": name, "code": standing[number][0]}, schema=found[0].schema)
            )
    own = labels.select("list_name", "code", "description").unique(["list_name", "code"], keep="first")
    add_codes(
        resolver, pl.concat(found).join(own, on=["list_name", "code"], how="left", maintain_order="left")
    )


def _codes_in(word: str) -> pl.Expr:
    """One list: the codes of a word in alphabetical order."""
    code = pl.col(word).cast(pl.String).str.strip_chars()
    return code.filter(code != "").unique().sort().implode()
