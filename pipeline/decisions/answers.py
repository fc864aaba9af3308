"""Answers about employees, as the assignment takes them: lines of DECISION_SCHEMA."""

import polars as pl

from mappings.staff.decisions import DECISION_SCHEMA
from pipeline.decisions.files import read_lines
from pipeline.workspace import Workspace
from vocabulary.decisions import STAFF


def staff_answers(workspace: Workspace, company: str) -> pl.DataFrame:
    """The answers about employees of `company`; none when the workspace has no list. Columns that the list
    lacks are blank: it answers none of their questions.

    Raises:
        ConfigError: the file cannot be read as CSV, or a column is missing.
    """
    lines = read_lines(workspace, STAFF).filter(pl.col("company") == company)
    return lines.with_columns(
        pl.lit(None, pl.String).alias(word) for word in DECISION_SCHEMA if word not in lines.columns
    )
