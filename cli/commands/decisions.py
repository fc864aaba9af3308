"""`decisions export` and `decisions import`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import CLEAN, DIFFERENCES
from cli.options import Options, takes_options
from cli.screen import visible
from cli.workspaces import opened, writing
from vocabulary.errors import UsageError
from vocabulary.limited_access import ASK

if TYPE_CHECKING:
    from pipeline.workspace import Workspace
    from reports.decisions.question import Question
    from reports.decisions.read import Answer

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
    for it. Questions about persons with limited access are counted in it, and stand in a workbook of their
    own beside it, <name>-limited-access.xlsx, for who may see them. With --reveal no file is written over
    that is there by the name of FILE.
    """
    from cli.output import console, say
    from cli.reveal import write_audit
    from pipeline.decisions.limited import set_apart
    from pipeline.decisions.questions import unanswered
    from pipeline.limited import Limited

    workspace = opened(options)
    workspace.require_deliveries()
    path = file or default_path(workspace, reveal=options.reveal)
    if options.reveal and file and file.exists():
        raise UsageError(f"{file} is there. What is revealed is written beside it: name a file that is not.")
    with writing(options, workspace, "decisions export"):
        questions = unanswered(workspace)
        if options.reveal:
            write_audit(workspace, "decisions export", len(questions))
        parts = set_apart(questions, Limited.of(workspace))
        paths = write_both(workspace, *parts, path, reveal=options.reveal)
    for written in paths:
        console(options).print(visible(f"Workbook: {written}"), soft_wrap=True)
    apart = f", {len(parts[1]):,} of them about persons with limited access" if parts[1] else ""
    say(options, f"{len(questions):,} questions wait{apart}. When it comes back: day1 decisions import FILE")


def write_both(
    workspace: "Workspace",
    questions: "list[Question]",
    limited: "list[Question]",
    path: Path,
    *,
    reveal: bool,
) -> list[Path]:
    """Writes `path`, and beside it the workbook of `limited` questions where there are any; gives both."""
    from pipeline.decisions.questions import data_fingerprint
    from reports.decisions.workbook import write_decisions

    write = partial(
        write_decisions,
        cycle=workspace.cycle,
        companies=workspace.company_codes,
        data=data_fingerprint(workspace),
        reveal=reveal,
    )
    write(questions, path, elsewhere=limited)
    apart = path.with_name(f"{path.stem}-limited-access{path.suffix}")
    if not limited:
        apart.unlink(missing_ok=True)  # of an earlier export, whose questions are answered
        return [path]
    write(limited, apart, is_limited=True)
    return [path, apart]


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
        (given.file, given.sheet, given.row, question_of(given), line.outcome, line.why)
        for line in lines
        for given in (line.given,)
    )
    print_table(options, Table("Answers", HEADER, rows, "no line was answered"))
    taken, refused = (sum(line.outcome == outcome for line in lines) for outcome in (TAKEN, REFUSED))
    say(options, f"{taken:,} answers taken, {refused:,} refused. Next: day1 run")
    raise typer.Exit(DIFFERENCES if refused else CLEAN)


def question_of(given: "Answer") -> str:
    """The question as it is printed; of a person with limited access nothing, file and row find it."""
    return ASK if given.is_limited else " ".join(given.key)
