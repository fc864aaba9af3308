"""`signoff`: who accepts a company's result, and of what exactly."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.exit_codes import CLEAN, DIFFERENCES
from cli.options import Options, takes_options
from cli.workspaces import looked_at
from vocabulary.errors import UsageError

if TYPE_CHECKING:
    from pipeline.signoff import State

HEADER = ("company", "cycle", "state", "by", "role", "at", "run", "what")

By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who signs.")]
Role = Annotated[str, typer.Option("--role", metavar="ROLE", help="As what: programme director, ...")]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        metavar="WORD",
        help="Accept this, repeatable: set-aside (rows), waiting (points), unattended (cases).",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(signoff))


def signoff(options: Options, by: By = "", role: Role = "", accept: Accept = None) -> None:
    """Shows what holds sign-off, or signs.

    Without --by: of each company what holds, what must be accepted, and who has signed. With --by and --role
    it signs for the companies named, all of them or none. It refuses while a proof does not hold, and what is
    left to accept must be named. A sign-off is bound to delivery, baseline, answers, rules, code lists,
    routing, program, load and figures; when one of them changes it is void, as status says. Sign-offs lie in
    signoffs.jsonl of the workspace, a line each.
    """
    from cli.output import print_table, say
    from pipeline.signoff import SIGNED, sign_off, sign_off_state
    from reports.tables import Table

    workspace = looked_at(options)
    if by or role or accept:
        if not (by and role and options.company):
            raise UsageError("To sign give --by NAME, --role ROLE and --company CODE for each company.")
        for line in sign_off(workspace, workspace.company_codes, by, role, accept or ()):
            say(options, f"{line.company}: signed off by {line.by} ({line.role}), of run {line.run}.")
    states = [sign_off_state(workspace, code) for code in workspace.company_codes]
    rows = tuple(state_line(state, workspace.cycle) for state in states)
    print_table(options, Table("Sign-off", HEADER, rows, "no delivery in this workspace yet"))
    raise typer.Exit(CLEAN if all(state.state == SIGNED for state in states) else DIFFERENCES)


def state_line(state: "State", cycle: str) -> tuple[str, ...]:
    """The cells of one company."""
    from reports.readiness import ACCEPTED_AS

    signed = state.signed
    who = (signed.by, signed.role, signed.at, signed.run) if signed else ("", "", "", "")
    asks = (f"{reason.count:,} to accept as {ACCEPTED_AS[reason.what]}" for reason in state.asks)
    told = "; ".join([*state.holds, *asks, *(f"{what} changed" for what in state.changed)])
    return (state.company, cycle, state.state, *who, told)
