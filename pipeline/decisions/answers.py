"""Answers about employees, as the assignment takes them: lines of DECISION_SCHEMA."""

import polars as pl

from pipeline.decisions.files import read_lines
from pipeline.workspace import Workspace
from vocabulary.decisions import STAFF


def staff_answers(workspace: Workspace, company: str) -> pl.DataFrame:
    """The answers about employees of `company`; none when the workspace has no list.

    Raises:
        ConfigError: the file cannot be read as CSV, or a column is missing.
    """
    return read_lines(workspace, STAFF).filter(pl.col("company") == company)
