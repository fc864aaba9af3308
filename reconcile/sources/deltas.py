"""What a company says it has after its deltas, worked out a second time from the text of each delivery.

Nothing here knows how stage extract laid a delta upon what was there (docs/adr/0153).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from extractors.base import scan_entity
from vocabulary.keys import key_words

ROW = ["source_file", "source_row"]
CHANGE, GONE = "change", "D"
KINDS = ("A", "C", "D")
_KEY = "_own_key"


@dataclass(frozen=True)
class Delivered:
    """One delivery of the line: where its text frames lie. `aside`: export, ROW of rows of a delta that were
    set aside, so that they change nothing. `is_last`: of the cycle that is proved."""

    cycle: str
    folder: Path
    aside: pl.DataFrame
    is_delta: bool = True
    is_last: bool = False

    def rows(self, export: str, entity: str) -> pl.LazyFrame | None:
        """The rows of an entity as they were sent, each with its key; None where it was not delivered."""
        if not (self.folder / export / entity).is_dir():
            return None
        return scan_entity(self.folder / export, entity).with_columns(_own_key(export, entity).alias(_KEY))

    def left_out(self, export: str) -> pl.LazyFrame:
        """ROW of its rows of `export` that change nothing."""
        return self.aside.filter(pl.col("export") == export).select(ROW).unique().lazy()

    def named(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """`rows` with the cycle in front of their file, but of the last delivery."""
        if self.is_last:
            return rows
        return rows.with_columns(
            pl.concat_str([pl.lit(f"{self.cycle}/"), "source_file"]).alias("source_file")
        )


def state_after(line: Sequence[Delivered], export: str, entity: str) -> pl.LazyFrame:
    """The rows of an entity after every delivery of the line, and those of the last that change nothing."""
    state: pl.LazyFrame | None = None
    names: list[str] = []
    for each in line:
        rows = each.rows(export, entity)
        if rows is None:
            continue
        if state is None:
            names = [name for name in rows.collect_schema().names() if name not in (CHANGE,)]
            state = rows.head(0).select(names)
        if not each.is_delta:
            state = each.named(rows).select(names)
            continue
        used = rows.join(each.left_out(export), on=ROW, how="anti", maintain_order="left")
        stays = state.join(
            used.select(_KEY).drop_nulls().unique(), on=_KEY, how="anti", maintain_order="left"
        )
        parts = [stays, each.named(used.filter(pl.col(CHANGE).str.strip_chars() != GONE)).select(names)]
        if each.is_last:
            unused = rows.join(each.left_out(export), on=ROW, how="semi", maintain_order="left")
            parts.append(unused.select(names))
        state = pl.concat(parts)
    if state is None:
        raise FileNotFoundError(f"{export}.{entity} was never delivered")
    return state.drop(_KEY)


def wrongly_told(line: Sequence[Delivered], export: str, entity: str) -> pl.DataFrame:
    """ROW, is_wrong of the readable rows of the last delivery: whether T08 is right to refuse it."""
    last = line[-1].rows(export, entity)
    nothing = pl.DataFrame(schema={**dict.fromkeys(ROW, pl.String), "is_wrong": pl.Boolean})
    if last is None or not line[-1].is_delta:
        return nothing
    keys = pl.Series(_KEY, [], pl.String)
    for each in line[:-1]:
        rows = each.rows(export, entity)
        if rows is None:
            continue
        kind = pl.col(CHANGE).str.strip_chars() if each.is_delta else pl.lit(KINDS[0])
        used = (
            rows.join(each.left_out(export), on=ROW, how="anti").select(_KEY, kind.alias("_kind")).collect()
        )
        there = used.filter(pl.col("_kind") != GONE)[_KEY]
        keys = pl.concat([keys.filter(~keys.is_in(used[_KEY].drop_nulls().implode())), there])
    is_known = pl.col(_KEY).is_in(keys.drop_nulls().implode()).fill_null(False)
    said = pl.col(CHANGE).str.strip_chars().fill_null("")
    is_right = said.is_in(KINDS) & (is_known == (said != KINDS[0]))
    is_twice = pl.col(_KEY).is_not_null() & (pl.len().over(_KEY) > 1)
    return last.select(*ROW, (~is_right | is_twice).alias("is_wrong")).collect()


def _own_key(export: str, entity: str) -> pl.Expr:
    parts = [
        pl.col(word).str.strip_chars().str.replace(r"^(\d+)\.0+$", "$1") for word in key_words(export, entity)
    ]
    whole = pl.concat_str(parts, separator=" ")
    return pl.when(whole.str.strip_chars() != "").then(whole)
