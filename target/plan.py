"""What one company's Day 1 writes, with codes instead of ids: the contract between mappings and load."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Change:
    """Rows of `table` that exist and change in place.

    `kind` is `close` (an end date is set), `repoint` (team or officer changed), `withdraw` (a pending
    transfer is taken off), or of those that a load adds `rebuild` (a flag follows from other rows) and `flag`
    (a flag row that stands is set). `rows` has `key` (Int64, the row's id) and one column per target column
    to set, named as in the dictionary, holding the natural value that the table's record (target/records)
    resolves.
    """

    table: str
    kind: str
    rows: pl.DataFrame


@dataclass(frozen=True)
class Plan:
    """All writes of one company in one cycle.

    `inserts` maps a table to its new rows: `natural_key` (text, unique per company and table), `export`,
    `source_file`, `source_row`, and the words that target/records/<TABLE>.csv names. A word that refers to
    another row holds either that row's id in digits or the natural key of a row inserted by the same plan.
    `provisional` has `list_name, code, description`: coded values that wait for a decision (codes.md).
    """

    company: str
    cycle: str
    inserts: dict[str, pl.DataFrame]
    changes: tuple[Change, ...]
    provisional: pl.DataFrame
