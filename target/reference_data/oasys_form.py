"""The reference rows of OASys that Day 1 refers to: the LAYER1 form of 2019, code categories and areas.

The form's wording is not public: a question stands under its code.
"""

import polars as pl

from target.bulk import insert
from target.reference_data.rows import next_ids
from target.resolve import Resolver
from vocabulary.resources import text_table

VERSION = {"version": "LAYER1", "version_number": "2"}
"""The form that assessments of the companies' own tools are carried under."""

CATEGORIES = "REF_CATEGORY"
_MODULE = "LAYER1"
_PARTS = {"section": "REF_SECTION", "question": "REF_QUESTION", "answer": "REF_ANSWER"}
"""Kind of a row of form.csv to its table, parents first."""


def add_categories(resolver: Resolver) -> None:
    """REF_CATEGORY rows of the lists that lie in REF_ELEMENT."""
    lists = text_table("target", "reference_lists.csv").drop_nulls("category")
    rows = lists.select(pl.col("category").alias("code"), pl.col("list_name").alias("description"))
    _add(resolver, CATEGORIES, rows)


def add_form(resolver: Resolver) -> None:
    """Version, sections, questions and answers of the form; the codes they use must be there."""
    version = {name: [value] for name, value in VERSION.items()}
    _add(resolver, "REF_MODULE", pl.DataFrame({"code": [_MODULE], "description": ["Layer 1"]}))
    _add(
        resolver,
        "REF_ASS_VERSION",
        pl.DataFrame({**version, "assessment_type": ["LAYER_1"], "module": [_MODULE]}),
    )
    form = text_table("target", "dictionary", "oasys", "form.csv").with_columns(
        *(pl.lit(value).alias(name) for name, value in VERSION.items())
    )
    for kind, table in _PARTS.items():
        _add(resolver, table, form.filter(pl.col("kind") == kind))


def add_areas(resolver: Resolver, areas: pl.DataFrame) -> None:
    """CT_AREA_EST rows under nDelius's area codes. `areas`: code, description."""
    _add(resolver, "CT_AREA_EST", areas.select("code", "description"))


def _add(resolver: Resolver, table: str, rows: pl.DataFrame) -> None:
    insert(resolver.connection, table, resolver.rows(table, rows, next_ids(resolver, table, rows)))
