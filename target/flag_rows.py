"""Rows that are a flag on another row and have no number of their own: there once, whoever asks for them.

nDelius may hold such a row already. Then it is not inserted: its flag is set, and an undo sets it back. A
second company that needs the flag sets it once more, so that the first cannot be undone before it.
"""

from dataclasses import replace
from functools import cache

import polars as pl
import sqlalchemy as sa

from target.bulk import read, read_rows
from target.ledger import BEFORE_IMAGE, CROSSWALK
from target.plan import Change, Plan
from target.schema.record import fill_of, filled_tables
from target.schema.shape import primary_key
from target.schema.tables import table

FLAG = "IAPS_FLAG"
SET = 1


@cache
def flag_tables() -> frozenset[str]:
    """Tables whose key is that of the row which they flag."""
    alone = (name for name in filled_tables() if len(primary_key(name)) == 1)
    return frozenset(name for name in alone if fill_of(name, primary_key(name)[0]).fill == "ref")


def with_standing_flags(connection: sa.Connection, plan: Plan) -> Plan:
    """`plan` without the flag rows that nDelius holds; those not set by nDelius itself become changes."""
    inserts, changes = dict(plan.inserts), list(plan.changes)
    for name in sorted(flag_tables() & set(inserts)):
        key = primary_key(name)[0]
        ids = inserts[name][fill_of(name, key).source].cast(pl.Int64, strict=False)
        own = read(connection, CROSSWALK, ["TARGET_ID"], table(CROSSWALK).c["TABLE_NAME"] == name)
        standing = read_rows(connection, name, key, ids.drop_nulls(), [key, FLAG]).filter(
            ~pl.col(key).is_in(own["TARGET_ID"].implode())
        )
        inserts[name] = inserts[name].filter(~ids.is_in(standing[key].implode()).fill_null(False))
        by_others = read(connection, BEFORE_IMAGE, ["TARGET_ID"], table(BEFORE_IMAGE).c["TABLE_NAME"] == name)
        is_ndelius_own = (pl.col(FLAG) == SET) & ~pl.col(key).is_in(by_others["TARGET_ID"].implode())
        ours = standing.filter(~is_ndelius_own).sort(key)
        changes.append(Change(name, "flag", ours.select(pl.col(key).alias("key"), pl.lit(SET).alias(FLAG))))
    return replace(plan, inserts=inserts, changes=tuple(changes))
