"""What two companies deliver that there is only one of: a new person (M09), a document of one store (H02)."""

import hashlib
from collections.abc import Sequence

import polars as pl

from matching.baseline import identifier_keys, unpivot_identifiers
from vocabulary.findings import PROVENANCE

HASHED = 16
"""Hexadecimal digits of a hash that stand for the values: 64 bits."""

PRISON_NUMBER = "noms "
"""How the value of a prison number begins."""

ALIKE = "alike "
"""How the value of two rows begins that look like one person: one company may deliver both."""

VALUE_SCHEMA = dict.fromkeys((*PROVENANCE, "value"), pl.String)
"""A row and one value that no two companies may both deliver; a row may have several."""

SHARED_SCHEMA = dict.fromkeys((*PROVENANCE, "shared"), pl.String)
"""A row that shares a value with a row of another company. `shared` names what they share: a hash."""


def identifiers_of(persons: pl.DataFrame) -> pl.DataFrame:
    """VALUE_SCHEMA of typed persons: their PNC, prison and CRO numbers in comparable form."""
    keys = persons.select(*PROVENANCE, *identifier_keys(persons)).with_row_index("row")
    long = unpivot_identifiers(keys.select("row", "pnc", "noms", "cro"), "row")
    named = long.select("row", pl.concat_str("kind", "value", separator=" ").alias("value"))
    return keys.join(named, on="row").select(list(VALUE_SCHEMA))


def shared_rows(values: pl.DataFrame) -> pl.DataFrame:
    """SHARED_SCHEMA of every row of `values` (VALUE_SCHEMA) that shares one with another company, or
    looks like another row of any.

    Rows hang together through others as well: one by the PNC number, the next by the prison number.
    """
    companies = values.group_by("value").agg(pl.col("company").n_unique().alias("companies"))
    several = companies.filter((pl.col("companies") > 1) | pl.col("value").str.starts_with(ALIKE))
    linked = values.join(several, on="value", how="semi").unique(maintain_order=True)
    together = _together(linked.group_by(PROVENANCE).agg("value")["value"].to_list())
    named = pl.DataFrame(
        {"value": list(together), "shared": list(together.values())},
        schema={"value": pl.String, "shared": pl.String},
    )
    return linked.join(named, on="value").select(list(SHARED_SCHEMA)).unique(maintain_order=True)


def _together(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Each value and the name of those that it hangs together with, by `rows` that have several."""
    above: dict[str, str] = {}

    def top(value: str) -> str:
        while above.setdefault(value, value) != value:
            value = above[value]
        return value

    for values in rows:
        for value in values:
            above[top(value)] = top(values[0])
    groups: dict[str, list[str]] = {}
    for value in above:
        groups.setdefault(top(value), []).append(value)
    return {value: _name(group) for group in groups.values() for value in group}


def _name(values: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(values)).encode()).hexdigest()[:HASHED]
