"""`compare`: rehearsal against rehearsal, or run against run."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Format, Options, takes_options
from cli.workspaces import opened

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.compare import Comparison
    from pipeline.workspace import Workspace

Which = Annotated[str, typer.Argument(help="A cycle, or the number or name of a run.")]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(compare))


def compare(options: Options, before: Which, after: Which) -> None:
    """Holds a rehearsal against another, or a run against a later one.

    Findings new, fixed and persisting; totals that moved, and the rows behind them; verdicts and times. Of a
    cycle the newest results of each company count. Rows are the same where their keys are, whatever file and
    line they stand in now. The full lists are written to reports/compare of the workspace, as CSV.
    """
    from cli.output import print_document, print_json, records_of, say, show
    from pipeline.compare import compare as compared
    from reports.comparison import comparison_tables, timing_table

    workspace = opened(options)
    workspace.require_there()
    found = compared(workspace, before, after)
    sides = (before, after)
    tables = comparison_tables(sides, found.figures, found.findings, found.outcomes, found.deliveries)
    tables.append(timing_table(sides, found.before.seconds_by_stage, found.after.seconds_by_stage))
    if options.format is Format.JSON:
        print_json({table.title: records_of(table) for table in tables})
    elif options.format is Format.CSV:
        print_document(found.findings.write_csv())
    else:
        show(options, tables)
    for company, side in found.one_sided.items():
        say(options, f"{company} is in {side} alone, and compared with nothing.")
    if not options.is_plain:
        for path in write_lists(workspace, found):
            say(options, f"Full list: {path}")


def write_lists(workspace: "Workspace", found: "Comparison") -> "list[Path]":
    """Writes the findings and the rows behind what moved; gives where."""
    from reports.atomic_write import atomic_write

    folder = workspace.root / "reports" / "compare"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{found.before.name}-{found.after.name}"
    lists = {"findings": found.findings, "outcomes": found.outcomes, "deliveries": found.deliveries}
    written = []
    for what, rows in lists.items():
        path = folder / f"{name}.{what}.csv"
        with atomic_write(path) as partial:
            rows.write_csv(partial)
        written.append(path)
    return written
