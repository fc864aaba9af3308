"""Proof 3: nothing else changed. What differs from the snapshot must be a row or column that a proof
accounts for.

Rows inserted are those that proof 2 laid beside a source; columns changed are those that Day 1 must change,
with the value it must set; nothing is missing. Derived tables have a derivation of their own
(reconcile.proofs.derived).
"""

from collections.abc import Mapping, Sequence

import polars as pl

from reconcile.differences import UNCHANGED, differences_of, no_differences
from reconcile.expected.all_changes import AllChanges
from reconcile.expected.changes import EXPECTED_CHANGE
from reconcile.expected.stamps import VERSION, has_version, is_stamp
from reconcile.sources.evidence import Country
from reconcile.target.snapshot import ALTERED as ALTERED_ROWS
from reconcile.target.snapshot import INSERTED, MISSING, TableChange
from target.schema.shape import columns

ORGANISATIONS = "ORGANISATIONS"
DERIVED = ("CASELOAD", "ORGANISATION_OFFENDER")
"""Tables that the target derives from others."""

EXTRA = "A row of the target that no source row and no rule of Day 1 accounts for."
LOST = "A row that nDelius had before the load is gone."
ALTERED = "A value that nDelius had before the load is another now, and Day 1 does not change it."
OLD_VERSION = "Day 1 changed this row, and its version is the old one."
UNSIGNED = "Day 1 changed this row, and it does not name the migration as its last change."
NOT_DONE = "Day 1 changes this value, and the target does not show it."


def find_other_changes(
    country: Country, claimed: Mapping[str, Sequence[pl.Series]], expected: AllChanges
) -> pl.DataFrame:
    """Differences of every row and column that changed and that nothing accounts for.

    Args:
        claimed: table to keys of inserted rows that proofs account for.
        expected: what Day 1 changes, of all companies.
    """
    found = [no_differences()]
    for table, change in country.changes.items():
        if table in DERIVED:
            continue
        if change.counts[INSERTED]:
            known = pl.concat([pl.Series("key", [], pl.String), *claimed.get(table, [])])
            inserted = change.keys(INSERTED).to_frame()
            extra = inserted.filter(~pl.col("key").is_in(known.implode()))
            found.append(differences_of(_rows(table, extra), UNCHANGED, EXTRA))
        if change.counts[MISSING]:
            found.append(differences_of(_rows(table, change.missing), UNCHANGED, LOST))
        if change.counts[ALTERED_ROWS]:
            for part, own in change.slices():
                wanted = expected.of(table, own)
                found += [_altered(country, part, wanted), _without_stamp(part, wanted)]
    return pl.concat(found)


def find_changes_not_done(country: Country, expected: AllChanges) -> pl.DataFrame:
    """EXPECTED_CHANGE rows that the target does not show; `before` is how the row stands."""
    found = [pl.DataFrame(schema={**EXPECTED_CHANGE, "found": pl.String})]
    for table in expected.rows:
        change = country.changes.get(table)
        if change is None:
            found.append(_not_shown(expected.of(table), _no_fields()))
            continue
        for part, own in change.slices():
            wanted = expected.of(table, own)
            found.append(_not_shown(wanted, _decoded_fields(country, part, wanted)))
    return pl.concat(found)


def _not_shown(wanted: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Those of `wanted` that `after` (key, column, after) has not, or another value."""
    once = wanted.unique(["key", "column"], keep="first", maintain_order=True)
    joined = once.join(after, on=["key", "column"], how="left", maintain_order="left")
    stays = joined.filter(pl.col("after").is_null() | (pl.col("after") != pl.col("expected")))
    return stays.select(*EXPECTED_CHANGE, pl.col("after").alias("found"))


def _altered(country: Country, change: TableChange, wanted: pl.DataFrame) -> pl.DataFrame:
    """Changed fields that are neither expected with that value, nor a stamp of a row with an expected
    change."""
    fields = change.changed.filter(pl.col("column") != ORGANISATIONS)
    shown = _decoded(country, fields, wanted)
    once = wanted.unique(["key", "column"], keep="first").select("key", "column", "expected")
    judged = shown.join(once, on=["key", "column"], how="left", maintain_order="left")
    is_expected = (pl.col("expected") == pl.col("after")).fill_null(False)
    is_changed = pl.col("key").is_in(wanted["key"].unique().implode())
    rest = judged.filter(~is_expected & ~(is_stamp() & is_changed))
    return differences_of(
        rest.select(
            pl.lit(change.table).alias("table"),
            "key",
            "column",
            pl.coalesce("expected", "before").alias("expected"),
            pl.col("after").alias("found"),
        ),
        UNCHANGED,
        ALTERED,
    )


def _without_stamp(change: TableChange, wanted: pl.DataFrame) -> pl.DataFrame:
    """Rows with an expected change that bear the old version, or do not name the migration."""
    done = change.changed.join(wanted, on=["key", "column"], how="semi").select("key").unique()
    unsigned = done.join(change.altered.filter(~pl.col("is_signed")), on="key", how="semi")
    found = [differences_of(_rows(change.table, unsigned), UNCHANGED, UNSIGNED)]
    if has_version(change.table):
        raised = change.changed.filter(pl.col("column") == VERSION)
        old = _rows(change.table, done.join(raised, on="key", how="anti"))
        found.append(
            differences_of(old.with_columns(pl.lit(VERSION).alias("column")), UNCHANGED, OLD_VERSION)
        )
    return pl.concat(found)


def _decoded_fields(country: Country, change: TableChange, wanted: pl.DataFrame) -> pl.DataFrame:
    return _decoded(country, change.changed, wanted).select("key", "column", "after")


def _decoded(country: Country, fields: pl.DataFrame, wanted: pl.DataFrame) -> pl.DataFrame:
    """`fields` with `after` as a code where the expectation of that column is one."""
    lists = dict(wanted.filter(pl.col("list_name") != "").select("column", "list_name").unique().iter_rows())
    if not lists:
        return fields
    parts = [fields.filter(~pl.col("column").is_in(list(lists)))]
    for column, name in lists.items():
        own = fields.filter(pl.col("column") == column)
        parts.append(own.with_columns(country.lists.decode(own["after"], name).alias("after")))
    return pl.concat(parts)


def _no_fields() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(("key", "column", "after"), pl.String))


def _rows(table: str, rows: pl.DataFrame) -> pl.DataFrame:
    if rows.is_empty():
        return rows
    return rows.select(pl.lit(table).alias("table"), "key")


def person_of_rows(country: Country, table: str, keys: pl.Series) -> pl.DataFrame:
    """key, person of rows of `table`, from the row itself or from what its manager row is about."""
    names = columns(table)
    change = country.changes.get(table)
    parts = [country.snapshot.rows(table, keys)]
    if change is not None:
        parts.append(change.inserted_rows(keys))
    rows = pl.concat(parts).unique("key", keep="first")
    if "OFFENDER_ID" in names:
        return rows.select("key", pl.col("OFFENDER_ID").alias("person"))
    for parent, column in PARENTS.items():
        if column in names and parent != table:
            above = rows.filter(pl.col(column).is_not_null())
            if above.is_empty():
                continue
            found = person_of_rows(country, parent, above[column].unique())
            return above.select("key", pl.col(column).alias("_parent")).join(
                found.rename({"key": "_parent"}), on="_parent", how="left"
            ).select("key", "person")  # fmt: skip
    return rows.select("key", pl.lit(None, pl.String).alias("person"))


PARENTS = {
    "EVENT": "EVENT_ID", "RQMNT": "RQMNT_ID", "LIC_CONDITION": "LIC_CONDITION_ID",
    "PSS_RQMNT": "PSS_RQMNT_ID", "NSI": "NSI_ID", "COURT_REPORT": "COURT_REPORT_ID",
    "INSTITUTIONAL_REPORT": "INSTITUTIONAL_REPORT_ID", "UPW_DETAILS": "UPW_DETAILS_ID",
    "CUSTODY": "CUSTODY_ID", "OASYS_SET": "OASYS_SET_PK",
}  # fmt: skip
"""Table that names the person, and the column by which another table names its row."""
