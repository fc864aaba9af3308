"""Whether a person has a live sentence: OFFENDER.CURRENT_DISPOSAL must follow from the events after the load,
of everybody of whom a row is other than in the snapshot.

Readers go by the flag (docs/proofs.md). Of everybody else it stays what nDelius had, right or wrong.
"""

import polars as pl

from reconcile.expected.changes import EXPECTED_CHANGE, expect
from reconcile.sources.evidence import Country
from reconcile.target.key_set import KeySet
from reconcile.target.rows import read_column_parts, values_of
from reconcile.target.snapshot import ALTERED, INSERTED, TableChange
from target.schema.shape import columns, primary_key

FLAG = "CURRENT_DISPOSAL"
PERSON = "OFFENDER_ID"


def expected_sentence_flags(country: Country) -> pl.DataFrame:
    """EXPECTED_CHANGE of the flags that changed, or had to change."""
    change = country.changes.get("OFFENDER")
    before = _before(change)
    now = country.columns("OFFENDER", [FLAG])
    live = _live_sentences(country)
    touched = _touched(country)
    judged = now.filter(pl.col("key").is_in(touched.implode())).with_columns(
        pl.when(pl.col("key").is_in(live.implode())).then(pl.lit("1")).otherwise(pl.lit("0")).alias("must")
    )
    concerned = judged.filter((pl.col("must") != pl.col(FLAG)) | pl.col("key").is_in(before.implode()))
    return pl.concat(
        [pl.DataFrame(schema=EXPECTED_CHANGE), expect(concerned, "OFFENDER", FLAG, pl.col("must"))]
    )


def _before(change: TableChange | None) -> pl.Series:
    """Persons whose flag is another than before the load."""
    if change is None:
        return pl.Series("key", [], pl.String)
    return change.changed.filter(pl.col("column") == FLAG)["key"]


def _live_sentences(country: Country) -> pl.Series:
    """Persons with an active sentence on an event that is not deleted."""
    sentences = country.columns("DISPOSAL", [PERSON, "EVENT_ID"], "ACTIVE_FLAG = 1 AND SOFT_DELETED = 0")
    events = country.columns("EVENT", [PERSON], "SOFT_DELETED = 0")
    return sentences.filter(pl.col("EVENT_ID").is_in(events["key"].implode()))[PERSON].unique()


def _touched(country: Country) -> pl.Series:
    """Persons whom nDelius knew and of whom a row is new, gone or other than before; a new person's own row
    is proved with its other columns."""
    found = [pl.Series(PERSON, [], pl.String)]
    new = pl.Series("key", [], pl.String)
    for name, change in country.changes.items():
        if PERSON not in columns(name) or not primary_key(name):
            continue
        if name == "OFFENDER":
            new = change.keys(INSERTED)
        keys = KeySet.of(pl.concat([change.keys(INSERTED), change.keys(ALTERED)]))
        for rows in read_column_parts(country.connection, name, [PERSON]):
            found.append(rows.filter(keys.holds(rows["key"]))[PERSON].unique())
        found.append(values_of(name, change.missing)[PERSON])
    touched = pl.concat(found).drop_nulls().unique()
    return touched.filter(~touched.is_in(new.implode()))
