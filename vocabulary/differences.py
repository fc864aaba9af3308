"""A difference names table, key, column and source row; values are only for who asked to see them.

Reconcile makes them, reports show them: the words are here, that both may use them.
"""

from functools import cache

import polars as pl

DIFFERENCE_SCHEMA = {
    "company": pl.String,
    "proof": pl.String,
    "table": pl.String,
    "key": pl.String,
    "column": pl.String,
    "export": pl.String,
    "source_file": pl.String,
    "source_row": pl.String,
    "what": pl.String,
    "expected": pl.String,
    "found": pl.String,
}
"""One line per row or field that is not as it must be.

`proof`: which proof found it (PROOFS). `table`, `key`, `column`: the place in the target, blank where the row
is not there or the whole row is meant. `export`, `source_file`, `source_row`: the source row, blank without.
`what`: one sentence without values. `expected`, `found`: VALUES, kept in work/ and shown with --reveal only.
"""

VALUES = ("expected", "found")

DESTINATION, FIELD, UNCHANGED, LEFT, ACCESS, TOTAL, OWN_RECORDS = (
    "destination",
    "field",
    "unchanged",
    "left",
    "access",
    "total",
    "own records",
)
PROOFS = (DESTINATION, FIELD, UNCHANGED, LEFT, ACCESS, TOTAL, OWN_RECORDS)
"""destination: every carried row is where it should be. field: its values are those of the source. unchanged:
nothing else in the target changed. left: nothing stays with a closing company. access: the same people see
the same persons. total: figures of rows and totals agree. own records: ledger, crosswalk and before-images
are as the load left them."""


@cache
def no_differences() -> pl.DataFrame:
    """An empty frame of differences."""
    return pl.DataFrame(schema=DIFFERENCE_SCHEMA)
