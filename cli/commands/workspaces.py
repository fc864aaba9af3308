"""`init`, `demo`, `status` and `undo`."""

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Options, takes_options
from cli.workspaces import opened, writing
from vocabulary.errors import UsageError

if TYPE_CHECKING:
    from pipeline.status import StatusLine
    from pipeline.workspace import Workspace

STATUS = (
    "company", "cycle", "stage", "rows", "blocks",
    "set_aside", "warnings", "infos", "verdict", "samples", "sign_off", "next_step",
)  # fmt: skip
"""Columns of `day1 status`, fields of a status line."""

Folder = Annotated[Path | None, typer.Argument(metavar="DIR", help="Where; default the workspace.")]
DemoFolder = Annotated[Path | None, typer.Argument(metavar="DIR", help="Where; default ./demo.")]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (init, demo, status, undo):
        app.command()(takes_options(command))


def init(options: Options, folder: Folder = None) -> None:
    """Makes a workspace.

    It holds day1.toml, deliveries/, decisions/, work/, snapshots/ and reports/.
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
    from cli.commands.stages import perform
    from cli.output import say
    from pipeline.graph import COMMANDS
    from pipeline.holding import make_room
    from pipeline.workspace import Workspace
    from samples.make import make

    settings = tomllib.loads(files("cli").joinpath("demo.toml").read_text("utf-8"))
    where = folder or options.workspace or Path("demo")
    deliveries = options.deliveries or where / "deliveries"
    cycle = options.cycle or settings["cycle"]
    companies = options.company or tuple(settings["companies"])
    Workspace.init(where)
    chosen = replace(options, workspace=where, cycle=cycle, company=companies)
    say(options, f"Drawing sample deliveries of {', '.join(companies)} into {deliveries / cycle}")
    with writing(options, opened(chosen), "demo"):
        make(deliveries, cycle=cycle, companies=companies, people=settings["people"], seed=settings["seed"])
        if options.target is None:  # its own, of what an earlier day1 drew
            make_room(opened(chosen))
    perform(chosen, COMMANDS, dry_run=False)


def status(options: Options) -> None:
    """Says how far each company is.

    Per company and cycle (all of them, unless --cycle names one): stage reached, rows, findings by severity,
    verdict, which sample figures are in use, whether it is signed off, what to do next. Sample routing codes
    and pay hold the sign-off of the day, not of a rehearsal. A run at work is told with what it does.
    """
    from pipeline.status import status as status_of

    workspace = opened(options)
    tell_running(options, workspace)
    print_status(options, [line for each in cycles_of(options, workspace) for line in status_of(each)])


def cycles_of(options: Options, workspace: "Workspace") -> "list[Workspace]":
    """The cycle asked for, or every cycle in which a company asked for is.

    Raises:
        ConfigError: there is no such workspace, cycle or company in it.
    """
    if options.cycle or not workspace.cycles:
        return [workspace.looked_at()]
    every = [workspace.of_cycle(cycle) for cycle in workspace.cycles]
    within = [each for each in every if not each.chosen or set(each.chosen) <= set(each.seen_codes)]
    return [each.looked_at() for each in within or every[-1:]]


def tell_running(options: Options, workspace: "Workspace") -> None:
    """The run at work, if any, and what it said last."""
    from cli.output import say
    from pipeline.runs.folders import run_folder, running
    from pipeline.runs.recorder import read_log

    if (run := running(workspace)) is None:
        return
    lines = read_log(run_folder(workspace, run.name))
    done = sum(1 for line in lines if "  begins" not in line)
    say(options, f"At work since {run.began}: {run.name}, {run.command} (process {run.pid} on {run.host}).")
    if lines:
        say(options, f"  {done:,} steps done, last: {lines[-1]}")


def print_status(options: Options, lines: "Sequence[StatusLine]") -> None:
    """The status lines in the format asked for; on a narrow terminal a line a company all the same."""
    from cli.output import console, least_width, print_document, print_table, show
    from cli.status_page import narrow_tables, verdict_line
    from reports.tables import Table

    rows = tuple(tuple(getattr(line, name) for name in STATUS) for line in lines)
    whole = Table("Status", STATUS, rows, "no delivery in this workspace yet")
    if options.is_plain or not lines:
        print_table(options, whole)
        return
    is_narrow = least_width(whole) > console(options).width
    show(options, narrow_tables(lines) if is_narrow else [whole])
    print_document(f"{verdict_line(lines)}\n")


def undo(options: Options) -> None:
    """Takes one company's load out again.

    Proves that the target equals its state before. The company must be named with --company.
    """
    if not options.company:
        raise UsageError("undo takes out one company's load: name it with --company.")

    from cli.output import say
    from cli.recording import recorded
    from pipeline.runs.results import keep_results
    from pipeline.target import undo as undo_load

    workspace = opened(options)
    with recorded(options, workspace, "undo", steps=len(options.company)) as recorder:
        for company in options.company:
            recorder.stage(company, "undo")
            told = undo_load(recorder.workspace, company)
            recorder.done(company, "undo", "taken out")
            say(options, f"{company}: {told}")
        keep_results(recorder, None, with_reports=False)
