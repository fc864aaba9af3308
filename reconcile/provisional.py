"""Reference rows that a load may add: one for each code that still waits for a decision, and no other."""

import polars as pl

from reconcile.evidence import Country
from reconcile.lists import OF_SET, SETS, SHARED, place_of
from vocabulary.resources import resource, text_table

WAITS = "needed"


def waiting_codes(country: Country) -> dict[str, pl.Series]:
    """Table to the keys of inserted reference rows that stand for a code of a list that waits."""
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
        keys = rows.filter(pl.col(column).is_in(codes) & is_closed)["key"]
        found[table] = pl.concat([found.get(table, pl.Series("key", [], pl.String)), keys])
    return found


def _allowed() -> dict[str, list[str]]:
    """List of the target to the codes that wait."""
    found: dict[str, list[str]] = {}
    for file in resource("mappings", "codes").iterdir():
        for row in text_table("mappings", "codes", file.name).iter_rows(named=True):
            if row["decision"] == WAITS and row["target_list"]:
                code = row["target_code"] or row["source_code"]
                found.setdefault(row["target_list"].split(" (")[0].strip(), []).append(code)
    return found
