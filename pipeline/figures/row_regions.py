"""Which region each source row of a shared company is about: of its person, its parent row or its employee.

Only geography shares a company (routing.md). What names no region, such as a team or a held person, has none.
"""

import polars as pl

from vocabulary.batch import Batch
from vocabulary.links import Link, links, parents_first

SCHEMA = {
    "export": pl.String, "source_file": pl.String, "source_row": pl.String,
    "row_outcome": pl.String, "region": pl.String,
}  # fmt: skip


def row_regions(batch: Batch, persons: pl.DataFrame, employees: pl.DataFrame) -> pl.DataFrame:
    """SCHEMA, one line per source row; a row in several frames has the region of any of them.

    Args:
        persons: person_id, region.
        employees: source_file, source_row, region.
    """
    found = [pl.DataFrame(schema=SCHEMA)]
    for export, frames in batch.frames.items():
        regions: dict[str, pl.DataFrame] = {}
        for entity in [name for name in parents_first(export) if name in frames]:
            named = _by_person(frames[entity], persons)
            for link in links(export).get(entity, ()):
                if link.parent in regions:
                    named = _by_parent(named, link, regions[link.parent])
            regions[entity] = named
            found.append(named.select(list(SCHEMA)))
    of_employees = pl.concat(found).join(employees, on=["source_file", "source_row"], how="left")
    return (
        of_employees.with_columns(pl.coalesce("region", "region_right").alias("region"))
        .group_by(["export", "source_file", "source_row", "row_outcome"], maintain_order=True)
        .agg(pl.col("region").drop_nulls().first())
    )


def _by_person(rows: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `region` of the person that a row names by itself."""
    word = next((name for name in ("person_id", "offender_id") if name in rows.columns), None)
    plain = rows.drop("region", strict=False)
    if word is None:
        return plain.with_columns(pl.lit(None, pl.String).alias("region"))
    return plain.with_columns(_region(pl.col(word).cast(pl.String), persons, "person_id").alias("region"))


def _by_parent(rows: pl.DataFrame, link: Link, parents: pl.DataFrame) -> pl.DataFrame:
    """`rows` whose region is still unknown get the one of the parent they name."""
    of_parent = _region(pl.col(link.word), parents, link.parent_word)
    return rows.with_columns(pl.coalesce("region", of_parent).alias("region"))


def _region(word: pl.Expr, frame: pl.DataFrame, key: str) -> pl.Expr:
    """The region that `frame` gives for `word`; a key that stands twice there counts once."""
    known = frame.select(key, "region").drop_nulls().unique(key, maintain_order=True)
    return word.replace_strict(known[key], known["region"], default=None, return_dtype=pl.String)
