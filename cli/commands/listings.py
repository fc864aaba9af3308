"""`findings` and `trace`: rows, not figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Format, Options, takes_options
from cli.workspaces import looked_at
from vocabulary.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

SHOWN = 50
"""Findings that a terminal shows; json and csv give all."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (findings, trace):
        app.command()(takes_options(command))


def findings(options: Options) -> None:
    """Lists rows set aside or warned about.

    One line per failed rule per row. As csv: company, export, source_file, source_row, entity,
    column, rule, severity, stage. The row is numbered as the file's own program shows it: the line of
    a text, the record of a CSV, Sheet!row of a workbook, the MessageReferenceNumber of an XML message.
    With --reveal a last column shows the values, and the audit log who looked.
    """
    from cli.output import print_document
    from cli.reveal import revealed
    from pipeline.storage.results import findings as findings_of

    workspace = looked_at(options)
    found = findings_of(workspace)
    if options.reveal:
        found = revealed(workspace, found)
    if options.format is Format.CSV:
        print_document(found.write_csv())
    elif options.format is Format.JSON:
        print_document(found.write_json() + "\n")
    else:
        show_findings(options, found)


def show_findings(options: Options, found: "pl.DataFrame") -> None:
    """The first findings as a table, worst first, and how to get the rest."""
    from cli.output import say, show
    from reports.finding_order import worst_first
    from reports.tables import Table

    rows = tuple(tuple(value or "" for value in row) for row in worst_first(found).head(SHOWN).iter_rows())
    show(options, [Table("Findings", tuple(found.columns), rows)])
    if found.height > SHOWN:
        say(options, f"The worst {SHOWN} of {found.height:,}. All of them: day1 findings --format csv")


def trace(
    options: Options,
    place: Annotated[
        list[str] | None,
        typer.Argument(metavar="PLACE", help="COMPANY FILE ROW, or ID."),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TABLE|URL", help="Back from a row of this target table; or the target database."
        ),
    ] = None,
) -> None:
    """Follows a source row to its target rows.

    From the source: day1 trace COMPANY FILE ROW. Back from the target: day1 trace --target TABLE ID.
    A --target with :// in it is the database, anything else a table.
    """
    place = place or []
    tables, urls = parted(target or [])
    if (len(tables), len(place)) not in ((0, 3), (1, 1)):
        raise UsageError("trace takes COMPANY FILE ROW, or --target TABLE ID.")

    from cli.output import print_table
    from pipeline.trace import trace_source, trace_target
    from reports.tables import Table

    workspace = looked_at(replace(options, target=urls[-1] if urls else options.target))
    lines = trace_target(workspace, tables[0], place[0]) if tables else trace_source(workspace, *place)
    header = ("company", "file", "row", "table", "id", "what")
    rows = tuple(tuple(getattr(line, name) for name in header) for line in lines)
    print_table(options, Table("Trace", header, rows, "this row wrote nothing, or came from no delivery"))


def parted(targets: Sequence[str]) -> tuple[list[str], list[str]]:
    """Table names and database URLs: `trace` means both by --target, and only a URL has `://`."""
    return [one for one in targets if "://" not in one], [one for one in targets if "://" in one]
