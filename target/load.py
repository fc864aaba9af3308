"""One company's plan into the target: rows, changes, crosswalk, ledger and before-images in one transaction.

Loading the same input twice changes nothing. Another input replaces what the company loaded before, and rows
with an equal natural key keep their ids.
"""

import datetime as dt

import polars as pl
import sqlalchemy as sa

from target.bulk import highest, insert, read, read_rows
from target.changes import apply_changes
from target.derived.figures import write_figures, wrong_sentence_flags
from target.derived.persons import touched_persons
from target.derived.rebuild import rebuild
from target.flag_rows import flag_tables, with_standing_flags
from target.ledger import (
    BEFORE_IMAGE,
    CROSSWALK,
    ENTRY_HASH,
    LEDGER,
    NO_SOURCE,
    SECOND_ID,
    LoadAccount,
    hash_entry,
    hash_rows,
)
from target.plan import Change, Plan
from target.reference_data.rows import PROVISIONAL, add_codes
from target.resolve import MIGRATION_MOMENT, Resolver
from target.schema.record import plain_list_name, reference_list, reference_lists
from target.schema.shape import is_membership, key_column, load_order, naming_column, primary_key
from target.schema.tables import of_load, table
from target.sequences import new_ids, raise_sequences
from target.teams_and_officers import STAFF, insert_staff
from target.undo import undo
from vocabulary.errors import TargetError

SHARED = frozenset({"OASYS_OFFENDER", "OASYS_ASSESSMENT_GROUP"}) | flag_tables()
"""Tables with one row per person, event or requirement, however many companies bring one; the natural key is
that of whom or what the row is about."""

_NAMED = ["TABLE_NAME", "NATURAL_KEY"]

NO_KEYS = pl.DataFrame(schema={"TABLE_NAME": pl.String, "NATURAL_KEY": pl.String, "TARGET_ID": pl.Int64})
"""No row of the crosswalk."""

_CLAIM = {
    "natural_key": pl.String,
    "id": pl.Int64,
    **dict.fromkeys(("export", "source_file", "source_row"), pl.String),
}


def load(
    connection: sa.Connection,
    plan: Plan,
    input_hash: str,
    moment: dt.datetime = MIGRATION_MOMENT,
    snapshot_hash: str = NO_SOURCE,
) -> LoadAccount:
    """Write `plan` in the caller's transaction; `moment` stands in every audit column.

    `input_hash` names everything the plan was made from; the ledger knows by it what is loaded already.
    `snapshot_hash` names the state of the target before the cycle's first load, which an undo is proved
    against.

    Raises:
        TargetError: a row names something the target does not hold, or the database refuses it.
    """
    if is_loaded(connection, plan.company, plan.cycle, input_hash):
        return LoadAccount(plan.company, plan.cycle, {}, {}, is_repeat=True)
    earlier = undo_earlier(connection, plan)
    resolver = Resolver(connection, moment)
    plan = with_standing_flags(connection, plan)
    add_provisional(resolver, plan, earlier)
    inserted = insert_rows(resolver, plan, earlier)
    changed = apply_changes(resolver, plan, plan.changes)
    entries = read(connection, CROSSWALK, where=of_load(CROSSWALK, plan.company, plan.cycle))
    changed |= rebuild_derived(resolver, plan, entries, len(plan.changes) + 1)
    raise_sequences(connection, inserted)
    counts = {"ROWS_INSERTED": sum(inserted.values()), "ROWS_CHANGED": sum(changed.values())}
    known = {"INPUT_HASH": input_hash, "SNAPSHOT_HASH": snapshot_hash, **counts}
    enter_in_ledger(connection, plan, entries, known)
    return LoadAccount(plan.company, plan.cycle, inserted, changed)


def is_loaded(connection: sa.Connection, company: str, cycle: str, input_hash: str) -> bool:
    """True where the ledger says that the target holds the load of that input: there is nothing to write."""
    held = read(connection, LEDGER, ["INPUT_HASH"], of_load(LEDGER, company, cycle))
    return held["INPUT_HASH"].to_list() == [input_hash]


def undo_earlier(connection: sa.Connection, plan: Plan) -> pl.DataFrame:
    """Take out what the company loaded in the cycle of `plan` before; gives the keys and ids it had."""
    held = read(connection, LEDGER, ["COMPANY"], of_load(LEDGER, plan.company, plan.cycle))
    return undo(connection, plan.company, plan.cycle) if held.height else NO_KEYS


def rebuild_derived(
    resolver: Resolver, plan: Plan, entries: pl.DataFrame, first: int
) -> dict[tuple[str, str], int]:
    """Figures of the rows this load inserted (`entries` of the crosswalk), and the derived data of everybody
    it touched.

    Gives the persons whose row changed: whether a sentence is live follows from the events after the load.
    """
    connection = resolver.connection
    rows = ["TABLE_NAME", "TARGET_ID"]
    inserted = entries.select(rows)
    changed = read(connection, BEFORE_IMAGE, rows, of_load(BEFORE_IMAGE, plan.company, plan.cycle))
    persons = touched_persons(connection, pl.concat([inserted, changed]))
    write_figures(connection, persons, inserted)
    flags = Change("OFFENDER", "rebuild", wrong_sentence_flags(connection, persons))
    rebuilt = apply_changes(resolver, plan, [flags], first=first)
    rebuild(connection, persons)
    return rebuilt


def insert_rows(resolver: Resolver, plan: Plan, earlier: pl.DataFrame) -> dict[str, int]:
    filled = [name for name in load_order() if name in plan.inserts and not plan.inserts[name].is_empty()]
    standing = {name: _standing(resolver.connection, name) for name in filled}
    for name in filled:
        if _has_own_ids(name):
            known = _known(standing[name], earlier)
            new = _keys(resolver.connection, name, plan.inserts[name]["natural_key"], known)
            before = resolver.keys.get(name)  # of a delta: the rows that earlier cycles of its line wrote
            resolver.keys[name] = new if before is None else pl.concat([new, before])
    counts, entries = {}, []
    for name in filled:
        written = _insert_table(resolver, name, plan.inserts[name], standing[name]["NATURAL_KEY"])
        entries.append(crosswalk_entries(plan, name, written))
        counts[name] = written.height
    if entries:
        insert(resolver.connection, CROSSWALK, pl.concat(entries))
    return counts


def _known(standing: pl.DataFrame, earlier: pl.DataFrame) -> pl.DataFrame:
    """The keys and ids of rows that other companies brought, and of an earlier load of this one."""
    if earlier.is_empty():
        return standing
    both = pl.concat([standing, earlier.select(NO_KEYS.columns)])
    return both.unique(_NAMED, keep="first")


def _has_own_ids(name: str) -> bool:
    """False where the keys of other rows name a row."""
    return not is_membership(name) and name not in flag_tables()


def _standing(connection: sa.Connection, name: str) -> pl.DataFrame:
    """Rows of a shared table that other companies brought: this company claims them as well.

    A claim keeps a row in the target until the last company that needs it is undone.
    """
    if name not in SHARED:
        return NO_KEYS
    of_table = table(CROSSWALK).c["TABLE_NAME"] == name
    return read(connection, CROSSWALK, NO_KEYS.columns, of_table).unique(_NAMED, keep="first")


def _insert_table(resolver: Resolver, name: str, frame: pl.DataFrame, standing: pl.Series) -> pl.DataFrame:
    """Insert the rows of a table that are not `standing`; gives `frame` with the numbers of the crosswalk."""
    if name == STAFF:  # its OFFICER rows come with it
        numbered = frame.with_columns(resolver.keys[name]["id"].head(frame.height))
        insert_staff(resolver, numbered.with_columns(pl.col("id").alias("staff_id")))
        return numbered
    if is_membership(name):
        return _insert_members(resolver, name, frame)
    keys = resolver.keys[name]["id"].head(frame.height) if _has_own_ids(name) else None
    rows = resolver.rows(name, frame, keys)
    written = frame.hstack([rows[naming_column(name)].alias("id")])
    if len(standing):
        rows = rows.filter(~frame["natural_key"].is_in(standing.implode()))
    insert(resolver.connection, name, rows)
    return written


def _insert_members(resolver: Resolver, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Insert the memberships that the target lacks; one that stands is not ours, and no undo takes it out."""
    key = list(primary_key(name))
    rows = resolver.rows(name, frame)
    known = read_rows(resolver.connection, name, key[0], rows[key[0]], key).with_columns(_stands=pl.lit(True))
    is_new = rows.select(key).join(known, on=key, how="left", maintain_order="left")["_stands"].is_null()
    insert(resolver.connection, name, rows.filter(is_new))
    return frame.with_columns(rows[key[0]].alias("id"), rows[key[1]].alias("second")).filter(is_new)


def _keys(connection: sa.Connection, name: str, natural: pl.Series, earlier: pl.DataFrame) -> pl.DataFrame:
    """`natural_key`, `id` of new rows in their order: the id of an earlier load, else a new one."""
    if natural.n_unique() < len(natural):
        raise TargetError(
            f"{name}: the plan has {len(natural) - natural.n_unique()} rows with the natural key of another. "
            "Natural keys must be unique per company and table; mend the mapping."
        )
    if earlier.is_empty():
        free = new_ids(connection, name, key_column(name), len(natural))
        return pl.DataFrame({"natural_key": natural, "id": free})
    kept = earlier.filter(pl.col("TABLE_NAME") == name).select("NATURAL_KEY", "TARGET_ID")
    keys = natural.to_frame("natural_key").join(
        kept, left_on="natural_key", right_on="NATURAL_KEY", how="left", maintain_order="left"
    )
    ids = keys["TARGET_ID"]
    top = int(str(kept["TARGET_ID"].max() or 0))
    free = new_ids(connection, name, key_column(name), ids.null_count(), above=top)
    return pl.DataFrame({"natural_key": natural, "id": ids.scatter(ids.is_null().arg_true(), free)})


def crosswalk_entries(plan: Plan, name: str, rows: pl.DataFrame) -> pl.DataFrame:
    second = pl.col("second") if "second" in rows.columns else pl.lit(0, pl.Int64)
    return rows.select(
        pl.lit(plan.company).alias("COMPANY"),
        pl.lit(plan.cycle).alias("CYCLE"),
        pl.lit(name).alias("TABLE_NAME"),
        pl.col("natural_key").alias("NATURAL_KEY"),
        pl.col("id").alias("TARGET_ID"),
        pl.col("export").alias("EXPORT"),
        pl.col("source_file").alias("SOURCE_FILE"),
        pl.col("source_row").cast(pl.String).alias("SOURCE_ROW"),
        second.alias(SECOND_ID),
    )


def add_provisional(resolver: Resolver, plan: Plan, earlier: pl.DataFrame) -> None:
    """A row for each code that waits, with the number it had in an earlier load, and a claim on it, so that
    undo knows who still needs it."""
    waiting = [
        codes.with_columns(pl.lit(plain_list_name(str(name))).alias("list_name"))
        for (name,), codes in plan.provisional.partition_by("list_name", as_dict=True).items()
        # A value that only steers the toolkit is not written (codes.md).
        if plain_list_name(str(name)) in reference_lists()
    ]
    if not waiting:
        return
    label = pl.coalesce(pl.col("description").replace("", None), "code") + PROVISIONAL
    codes = pl.concat(waiting).with_columns(label.alias("description"), pl.lit("N").alias("selectable"))
    numbered = _numbered_codes(earlier)
    codes = codes.join(numbered, on=["list_name", "code"], how="left", maintain_order="left")
    made = add_codes(resolver, codes)
    wanted: dict[str, set[str]] = {}
    for name, code in codes.select("list_name", "code").iter_rows():
        wanted.setdefault(name, set()).add(code)
    tables = sorted({reference_list(name).table for name in wanted})
    of_tables = table(CROSSWALK).c["TABLE_NAME"].in_(tables)
    claimed = set(read(resolver.connection, CROSSWALK, ["TABLE_NAME", "TARGET_ID"], of_tables).rows())
    claimed |= {(reference_list(name).table, row_id) for name, _, row_id in made.iter_rows()}
    entries = []
    for name in tables:
        claims = [
            (f"{own}|{code}", row_id, *[NO_SOURCE] * 3)
            for own in wanted
            if reference_list(own).table == name
            for code, row_id in resolver.codes(own).iter_rows()
            if code in wanted[own] and (name, row_id) in claimed
        ]
        entries.append(crosswalk_entries(plan, name, pl.DataFrame(claims, _CLAIM, orient="row")))
    if entries:
        insert(resolver.connection, CROSSWALK, pl.concat(entries))


def _numbered_codes(earlier: pl.DataFrame) -> pl.DataFrame:
    """list_name, code, id of the codes that waited in an earlier load."""
    parts = pl.col("NATURAL_KEY").str.splitn("|", 2).struct.rename_fields(["list_name", "code"])
    tables = {reference_list(name).table for name in reference_lists()}
    claims = earlier.filter(pl.col("TABLE_NAME").is_in(list(tables)))
    return claims.select(parts.alias("parts"), pl.col("TARGET_ID").alias("id")).unnest("parts").unique()


def enter_in_ledger(
    connection: sa.Connection, plan: Plan, entries: pl.DataFrame, known: dict[str, object]
) -> None:
    """The load's entry, with counts and hashes of what it left in crosswalk (`entries`) and before-images."""
    images = read(connection, BEFORE_IMAGE, where=of_load(BEFORE_IMAGE, plan.company, plan.cycle))
    entry: dict[str, object] = {
        "COMPANY": plan.company,
        "CYCLE": plan.cycle,
        "LOAD_NUMBER": highest(connection, LEDGER, "LOAD_NUMBER") + 1,
        **known,
        "CROSSWALK_ROWS": entries.height,
        "CROSSWALK_HASH": hash_rows(entries),
        "IMAGE_ROWS": images.height,
        "IMAGES_HASH": hash_rows(images),
    }
    insert(connection, LEDGER, pl.DataFrame([entry | {ENTRY_HASH: hash_entry(entry)}]))
