"""The fields of every export: one row of `extractors/<export>/fields.csv` per table and per field of it.

`part` is the table, sheet, file or record as the specification names it, `entity` what its rows are, `field`
the shared name; a row without a field is the table itself. `type` as the data supply agreement writes it.
`required`, `key`, `closing`: Y or blank. `parent`: the field of another entity whose value this one repeats,
as `entity.field`; `elsewhere` Y where nDelius gave that key, so that the parent may stand in the baseline
only. `since`: the version of the specification that added the field. `meaning`, and `assumed`: Y where the
layout is ours and not public. Every other column holds headers, of a company, an owner or `*` for everybody
(extractors.layout).
"""

from functools import cache

import polars as pl

from vocabulary.resources import resource, text_table

FILE = "fields.csv"
ABOUT = (
    "part", "entity", "field", "type", "required", "key", "parent", "elsewhere", "closing", "since",
    "meaning", "assumed",
)  # fmt: skip
"""Columns that say what a field is; every other column holds headers."""


@cache
def exports() -> tuple[str, ...]:
    """Every export that has fields, in alphabetical order."""
    folders = resource("extractors").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.joinpath(FILE).is_file()))


@cache
def export_table(export: str) -> pl.DataFrame:
    """fields.csv of `export`: every column text, blank as null.

    Raises:
        ConfigError: the export has none.
    """
    return text_table("extractors", export, FILE)


@cache
def export_fields(export: str) -> pl.DataFrame:
    """The rows of `export` that are fields, without the tables' own."""
    return export_table(export).filter(pl.col("field").is_not_null())


@cache
def all_fields() -> pl.DataFrame:
    """`export` and ABOUT of the fields of every export."""
    return pl.concat(
        [export_fields(export).select(pl.lit(export).alias("export"), *ABOUT) for export in exports()]
    )
