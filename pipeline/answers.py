"""Answered decision lists: decisions/staff.csv of the workspace, as lines of DECISION_SCHEMA."""

import polars as pl

from mappings.staff.decisions import DECISION_SCHEMA
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

STAFF_ANSWERS = "staff.csv"
SIGNED = ("company", "employee_ref", "decision", "who", "when", "why")
"""Columns that every answered list has; of the columns for answers those that it needs."""


def staff_answers(workspace: Workspace, company: str) -> pl.DataFrame:
    """The answers about employees of `company`; none when the workspace has no list.

    Raises:
        ConfigError: the file cannot be read as CSV, or a column is missing.
    """
    path = workspace.decisions / STAFF_ANSWERS
    if not path.exists():
        return pl.DataFrame(schema=DECISION_SCHEMA)
    try:
        lines = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} is not readable as CSV in UTF-8. Save the decision list as CSV and put it there again."
        ) from error
    missing = [name for name in SIGNED if name not in lines.columns]
    if missing:
        raise ConfigError(
            f"{path} lacks the columns {', '.join(missing)}. Keep the header of the list that day1 wrote."
        )
    return lines.filter(pl.col("company").str.strip_chars() == company)
