"""The `day1` command: the parts put together, and the one place where an error becomes an exit code."""

import os
import sys
import traceback
from typing import Annotated

import typer

from cli.commands import (
    cases,
    compare,
    databases,
    decisions,
    forecast,
    listings,
    profiles,
    pseudonymise,
    rules,
    runs,
    selftest,
    signoff,
    stages,
    synth,
    workspaces,
)
from cli.options import Options, takes_options
from cli.screen import visible
from vocabulary.errors import BUG, ConfigError, Day1Error
from vocabulary.machine import refusal

OWNER_ONLY = 0o077
"""What nobody else may do with a file or folder that is made."""

app = typer.Typer(
    name="day1",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def print_version(is_asked: bool) -> None:
    """The version, and nothing else is done."""
    if is_asked:
        from importlib.metadata import version

        print(f"day1 {version('day1')}")
        raise typer.Exit


@app.callback()
@takes_options
def day1(
    options: Options,
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print it and end.")
    ] = False,
) -> None:
    """Moves the data of 21 probation companies into nDelius on 26 June 2021, and proves it."""


for commands in (
    workspaces,
    stages,
    listings,
    cases,
    rules,
    runs,
    compare,
    signoff,
    forecast,
    profiles,
    decisions,
    databases,
    selftest,
    synth,
    pseudonymise,
):
    commands.register(app)


def main() -> None:
    """Runs the command line and ends the process. A bug keeps its traceback.

    Whatever it makes holds people's data: nobody but who runs it may read it.
    """
    before = os.umask(OWNER_ONLY)
    try:
        app()
    except Day1Error as error:
        end(str(error), error.exit_code)
    except Exception as error:
        told = refusal(error)
        if told is None:
            traceback.print_exc()
            sys.exit(BUG)
        end(told, ConfigError.exit_code)
    finally:
        os.umask(before)


def end(message: str, exit_code: int) -> None:
    """Ends the process with a message on stderr."""
    print(f"day1: {visible(message)}", file=sys.stderr)
    sys.exit(exit_code)
