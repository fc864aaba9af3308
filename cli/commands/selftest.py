"""`selftest`: whether reconcile finds what is damaged."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import CLEAN, DIFFERENCES
from cli.options import Options, takes_options
from cli.workspaces import opened, writing

if TYPE_CHECKING:
    from pipeline.workspace import Workspace
    from reconcile.selftest.run import SelfTest
    from reports.tables import Table

HEADER = ("kind", "what", "table", "rows", "named", "outcome", "proof")


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(selftest))


def selftest(
    options: Options,
    kind: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this kind of damage; repeatable. Default all."),
    ] = None,
) -> None:
    """Damages a copy of the target and shows that it is found.

    Proves the copy as it is, which must be clean; then inflicts every kind of damage it knows, one at a time,
    and looks whether a proof names each damaged row. The target itself is only read. All companies of the
    cycle that are loaded are proved. Exit code 1 when something is not found.
    """
    from cli.output import print_table

    tested = run_self_test(options, opened(options), tuple(kind or ()))
    print_table(options, result_table(tested))
    raise typer.Exit(print_end(options, tested))


def run_self_test(options: Options, workspace: "Workspace", ids: tuple[str, ...] = ()) -> "SelfTest":
    """The self-test under a progress bar."""
    from cli.progress import progress
    from pipeline.self_testing import damage_and_prove
    from reconcile.selftest.catalogue import chosen

    kinds = chosen(ids)
    with writing(options, workspace, "selftest"), progress(options, len(kinds)) as watching:
        return damage_and_prove(workspace, kinds, watching)


def result_table(tested: "SelfTest") -> "Table":
    """One line for each kind of damage."""
    from reports.tables import Table

    rows = tuple(
        (
            result.kind.id,
            result.kind.what,
            result.kind.table,
            len(result.rows),
            len(result.rows) - len(result.unnamed),
            result.outcome,
            result.proof,
        )
        for result in tested.results
    )
    return Table("Self-test", HEADER, rows)


def follow_reconcile(options: Options, workspace: "Workspace") -> int:
    """The self-test after the real reconciliation; returns the exit code.

    A document that reconcile prints stays the only one on stdout: then the last sentence and what was not
    found, on stderr, are all that is told.
    """
    from cli.output import show

    tested = run_self_test(options, workspace)
    if not options.is_plain:
        show(options, [result_table(tested)])
    return print_end(options, tested)


def print_end(options: Options, tested: "SelfTest") -> int:
    """What was not found, where to look, and the last sentence; returns the exit code."""
    from cli.output import say, warn
    from reconcile.selftest.tell import missed, summary

    for line in missed(tested):
        warn(options, line)
    say(options, summary(tested))
    return CLEAN if tested.passed else DIFFERENCES
