"""`init`, `demo`, `status` and `undo`."""

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import of_reconciliation
from cli.options import Options, takes_options
from cli.workspaces import opened
from vocabulary.errors import UsageError

if TYPE_CHECKING:
    from pipeline.status import StatusLine

STATUS = (
    "company", "cycle", "stage", "rows", "blocks",
    "set_aside", "warnings", "infos", "verdict", "next_step",
)  # fmt: skip
"""Columns of `day1 status`, fields of a status line."""

Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where; default the workspace.")]
DemoFolder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where; default ./demo.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (init, demo, status, undo):
        app.command()(takes_options(command))


def init(options: Options, folder: Folder = None) -> None:
    """Makes a workspace.

    It holds day1.toml, deliveries/, decisions/, work/ and reports/.
    """
    from cli.output import say
    from pipeline.workspace import Workspace

    where = folder or options.workspace or Path()
    Workspace.init(where)
    say(options, f"Workspace ready: {where}")
    say(options, f"Next: put the deliveries under {where / 'deliveries'}/<cycle>/<company>/, then: day1 run")


def demo(options: Options, folder: DemoFolder = None) -> None:
    """Takes two sample companies all the way.

    Draws their deliveries and the baseline, runs all stages, writes the workbook and prints where to look.
    """
    from dataclasses import replace

    from cli.commands.stages import STAGES, print_reconciliation, run_with_progress
    from cli.output import say
    from pipeline.workspace import Workspace
    from samples.make import make

    settings = tomllib.loads(files("cli").joinpath("demo.toml").read_text("utf-8"))
    where = folder or options.workspace or Path("demo")
    if not (where / "day1.toml").exists():
        Workspace.init(where)
    deliveries = options.deliveries or where / "deliveries"
    cycle = options.cycle or settings["cycle"]
    companies = options.company or tuple(settings["companies"])
    say(options, f"Drawing sample deliveries of {', '.join(companies)} into {deliveries / cycle}")
    make(deliveries, cycle=cycle, companies=companies, people=settings["people"], seed=settings["seed"])
    workspace = opened(replace(options, workspace=where, cycle=cycle, company=companies))
    reconciliation = run_with_progress(options, workspace, tuple(STAGES))
    if reconciliation is None:
        raise UsageError("The demonstration ended without a reconciliation. See: day1 status")
    print_reconciliation(options, reconciliation, dry_run=False)
    say_where_to_look(options, where)
    raise typer.Exit(of_reconciliation(reconciliation))


def say_where_to_look(options: Options, workspace: Path) -> None:
    """The workbooks that lie in the workspace."""
    from cli.output import warn

    for workbook in sorted((workspace / "reports").rglob("*.xlsx")):
        warn(options, f"Workbook: {workbook}")


def status(options: Options) -> None:
    """Says how far each company is.

    Per company and cycle: stage reached, rows, findings by severity, verdict, what to do next.
    """
    from pipeline.status import status as status_of

    print_status(options, status_of(opened(options)))


def print_status(options: Options, lines: Iterable["StatusLine"]) -> None:
    """The status lines in the format asked for."""
    from cli.output import print_table
    from reports.tables import Table

    rows = tuple(tuple(getattr(line, name) for name in STATUS) for line in lines)
    print_table(options, Table("Status", STATUS, rows, "no delivery in this workspace yet"))


def undo(options: Options) -> None:
    """Takes one company's load out again.

    Proves that the target equals its state before. The company must be named with --company.
    """
    from cli.output import say
    from pipeline.target import undo as undo_load

    if not options.company:
        raise UsageError("undo takes out one company's load: name it with --company.")
    workspace = opened(options)
    for company in options.company:
        say(options, f"{company}: {undo_load(workspace, company)}")
