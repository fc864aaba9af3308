"""How one value is written in the CSV files, workbooks and the schedule of an owner."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from samples import facts


@dataclass(frozen=True)
class Dialect:
    """How an export is written by one company; a line of vocabulary/dialects.csv."""

    container: str
    encoding: str
    delimiter: str
    header_row: int
    date_format: str
    unit: str
    decimal: str
    flags: tuple[str, str]


def dialect(export: str, company: str) -> Dialect:
    """The dialect of `export` at `company`: its own line, else its owner's, else that of all.

    Raises:
        MissingLineError: there is none of the three.
    """
    owner = facts.companies()[company]["owner"]
    lines = {
        line["scope"]: line for line in facts.lines("vocabulary", "dialects.csv") if line["export"] == export
    }
    scope = next((scope for scope in (company, owner, "*") if scope in lines), None)
    if scope is None:
        raise facts.MissingLineError(
            f"vocabulary/dialects.csv: no line of {export} for {company}, its owner {owner} or *; add one."
        )
    line = lines[scope]
    yes, _, no = line["flags"].partition("/")
    return Dialect(
        container=line["container"],
        encoding=line["encoding"],
        delimiter=line["delimiter"],
        header_row=int(line["header_row"] or 1),
        date_format=line["date_format"],
        unit=line["unit"],
        decimal=line["decimal"],
        flags=(yes, no),
    )


def unit_value(minutes: Any, form: Dialect) -> Any:
    """Minutes in the owner's unit: a number of hours or minutes, or text HH:MM. Text stays as it is."""
    if not isinstance(minutes, int):
        return minutes
    if form.unit == "HH:MM":
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if form.unit == "decimal hours":
        return minutes / 60
    return minutes


def cell_text(value: Any, form: Dialect) -> str:
    """One value as a CSV field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return form.flags[0] if value else form.flags[1]
    if isinstance(value, dt.date):
        return value.strftime(form.date_format)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, float):
        return f"{value:g}".replace(".", form.decimal)
    return str(value)
