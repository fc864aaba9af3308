"""Takes one company's load out again, so that the target is as it was before."""

import json

import polars as pl
import sqlalchemy as sa

from target.bulk import delete, delete_equal, read, schema_of, update
from target.derived.persons import touched_persons
from target.derived.rebuild import clear, rebuild
from target.ledger import BEFORE_IMAGE, CROSSWALK, LEDGER, OF_LOADS, SECOND_ID
from target.schema.shape import is_membership, key_column, load_order, naming_column, primary_key
from target.schema.tables import of_load, table
from target.teams_and_officers import OFFICER, OFFICER_STAFF, STAFF
from vocabulary.errors import TargetError


def undo(connection: sa.Connection, company: str, cycle: str | None = None) -> pl.DataFrame:
    """Undo every load of `company`, latest first, or that of `cycle` alone, in the caller's transaction.

    Gives the crosswalk rows taken out, so that a load that follows can give the same ids again.

    Raises:
        TargetError: the company has no such load, a later cycle of it stands on the load, or a later load of
            another company changed the same rows.
    """
    loads = _loads(connection, company, cycle)
    taken_out = [_undo_one(connection, company, str(row["CYCLE"]), row["LOAD_NUMBER"]) for row in loads]
    return pl.concat(taken_out)


def require_load(connection: sa.Connection, company: str, cycle: str) -> None:
    """The company has a load of the cycle.

    Raises:
        TargetError: it has none.
    """
    _loads(connection, company, cycle)


def count_changed(connection: sa.Connection, company: str, cycle: str) -> int:
    """Rows that the company's load of the cycle changed in place."""
    named = ["TABLE_NAME", "TARGET_ID"]
    return read(connection, BEFORE_IMAGE, named, of_load(BEFORE_IMAGE, company, cycle)).n_unique()


def _loads(connection: sa.Connection, company: str, cycle: str | None) -> list[dict[str, object]]:
    """The loads to take out, latest first."""
    ledger = read(connection, LEDGER, where=table(LEDGER).c["COMPANY"] == company)
    wanted = ledger if cycle is None else ledger.filter(pl.col("CYCLE") == cycle)
    if wanted.is_empty():
        loaded = ", ".join(ledger["CYCLE"].sort()) or "nothing"
        raise TargetError(f"{company} has no load of cycle {cycle or 'any'} to undo. Loaded: {loaded}.")
    later = ledger.filter(pl.col("LOAD_NUMBER") > wanted["LOAD_NUMBER"].max())["CYCLE"].sort()
    if len(later):
        raise TargetError(
            f"{company} was loaded again in cycle {', '.join(later)}, after {cycle}. Undo {later[-1]} first."
        )
    return wanted.sort("LOAD_NUMBER", descending=True).to_dicts()


def _undo_one(connection: sa.Connection, company: str, cycle: str, number: object) -> pl.DataFrame:
    images = read(connection, BEFORE_IMAGE, where=of_load(BEFORE_IMAGE, company, cycle))
    entries = read(connection, CROSSWALK, where=of_load(CROSSWALK, company, cycle))
    _refuse_if_changed_since(connection, company, images, number)
    named = ["TABLE_NAME", "TARGET_ID"]
    persons = touched_persons(connection, pl.concat([entries.select(named), images.select(named)]))
    clear(connection, persons)
    for (_, name), rows in sorted(
        images.group_by("CHANGE_NUMBER", "TABLE_NAME"), key=lambda group: group[0], reverse=True
    ):
        _restore(connection, str(name), rows)
    for own in OF_LOADS:
        connection.execute(sa.delete(table(own)).where(of_load(own, company, cycle)))
    _delete_rows(connection, entries)
    rebuild(connection, persons)
    return entries


def _refuse_if_changed_since(
    connection: sa.Connection, company: str, images: pl.DataFrame, number: object
) -> None:
    ledger = read(connection, LEDGER, ["COMPANY", "CYCLE", "LOAD_NUMBER"])
    later = ledger.filter((pl.col("LOAD_NUMBER") > number) & (pl.col("COMPANY") != company))
    for row in later.to_dicts():
        theirs = read(connection, BEFORE_IMAGE, where=of_load(BEFORE_IMAGE, row["COMPANY"], row["CYCLE"]))
        shared = images.join(theirs, on=["TABLE_NAME", "TARGET_ID"], how="semi").height
        by_whom = f"{row['COMPANY']} in cycle {row['CYCLE']}. Undo {row['COMPANY']} first."
        if shared:
            raise TargetError(f"{shared} rows that {company} changed were changed again by {by_whom}")
        if needed := _sentenced_since(connection, images, row["COMPANY"], row["CYCLE"]):
            told = f"{needed} persons whose CURRENT_DISPOSAL {company} set have a sentence"
            raise TargetError(f"{told} of {by_whom}")


def _sentenced_since(connection: sa.Connection, images: pl.DataFrame, company: str, cycle: str) -> int:
    """Persons whose flag the load set, and to whom `company` has brought a sentence that needs it too."""
    is_flag = (pl.col("TABLE_NAME") == "OFFENDER") & pl.col("OLD_VALUES").str.contains("CURRENT_DISPOSAL")
    set_before = images.filter(is_flag)["TARGET_ID"]
    if set_before.is_empty():
        return 0
    rows = read(connection, CROSSWALK, ["TABLE_NAME", "TARGET_ID"], of_load(CROSSWALK, company, cycle))
    sentenced = touched_persons(connection, rows.filter(pl.col("TABLE_NAME") == "DISPOSAL"))
    return int(sentenced.is_in(set_before.implode()).sum())


def _restore(connection: sa.Connection, name: str, images: pl.DataFrame) -> None:
    """Put the old values back; they are JSON of texts, as target.changes wrote them."""
    kept = list(json.loads(images["OLD_VALUES"][0]))
    types = schema_of(name)
    old = images["OLD_VALUES"].str.json_decode(pl.Struct(dict.fromkeys(kept, pl.String))).struct.unnest()
    key = key_column(name)
    values = old.select(from_text(column, types[column]) for column in kept)
    update(connection, name, key, values.with_columns(images["TARGET_ID"].alias(key)))


def from_text(column: str, kind: pl.DataType | type[pl.DataType]) -> pl.Expr:
    """A value of a before-image, typed as its column."""
    if kind == pl.Datetime:
        return pl.col(column).str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us")
    return pl.col(column).cast(kind)


def _delete_rows(connection: sa.Connection, entries: pl.DataFrame) -> None:
    """Delete what the load inserted, children first; a provisional code stays while one claims it."""
    row = ["TABLE_NAME", "TARGET_ID", SECOND_ID]
    own = entries.join(read(connection, CROSSWALK, row), on=row, how="anti")
    for name in reversed(load_order()):
        ids = own.filter(pl.col("TABLE_NAME") == name)["TARGET_ID"]
        if ids.is_empty():
            continue
        if name == STAFF:
            delete(connection, OFFICER, OFFICER_STAFF, ids)  # the load gave the numbers, so they are its own
        if is_membership(name):
            _delete_members(connection, name, own)
        else:
            delete(connection, name, naming_column(name), ids)


def _delete_members(connection: sa.Connection, name: str, own: pl.DataFrame) -> None:
    """Delete the memberships of `name` that the load made; what else the member belongs to stays."""
    first, second = primary_key(name)
    of_table = own.filter(pl.col("TABLE_NAME") == name)
    delete_equal(
        connection, name, of_table.select(pl.col("TARGET_ID").alias(first), pl.col(SECOND_ID).alias(second))
    )
