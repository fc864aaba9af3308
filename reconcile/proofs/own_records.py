"""Ledger, crosswalk and before-images themselves: counted and hashed as the load left them.

They say who wrote what and how to take it out again. If one of their rows is gone or altered, an undo would
leave something behind, so it is a difference.
"""

import json
from collections.abc import Mapping, Sequence

import polars as pl
import sqlalchemy as sa

from reconcile.differences import OWN_RECORDS, differences_of, no_differences
from reconcile.target.rows import read_text, read_text_parts
from reconcile.target.snapshot import TableChange
from target.bulk import read
from target.ledger import (
    BEFORE_IMAGE,
    CROSSWALK,
    ENTRY_HASH,
    LEDGER,
    NO_SOURCE,
    SECOND_ID,
    hash_entry,
    hash_rows,
)
from target.schema.shape import columns, table_names
from target.schema.tables import of_load, table

IMAGE = ["COMPANY", "CYCLE", "TABLE_NAME", "TARGET_ID", "CHANGE_NUMBER", "OLD_VALUES", "NEW_VALUES"]

NO_LEDGER = "The ledger has no entry of this company's load: nobody could take it out again."
WRONG_ENTRY = "The ledger's entry is not the one that the load made."
OTHER_SNAPSHOT = "The ledger names another snapshot than the one the target is compared with."
WRONG_COUNT = "The ledger counts other rows than crosswalk and before-images hold."
NOT_AS_LEFT = "The rows of this table are not those that the load left: some are gone, added or altered."
UNREADABLE = "A before-image is not the text that a load writes."
REPEATED = "A row of the load's own records is about the same row of the target as another one."
NO_ROW = "The crosswalk names a row that the target does not hold."
NO_IMAGE = "A row that held another value before the load has no before-image."
FALSE_IMAGE = "The before-images of the row do not lead from the value in the snapshot to the value now."


def check_records(
    connection: sa.Connection, company: str, cycle: str, snapshot_hash: str, changes: dict[str, TableChange]
) -> pl.DataFrame:
    """Differences of the company's own records in one cycle. `changes`: since the full load of its line."""
    ledger = read(connection, LEDGER, where=of_load(LEDGER, company, cycle))
    if ledger.is_empty():
        return _told(LEDGER, company, NO_LEDGER)
    entry = ledger.to_dicts()[0]
    entries, images = (
        read(connection, name, where=of_load(name, company, cycle)) for name in (CROSSWALK, BEFORE_IMAGE)
    )
    found = [no_differences()]
    if hash_entry(entry) != entry[ENTRY_HASH]:
        found.append(_told(LEDGER, company, WRONG_ENTRY))
    if entry["SNAPSHOT_HASH"] != snapshot_hash:
        found.append(_told(LEDGER, company, OTHER_SNAPSHOT))
    for name, rows, count, digest in (
        (CROSSWALK, entries, "CROSSWALK_ROWS", "CROSSWALK_HASH"),
        (BEFORE_IMAGE, images, "IMAGE_ROWS", "IMAGES_HASH"),
    ):
        if rows.height != entry[count] or hash_rows(rows) != entry[digest]:
            found += [_told(name, company, NOT_AS_LEFT), _repeated(name, rows), _unreadable(name, rows)]
    written = _of_this_load(connection, company, cycle, entries).height
    is_as_left = (entries.height, images.height) == (entry["CROSSWALK_ROWS"], entry["IMAGE_ROWS"])
    if is_as_left and (entry["ROWS_INSERTED"], entry["ROWS_CHANGED"]) != (written, images.height):
        found.append(_told(LEDGER, company, WRONG_COUNT))
    return pl.concat([*found, _missing_rows(entries, changes)])


def _of_this_load(connection: sa.Connection, company: str, cycle: str, entries: pl.DataFrame) -> pl.DataFrame:
    """`entries` of rows that this load inserted: a delta also names rows that it changed."""
    own = (table(CROSSWALK).c["COMPANY"] == company) & (table(CROSSWALK).c["CYCLE"] != cycle)
    row = ["TABLE_NAME", "TARGET_ID", SECOND_ID]
    earlier = read(connection, CROSSWALK, row, own)
    return entries.filter(pl.col("SOURCE_FILE") != NO_SOURCE).join(earlier, on=row, how="anti")


def changed_without_image(
    connection: sa.Connection, cycles: Sequence[str], changed: Mapping[str, pl.Series]
) -> pl.DataFrame:
    """Of `changed` (table to keys) the rows that no before-image of `cycles` holds: an undo would leave
    them."""
    found = [no_differences()]
    for name, keys in changed.items():
        own = read_text(connection, BEFORE_IMAGE, ["CYCLE", "TARGET_ID"], f"TABLE_NAME = '{name}'")
        images = own.filter(pl.col("CYCLE").is_in(list(cycles)))["TARGET_ID"]
        lost = keys.unique(maintain_order=True).to_frame("key").filter(~pl.col("key").is_in(images.implode()))
        found.append(differences_of(lost.with_columns(table=pl.lit(name)), OWN_RECORDS, NO_IMAGE))
    return pl.concat(found)


def _told(name: str, key: str, what: str) -> pl.DataFrame:
    return differences_of(pl.DataFrame({"table": [name], "key": [key]}), OWN_RECORDS, what)


def _repeated(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Which rows may be the ones too many: a sound load may repeat some too, so this adds to NOT_AS_LEFT."""
    about = ["TABLE_NAME", "TARGET_ID", *(["KIND"] if name == BEFORE_IMAGE else [])]
    twice = rows.filter(pl.struct(about).is_duplicated()).select(
        pl.col("TABLE_NAME").alias("table"), pl.col("TARGET_ID").cast(pl.String).alias("key")
    )
    return differences_of(twice.unique(maintain_order=True), OWN_RECORDS, REPEATED)


def _unreadable(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Before-images that have something before or behind their values."""
    if name != BEFORE_IMAGE:
        return no_differences()
    whole = [pl.col(column).str.contains(r"^\{(?s:.*)\}\z") for column in ("OLD_VALUES", "NEW_VALUES")]
    named = rows.filter(~pl.all_horizontal(whole)).select(
        pl.col("TABLE_NAME").alias("table"), pl.col("TARGET_ID").cast(pl.String).alias("key")
    )
    return differences_of(named, OWN_RECORDS, UNREADABLE)


def _missing_rows(entries: pl.DataFrame, changes: dict[str, TableChange]) -> pl.DataFrame:
    """Rows that the crosswalk says were inserted and that are not there."""
    found = [no_differences()]
    for (name,), rows in entries.group_by("TABLE_NAME", maintain_order=True):
        keys, there = rows["TARGET_ID"].cast(pl.String), pl.Series("key", [], pl.String)
        if name in changes and name in table_names():
            there = changes[str(name)].inserted_names(keys)
        is_there = keys.is_in(there.implode())
        if is_there.all():
            continue
        lost = rows.filter(~is_there)
        named = lost.select(
            pl.col("TABLE_NAME").alias("table"),
            pl.col("TARGET_ID").cast(pl.String).alias("key"),
            *(
                pl.col(column).replace(NO_SOURCE, None).alias(column.lower())
                for column in ("EXPORT", "SOURCE_FILE", "SOURCE_ROW")
            ),
        )
        found.append(differences_of(named, OWN_RECORDS, NO_ROW))
    return pl.concat(found)


def find_false_images(connection: sa.Connection, cycle: str, changes: dict[str, TableChange]) -> pl.DataFrame:
    """Before-images that do not say what happened to the row.

    A row may be changed more than once, by one company or by several: the first image must begin with what
    the snapshot holds, each further one where the one before ended, and the last must end with what stands
    there now. Of a column that is as it was, the end must be the beginning.
    """
    order = read(connection, LEDGER, ["COMPANY", "LOAD_NUMBER"], table(LEDGER).c["CYCLE"] == cycle)
    found = [no_differences()]
    for name, change in changes.items():
        for part, own in change.slices():
            images = _images(connection, cycle, name, own)
            if images.height:
                steps = _steps(images.join(order, on="COMPANY", how="left"))
                broken = _broken_chains(steps, part).with_columns(pl.lit(name).alias("table"))
                found.append(differences_of(broken, OWN_RECORDS, FALSE_IMAGE))
    return pl.concat(found)


def _images(connection: sa.Connection, cycle: str, name: str, own: pl.Expr) -> pl.DataFrame:
    """IMAGE of the rows of table `name` whose `key` is `own`."""
    parts = read_text_parts(connection, BEFORE_IMAGE, IMAGE, f"TABLE_NAME = '{name}'")
    nothing = pl.DataFrame(schema=dict.fromkeys(IMAGE, pl.String))
    is_own = (pl.col("CYCLE") == cycle) & own
    return pl.concat(
        [nothing, *(part.with_columns(key="TARGET_ID").filter(is_own).drop("key") for part in parts)]
    )


def _steps(images: pl.DataFrame) -> pl.DataFrame:
    """key, column, old, new of every image, in the order of the changes."""
    values = ["OLD_VALUES", "NEW_VALUES"]
    in_order = images.sort("LOAD_NUMBER", pl.col("CHANGE_NUMBER").cast(pl.Int64))
    rows = in_order.select("TARGET_ID", *values)
    # Most rows of a table change in the same words: each pair of texts is read once.
    fields = [
        (old, new, column, value, after.get(column))
        for old, new in rows.select(values).unique().iter_rows()
        for after in [_values(new)]
        for column, value in _values(old).items()
    ]
    names = (*values, "column", "old", "new")
    read_once = pl.DataFrame(fields, schema=dict.fromkeys(names, pl.String), orient="row")
    steps = rows.join(read_once, on=values, how="inner", maintain_order="left")
    return steps.select(pl.col("TARGET_ID").alias("key"), "column", "old", "new")


def _broken_chains(steps: pl.DataFrame, change: TableChange) -> pl.DataFrame:
    """key, column of the fields whose images do not lead from `before` to `after`."""
    field = ["key", "column"]
    follows = pl.col("old").eq_missing(pl.col("new").shift(1).over(field))
    is_first = pl.int_range(pl.len()).over(field) == 0
    exact = [name for name, kind in columns(change.table).items() if kind.scale]
    steps = steps.with_columns(_plain(name, exact) for name in ("old", "new"))
    shown = change.changed.with_columns(_plain(name, exact) for name in ("before", "after"))
    broken = steps.with_columns((is_first | follows).alias("follows")).group_by(field, maintain_order=True)
    chains = broken.agg(pl.col("old").first(), pl.col("new").last(), pl.col("follows").all()).join(
        shown, on=[*field], how="left"
    )  # a field that is as it was has no line there
    differs = (
        pl.when(pl.col("before").is_null() & pl.col("after").is_null())
        .then(pl.col("old").ne_missing(pl.col("new")))
        .otherwise(pl.col("old").ne_missing(pl.col("before")) | pl.col("new").ne_missing(pl.col("after")))
    )
    return chains.filter(~pl.col("follows") | differs).select(field)


def _plain(name: str, exact: list[str]) -> pl.Expr:
    """A number of a column with decimals without needless zeros: databases show them differently."""
    value = pl.col(name)
    short = value.str.replace(r"(\.\d*?)0+$", "$1").str.strip_suffix(".")
    return pl.when(pl.col("column").is_in(exact)).then(short).otherwise(value).alias(name)


def _values(image: str) -> dict[str, str | None]:
    """The columns of an image; one that cannot be read holds nothing, and the hash tells of it."""
    try:
        found = json.loads(image)
    except ValueError:
        return {}
    values = found if isinstance(found, dict) else {}
    return {name: None if value is None else str(value) for name, value in values.items()}
