"""How a row that a delta takes away is marked: SOFT_DELETED, or what deletions.csv says of its table."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

import polars as pl

from target.difference import PlanDifference, TableDifference
from target.edited import ids_of
from target.flag_rows import flag_tables
from target.schema.shape import columns, key_column
from vocabulary.errors import TargetError
from vocabulary.resources import text_table

SOFT_DELETED = "SOFT_DELETED"
FLAG, END, WITH, STAYS = "flag", "end", "with", "stays"


@dataclass(frozen=True)
class Deletion:
    """`how`: FLAG sets `column` to 1, END sets a date; WITH: the row stays with the row of `parent` that its
    word `column` names, which is marked; STAYS: others may need it, or it says nothing by itself."""

    how: str
    column: str = ""
    parent: str = ""


@cache
def deletion(name: str) -> Deletion | None:
    """How a row of the table is taken away; None where it cannot be."""
    line = next(text_table("target", "deletions.csv").filter(table=name).iter_rows(named=True), None)
    if line is not None:
        return Deletion(line["how"], line["column"] or "", line["parent"] or "")
    if SOFT_DELETED in columns(name):
        return Deletion(FLAG, SOFT_DELETED)
    return Deletion(STAYS) if name in flag_tables() else None


def require_deletable(found: PlanDifference, company: str) -> None:
    """Every row that goes can be marked as gone.

    Raises:
        TargetError: names the table and how many rows, and what to do.
    """
    gone = {each.table: each.gone for each in found.tables}
    told = []
    for name, rows in gone.items():
        how = deletion(name)
        lost = rows.height if how is None else 0
        if how is not None and how.how == WITH:
            parents = gone.get(how.parent, rows.clear())["natural_key"]
            lost = rows.filter(~pl.col(how.column).is_in(parents.implode()).fill_null(False)).height
        if lost:
            told.append(f"{lost} rows of {name}")
    if told:
        raise TargetError(
            f"the delta of {company} takes away {', '.join(told)}, which have neither a flag nor an end. "
            "Nothing was written. Leave the change out of the delta and have nDelius's users make it, or "
            "undo and load a full delivery again."
        )


def deletions(each: TableDifference, keys: pl.DataFrame | None, moment: dt.datetime) -> pl.DataFrame:
    """Key and column to set of the rows of a table that go; none where they are not marked themselves."""
    how = deletion(each.table)
    if each.gone.is_empty() or keys is None or how is None or how.how not in (FLAG, END):
        return pl.DataFrame()
    value = pl.lit(1, pl.Int64) if how.how == FLAG else pl.lit(moment).cast(pl.Datetime("us"))
    ids = ids_of(each.gone, keys).alias(key_column(each.table))
    return ids.to_frame().with_columns(value.alias(how.column))
