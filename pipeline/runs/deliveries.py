"""Rows that one cycle's delivery has and another's has not, or has otherwise, by the keys of the records."""

from collections.abc import Iterator, Sequence

import polars as pl

from extractors.base import scan_entity
from pipeline.runs.rows import ROW, key_hash
from pipeline.workspace import Workspace
from vocabulary.keys import key_words
from vocabulary.line_hash import LINE_HASH, line_hash

ADDED, GONE, CHANGED = "added", "gone", "changed"

DELIVERY_SCHEMA = dict.fromkeys(
    (
        "state", "company", "export", "entity",
        "before_source_file", "before_source_row", "after_source_file", "after_source_row",
    ),
    pl.String,
)  # fmt: skip
"""A row that is not in both deliveries as it is."""

_KEY = "_key"


def changed_deliveries(before: Workspace, after: Workspace, codes: Sequence[str]) -> pl.DataFrame:
    """DELIVERY_SCHEMA of the rows of `codes` that two cycles deliver differently; nothing within one cycle,
    and nothing where the text of either is no longer there."""
    found = [pl.DataFrame(schema=DELIVERY_SCHEMA)]
    if before.cycle != after.cycle:
        for code in codes:
            found += _of_company(before, after, code)
    return pl.concat(found)


def _of_company(before: Workspace, after: Workspace, code: str) -> Iterator[pl.DataFrame]:
    folders = [side.stage_folder(code, "extract") for side in (before, after)]
    for place in sorted(folders[1].glob("*/*/")):
        export, entity = place.parent.name, place.name
        if (folders[0] / export / entity).is_dir():
            sides = [_rows(scan_entity(folder / export, entity), export, entity) for folder in folders]
            yield _changed(*sides).select(
                pl.col(name) if name in ROWS else pl.lit(value).alias(name)
                for name, value in zip(
                    DELIVERY_SCHEMA, ["", code, export, entity, "", "", "", ""], strict=True
                )
            )


def _rows(text: pl.LazyFrame, export: str, entity: str) -> pl.LazyFrame:
    """Key, line and place of each row that has a key."""
    hashed = text.select(*ROW, key_hash(key_words(export, entity)).alias(_KEY), line_hash(export, entity))
    return hashed.filter(pl.col(_KEY).is_not_null()).unique(_KEY, keep="first", maintain_order=True)


ROWS = ("state", *(name for name in DELIVERY_SCHEMA if name.endswith(("source_file", "source_row"))))
"""Columns of DELIVERY_SCHEMA that differ from row to row of one entity."""


def _changed(before: pl.LazyFrame, after: pl.LazyFrame) -> pl.DataFrame:
    sides = [
        rows.select(_KEY, LINE_HASH, *(pl.col(name).alias(f"{side}_{name}") for name in ROW))
        for side, rows in (("before", before), ("after", after))
    ]
    both = sides[0].join(sides[1], on=_KEY, how="full", coalesce=True, suffix="_after")
    other = f"{LINE_HASH}_after"
    state = (
        pl.when(pl.col(LINE_HASH).is_null())
        .then(pl.lit(ADDED))
        .when(pl.col(other).is_null())
        .then(pl.lit(GONE))
        .when(pl.col(LINE_HASH) != pl.col(other))
        .then(pl.lit(CHANGED))
    )
    return both.with_columns(state.alias("state")).filter(pl.col("state").is_not_null()).collect()
