"""`decisions export` and `decisions import`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import CLEAN, DIFFERENCES
from cli.options import Options, takes_options
from cli.workspaces import opened, writing

if TYPE_CHECKING:
    from pipeline.workspace import Workspace

HEADER = ("file", "sheet", "row", "question", "outcome", "why")

Out = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="Where; default reports/ of the workspace.")
]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Workbooks that came back.")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    group.callback()(takes_options(introduction))
    group.command("export")(takes_options(export))
    group.command("import")(takes_options(take))
    app.add_typer(group, name="decisions", help="Open questions to a workbook, and the answers back.")


def introduction(options: Options) -> None:
    """Takes the options that stand in front of the subcommand."""


def export(options: Options, file: Out = None) -> None:
    """Writes the workbook of open questions.

    A sheet per kind: codes, persons, regions, teams, staff, limited access, interventions, programmes. Each
    question stands with the rows that wait for it and drop-downs of what may be answered. With --company
    only those of that company; personal data is in it with --reveal alone, and the audit log says who asked
    for it.
    """
    from cli.output import console, say
    from cli.reveal import write_audit
    from pipeline.decisions.questions import data_fingerprint, unanswered
    from reports.decisions.workbook import write_decisions

    workspace = opened(options)
    workspace.require_deliveries()
    path = file or default_path(workspace, reveal=options.reveal)
    with writing(options, workspace, "decisions export"):
        questions = unanswered(workspace)
        if options.reveal:
            write_audit(workspace, "decisions export", len(questions))
        write_decisions(
            questions,
            path,
            cycle=workspace.cycle,
            companies=workspace.company_codes,
            data=data_fingerprint(workspace),
            reveal=options.reveal,
        )
    console(options).print(f"Workbook: {path}", soft_wrap=True)
    say(options, f"{len(questions):,} questions wait. When it comes back: day1 decisions import {path.name}")


def default_path(workspace: "Workspace", *, reveal: bool) -> Path:
    """In the reports of the cycle, named after the companies where some were chosen."""
    place = workspace.revealed if reveal else workspace.reports
    return place / f"{'-'.join(['decisions', workspace.cycle, *workspace.chosen])}.xlsx"


def take(options: Options, files: Files) -> None:
    """Takes the answers of workbooks.

    Says line by line what it took and what it refused (exit code 1 when something was), and writes
    decisions/<kind>.csv, which the next run uses. A line whose question is not as it was written is
    refused alone, and what stands beside the table is passed over. A workbook whose data has changed
    since it was written is refused whole (exit code 3), a file that is no workbook likewise (2). Answers
    that contradict each other or one that is there already are listed, and none of them is taken.
    """
    import datetime as dt

    from cli.output import print_table, say
    from pipeline.decisions.deciding import import_decisions
    from pipeline.decisions.judge import REFUSED, TAKEN
    from reports.tables import Table

    workspace = opened(options)
    with writing(options, workspace, "decisions import"):
        lines = import_decisions(workspace, files, dt.datetime.now(dt.UTC).date())
    rows = tuple(
        (given.file, given.sheet, given.row, " ".join(given.key), line.outcome, line.why)
        for line in lines
        for given in (line.given,)
    )
    print_table(options, Table("Answers", HEADER, rows, "no line was answered"))
    taken, refused = (sum(line.outcome == outcome for line in lines) for outcome in (TAKEN, REFUSED))
    say(options, f"{taken:,} answers taken, {refused:,} refused. Next: day1 run")
    raise typer.Exit(DIFFERENCES if refused else CLEAN)
