"""Writes docs/commands.md from --help: `python -m cli.reference docs/commands.md`. A test finds drift."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from cli.app import app
from cli.options import SHARED

WIDTH = 100
"""Columns of the help text, whatever terminal it is written in."""

SHARED_HELP = {annotation.__metadata__[0].help for annotation in SHARED.values()}
"""By its help a shared option is told from a command's own option of the same name."""

HEAD = """# Commands

Written from `day1 --help` by `make docs`; a test fails when it is out of date.
The options of `day1` itself may stand before or after the name of any command and are shown once, here.

Exit codes: 0 clean, 1 rows set aside or differences found, 2 wrong usage, 3 our configuration or this
machine, 4 a delivery is refused, 5 the target, 70 a fault of this program, 130 interrupted.
`status`, `findings` and `trace` only show: they end with 0 whatever they show.
"""


def reference() -> str:
    """The whole page."""
    sections = [HEAD]
    for context in contexts():
        title = "Everywhere" if context.parent is None else f"`{context.command_path}`"
        sections.append(f"## {title}\n\n```text\n{help_text(context)}\n```\n")
    return "\n".join(sections)


def contexts() -> Iterator[Any]:
    """A context for `day1`, each command, and each command of a group, in the order of --help."""
    root = typer.Context(typer.main.get_command(app), info_name="day1", terminal_width=WIDTH)
    yield root
    yield from below(root)


def below(parent: Any) -> Iterator[Any]:
    """The commands under `parent`."""
    for name, command in getattr(parent.command, "commands", {}).items():
        context = typer.Context(command, parent=parent, info_name=name, terminal_width=WIDTH)
        yield context
        yield from below(context)


def help_text(context: Any) -> str:
    """What --help prints, for a command without the shared options."""
    if context.parent is not None:
        context.command.params = [one for one in context.command.params if one.help not in SHARED_HELP]
    return str(context.command.get_help(context)).rstrip()


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
