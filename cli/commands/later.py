"""Commands whose work comes later. README lists them; the list only shrinks."""

from collections.abc import Callable

import typer

from cli.options import Options, takes_options
from vocabulary.errors import UsageError

NOT_YET = {
    "pseudonymise": "people out, nastiness in",
}
"""Command to what it will do."""

ANYTHING = {"allow_extra_args": True, "ignore_unknown_options": True}


def register(app: typer.Typer) -> None:
    """Adds every command of NOT_YET, so that --help shows the whole plan."""
    for name, does in NOT_YET.items():
        summary = f"Not yet available: {does}."
        app.command(name, help=summary, context_settings=ANYTHING)(refusal(name))


def refusal(name: str) -> Callable[..., None]:
    """A command that says that `name` is not yet available."""

    @takes_options
    def refuse(_: Options) -> None:
        raise UsageError(f"{name} is not yet available. README.md lists what is.")

    return refuse
