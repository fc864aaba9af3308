"""The eight stages and `run`."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import of_reconciliation, of_status
from cli.options import Format, Options, takes_options
from cli.workspaces import opened

if TYPE_CHECKING:
    from pipeline.workspace import Workspace
    from reports.data import Reconciliation

STAGES = {
    "receive": "Checks deliveries against their manifests",
    "extract": "Reads the files as text, values untouched",
    "map": "Gives values their types and codes",
    "match": "Finds who is already known",
    "validate": "Applies the rules; says what is set aside",
    "load": "Writes one transaction per company",
    "reconcile": "Reads the target back and compares",
    "report": "Writes the workbook",
}
"""Stage to what it does, in the order of a run."""


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for stage, does in STAGES.items():
        app.command(stage, help=f"{does}.")(takes_options(one_stage(stage)))
    app.command("run")(takes_options(run))


def one_stage(stage: str) -> Callable[..., None]:
    """The command of one stage."""

    def command(options: Options) -> None:
        perform(options, (stage,), dry_run=False)

    return command


def run(
    options: Options,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="The same road up to the commit, then roll back.")
    ] = False,
) -> None:
    """All stages in order. An empty target is created and given the cycle's baseline first."""
    perform(options, tuple(STAGES), dry_run=dry_run)


def perform(options: Options, stages: Sequence[str], *, dry_run: bool) -> None:
    """Runs `stages`, prints what came of it and ends with its exit code."""
    workspace = opened(options)
    reconciliation = run_with_progress(options, workspace, stages, dry_run=dry_run)
    if reconciliation is None:
        from cli.commands.workspaces import print_status
        from pipeline.status import status

        lines = status(workspace)
        print_status(options, lines)
        raise typer.Exit(of_status(lines))
    print_reconciliation(options, reconciliation, dry_run=dry_run)
    raise typer.Exit(of_reconciliation(reconciliation))


def run_with_progress(
    options: Options, workspace: "Workspace", stages: Sequence[str], *, dry_run: bool = False
) -> "Reconciliation | None":
    """Runs `stages` under a progress bar; a reconciliation comes back when they reconcile."""
    from cli.progress import progress
    from pipeline.run import run_stages

    with progress(options) as watching:
        return run_stages(workspace, stages, dry_run=dry_run, progress=watching)


def print_reconciliation(options: Options, reconciliation: "Reconciliation", *, dry_run: bool) -> None:
    """The reconciliation in the format asked for; as tables the first page only."""
    from cli.output import csv_text, print_document, say, show, warn
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
        show(options, first_page(reconciliation))
    outcome = "Dry run: rolled back, nothing was written." if dry_run else ""
    say(options, "\n".join(line for line in (f"Verdict: {reconciliation.verdict}.", outcome) if line))
    for line in advice(reconciliation):
        say(options, f"  - {line}")
