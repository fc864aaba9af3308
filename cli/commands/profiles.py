"""`profile`: what is in a delivery before anything is run."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Format, Options, takes_options
from cli.workspaces import opened
from vocabulary.decisions import TEAMS

if TYPE_CHECKING:
    from reports.tables import Table

COLUMNS = (
    "file", "entity", "column", "rows", "filled", "distinct", "shortest", "longest", "odd", "basis", "shown",
)  # fmt: skip
"""Columns of the profile, fields of pipeline.profile.ColumnProfile."""

GAPS = "Teams without a receiver: add them to mappings/routing/teams.csv"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(profile))


def profile(
    options: Options,
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A delivered file, or a company's folder.")],
) -> None:
    """Shows what is in a file or delivery.

    Per column: rows, filled, distinct values, shortest and longest, what looks odd, whether the layout of
    the column is public or assumed, and the codes or the shapes of the values (9 a digit, A a letter);
    values of people are never shown. Of a whole delivery also the teams that neither routing nor
    decisions/teams.csv of the workspace knows, with the number of their live cases. Exit code 1 when there
    are any. As json both; as csv the columns.
    """
    from cli.output import csv_text, print_document, say, show
    from pipeline.decisions.files import decided_for
    from pipeline.profile import profile as profile_of

    workspace = opened(options)
    found = profile_of(path, lambda company: decided_for(workspace, TEAMS, company))
    for problem in found.problems:
        say(options, problem)
    tables = _tables(found.columns, found.gaps)
    if options.format is Format.JSON:
        print_document(json.dumps(asdict(found), indent=2, ensure_ascii=False) + "\n")
    elif options.format is Format.CSV:
        print_document(csv_text(tables[0]))
    else:
        show(options, tables)
    if found.gaps:
        raise typer.Exit(1)


def _tables(columns: tuple[object, ...], gaps: tuple[tuple[str, int], ...]) -> "list[Table]":
    from reports.tables import Table

    rows = tuple(tuple(getattr(column, name) for name in COLUMNS) for column in columns)
    lost = Table(GAPS, ("team", "live cases"), gaps, "every team of a live case has a receiver")
    return [Table("Columns", COLUMNS, rows, "no row could be read"), lost]
