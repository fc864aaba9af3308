"""Reference rows that a load may add: one for each code that still waits for a decision, and no other."""

import polars as pl

from reconcile.sources.evidence import Country
from reconcile.target.code_names import OF_SET, SETS, SHARED, place_of
from target.schema.shape import columns
from vocabulary.resources import resource, text_table

WAITS = "needed"
ENDING = " (provisional)"
DESCRIPTIONS = ("CODE_DESCRIPTION", "REF_ELEMENT_DESC", "DESCRIPTION")
"""The column of a list that describes a code: the first of these that it has."""

JUDGING = ("OUTCOME_ATTENDANCE", "OUTCOME_COMPLIANT_ACCEPTABLE", "ENFORCEABLE")
"""Columns by which an outcome speaks for or against a person: one that waits says nothing."""


def waiting_codes(country: Country) -> dict[str, pl.Series]:
    """Table to the keys of inserted reference rows that stand for a code of a list that waits, closed to
    choice, described as the code list describes it, and silent about the person."""
    found: dict[str, pl.Series] = {}
    allowed = _allowed()
    sets = dict(country.lists.table(SETS).select("CODE_SET_NAME", "key").iter_rows())
    for list_name, codes in allowed.items():
        table, column = place_of(list_name)
        if table not in country.changes:
            continue
        rows = country.changes[table].inserted_rows()
        if table == SHARED:
            rows = rows.filter(pl.col(OF_SET) == sets.get(list_name, ""))
        is_closed = pl.col("SELECTABLE") != "Y" if "SELECTABLE" in rows.columns else pl.lit(True)
        named = pl.concat_str([column, *_described(table)], separator=ENDING)
        is_silent = pl.all_horizontal(
            True, *(pl.col(name).is_null() for name in JUDGING if name in rows.columns)
        )
        keys = rows.filter(named.is_in(_shown(table, codes)) & is_closed & is_silent)["key"]
        found[table] = pl.concat([found.get(table, pl.Series("key", [], pl.String)), keys])
    return found


def _described(table: str) -> list[str]:
    """The column that describes a code; none where the list has codes alone."""
    return [name for name in DESCRIPTIONS if name in columns(table)][:1]


def _shown(table: str, codes: list[tuple[str, str]]) -> list[str]:
    """Code and description of each of `codes` as a row of `table` may hold them, cut to the column."""
    described = _described(table)
    if not described:
        return [code for code, _ in codes]
    fits = (columns(table)[described[0]].length or 0) - len(ENDING)
    return [f"{code}{ENDING}{(label or code)[:fits]}{ENDING}" for code, label in codes]


def _allowed() -> dict[str, list[tuple[str, str]]]:
    """List of the target to the codes that wait, each with its label."""
    found: dict[str, list[tuple[str, str]]] = {}
    for file in resource("mappings", "codes").iterdir():
        for row in text_table("mappings", "codes", file.name).iter_rows(named=True):
            if row["decision"] == WAITS and row["target_list"]:
                shown = (row["source_code"], row["source_label"])
                found.setdefault(row["target_list"].split(" (")[0].strip(), []).append(shown)
    return found
