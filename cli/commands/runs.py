"""`runs` and `log`: every run of the workspace, and what one of them said."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Options, takes_options
from cli.workspaces import opened

if TYPE_CHECKING:
    from pipeline.runs.record import Run

HEADER = ("run", "cycle", "companies", "state", "exit", "verdict", "began", "seconds", "command")

Wanted = Annotated[
    str | None, typer.Argument(metavar="[RUN]", help="Number or name of the run; default the newest.")
]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (runs, log):
        app.command()(takes_options(command))


def runs(options: Options) -> None:
    """Lists every run of the workspace, the newest first.

    Of each its cycle and companies, how it ended, its verdict, when it began and how long it took. What
    belongs to it lies in runs/<run>: account, log, figures, findings and workbooks as they were then.
    """
    from cli.output import print_table
    from pipeline.runs.folders import runs_of
    from reports.tables import Table

    workspace = opened(options)
    workspace.require_there()
    rows = tuple(run_line(run) for run in runs_of(workspace) if options.cycle in (None, run.cycle))
    print_table(options, Table("Runs", HEADER, rows, "no run yet"))


def run_line(run: "Run") -> tuple[str | int, ...]:
    """The cells of one run."""
    companies = run.companies[0] if len(run.companies) == 1 else f"{len(run.companies)} companies"
    verdict = f"{run.verdict} (dry run)" if run.is_dry else run.verdict
    ended = "" if run.exit_code is None else str(run.exit_code)
    seconds = "" if run.seconds is None else f"{run.seconds:.0f}"
    return (run.name, run.cycle, companies, run.state_now, ended, verdict, run.began, seconds, run.command)


def log(options: Options, run: Wanted = None) -> None:
    """Prints the log of a run: each step with clock and duration, and how it ended."""
    from cli.output import print_document
    from pipeline.runs.folders import LATEST, find_run, run_folder
    from pipeline.runs.recorder import read_log

    workspace = opened(options)
    workspace.require_there()
    found = find_run(workspace, run or LATEST)
    print_document("\n".join([*read_log(run_folder(workspace, found.name)), ""]))
