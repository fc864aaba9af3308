"""The stages (pipeline.graph) and `run`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import of_reconciliation, of_status
from cli.options import Format, Options, takes_options
from cli.screen import visible
from cli.workspaces import opened
from pipeline.graph import BY_NAME, COMMANDS

if TYPE_CHECKING:
    from pipeline.runs.recorder import Recorder
    from pipeline.workspace import Workspace
    from reports.data import Reconciliation
    from reports.tables import Table


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for stage in (BY_NAME[name] for name in COMMANDS):
        command = reconcile if stage.name == "reconcile" else one_stage(stage.name)
        app.command(stage.name, help=f"{stage.summary}\n\n{stage.explanation}")(takes_options(command))
    app.command("run")(takes_options(run))


def one_stage(stage: str) -> Callable[..., None]:
    """The command of one stage."""

    def command(options: Options) -> None:
        perform(options, (stage,), dry_run=False)

    return command


def reconcile(
    options: Options,
    self_test: Annotated[
        bool, typer.Option("--self-test", help="Then damage a copy and show that it is found (selftest).")
    ] = False,
) -> None:
    """The stage, and after it the self-test when it is wanted."""
    from cli.commands.selftest import follow_reconcile

    workspace = opened(options)
    exit_code = carried_out(options, workspace, ("reconcile",), dry_run=False)
    if self_test:
        exit_code = max(exit_code, follow_reconcile(options, workspace))
    raise typer.Exit(exit_code)


def run(
    options: Options,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="The same road up to the commit, then roll back.")
    ] = False,
) -> None:
    """All stages in order.

    An empty target is created and given the cycle's baseline first. A stage whose inputs have not changed
    since its last good run is not run again. Prints the reconciliation and ends with its exit code.
    """
    perform(options, COMMANDS, dry_run=dry_run)


def perform(options: Options, stages: Sequence[str], *, dry_run: bool) -> None:
    """Runs `stages`, prints what came of it and ends with its exit code."""
    raise typer.Exit(carried_out(options, opened(options), stages, dry_run=dry_run))


def carried_out(options: Options, workspace: "Workspace", stages: Sequence[str], *, dry_run: bool) -> int:
    """Runs `stages` under a recorder and prints what came of it; returns the exit code."""
    from cli.recording import recorded
    from pipeline.runs.results import keep_results

    workspace.require_deliveries()  # a folder without any is no workspace to leave a lock in
    command, steps = stages[0] if len(stages) == 1 else "run", len(stages) * len(workspace.company_codes)
    with recorded(options, workspace, command, steps=steps, dry_run=dry_run) as recorder:
        found = run_recorded(options, recorder, stages, dry_run=dry_run)
        keep_results(recorder, found, with_reports="report" in stages and not dry_run)
        exit_code = judged(workspace, found)
        recorder.end(exit_code)
    tell(options, workspace, stages, found, dry_run=dry_run)
    return exit_code


def run_recorded(
    options: Options, recorder: "Recorder", stages: Sequence[str], *, dry_run: bool
) -> "Reconciliation | None":
    """Runs `stages`; a reconciliation comes back when they reconcile."""
    from cli.reveal import write_audit
    from pipeline.run import run_stages
    from pipeline.stages.spread import Spread
    from pipeline.storage.results import findings

    if options.reveal and "report" in stages:
        write_audit(recorder.workspace, "report", findings(recorder.workspace.whole).height)
    return run_stages(
        recorder.workspace,
        stages,
        dry_run=dry_run,
        progress=recorder,
        reveal=options.reveal,
        spread=Spread(options.jobs, options.scheduler),
    )


def judged(workspace: "Workspace", found: "Reconciliation | None") -> int:
    """The exit code: of the reconciliation, else of what the stages have found so far."""
    from pipeline.status import status
    from pipeline.storage.results import failures

    if found is not None:
        return of_reconciliation(found)
    stopped = (failure.exit_code for failure in failures(workspace).values())
    return of_status(status(workspace), stopped)


def tell(
    options: Options,
    workspace: "Workspace",
    stages: Sequence[str],
    found: "Reconciliation | None",
    *,
    dry_run: bool,
) -> None:
    """Prints what came of `stages`."""
    if found is None:
        print_progress_made(options, workspace)
    else:
        rows = rows_found(workspace, found, dry_run=dry_run, is_written="report" in stages)
        print_reconciliation(options, found, rows, dry_run=dry_run)
    if "report" in stages and not dry_run:
        print_workbooks(options, workspace)


def print_progress_made(options: Options, workspace: "Workspace") -> None:
    """Who is refused or stopped and why, and the status after stages that do not reconcile."""
    from cli.commands.workspaces import print_status
    from cli.output import warn
    from pipeline.status import status
    from pipeline.storage.results import refusals

    for refusal in refusals(workspace):
        warn(options, refusal)
    print_status(options, status(workspace))


def print_workbooks(options: Options, workspace: "Workspace") -> None:
    """Where the workbooks lie: with the tables on stdout, beside a document on stderr."""
    from cli.output import console

    reports = workspace.revealed if options.reveal else workspace.reports
    for workbook in sorted(reports.glob("*.xlsx")):
        console(options, stderr=options.is_plain).print(visible(f"Workbook: {workbook}"), soft_wrap=True)


MOST_ROWS = 20
"""Rows of a list in the terminal."""


def rows_found(
    workspace: "Workspace", reconciliation: "Reconciliation", *, dry_run: bool, is_written: bool
) -> "list[Table]":
    """The first rows that are left or differ; a dry run keeps no list of differences, only their number."""
    from pipeline.limited import Limited, differences_for_everybody
    from reports.differences import BRIEF, difference_counts, difference_page
    from reports.left import left_page

    def full_list(what: str) -> str:
        path = workspace.reports / f"national.{what}.csv"
        return str(path) if is_written and not dry_run else f"{path}, after day1 report"

    tables = []
    if any(company.left for company in reconciliation.companies):
        tables.append(left_page(reconciliation, MOST_ROWS, full_list("left")))
    if any(company.differences for company in reconciliation.companies):
        tables.append(difference_counts(reconciliation))
        if not dry_run:
            found = differences_for_everybody(Limited.of(workspace)).select(BRIEF)
            tables.append(difference_page(found, MOST_ROWS, full_list("differences")))
    return tables


def print_reconciliation(
    options: Options, reconciliation: "Reconciliation", found: "Sequence[Table]", *, dry_run: bool
) -> None:
    """The reconciliation in the format asked for, as tables the first page only.

    `found` are rows that are not as they must be.
    """
    from cli.output import csv_text, print_document, say, show, warn
    from reports.basis import basis_sentence, sign_off_sentence
    from reports.figures import figures
    from reports.json_report import as_json
    from reports.summary import advice, first_page

    for company in reconciliation.companies:
        for problem in company.problems:
            warn(options, f"{company.company}: {problem}")
    if options.format is Format.JSON:
        print_document(as_json(reconciliation))
    elif options.format is Format.CSV:
        print_document(csv_text(figures(reconciliation)))
    else:
        show(options, first_page(reconciliation, found))
    say(options, f"Verdict: {reconciliation.verdict}.")
    say(options, f"Sign-off {sign_off_sentence(reconciliation)}.")
    say(options, f"Stands on {basis_sentence(reconciliation)}.")
    if dry_run:
        say(options, "Dry run: rolled back, nothing was written.")
    for line in advice(reconciliation):
        say(options, f"  - {line}")
