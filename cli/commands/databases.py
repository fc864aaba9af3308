"""`target create`, `target baseline`, `target check`, `target reset` and `target export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.options import Options, takes_options
from cli.workspaces import opened, writing
from vocabulary.errors import TargetError


def register(app: typer.Typer) -> None:
    """Adds the group."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    group.callback()(takes_options(introduction))
    for command in (create, baseline, check, reset, export):
        group.command()(takes_options(command))
    app.add_typer(group, name="target", help="Builds, fills and checks the target.")


def introduction(options: Options) -> None:
    """Takes the options that stand in front of the subcommand."""


def create(
    options: Options,
    reference: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Your own reference tables, a CSV each; default a sample."),
    ] = None,
) -> None:
    """Builds the tables and reference rows.

    Lists that DIR does not hold are filled with a sample, labelled as such.
    """
    from cli.output import say
    from pipeline.target import create_target
    from target.schema.shape import RELEASE

    workspace = opened(options)
    with writing(options, workspace, "target create"):
        create_target(workspace, reference)
    say(options, f"Target of release {RELEASE} created. Next: day1 target baseline DIR")


def baseline(
    options: Options,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The baseline's delivery folder.")],
) -> None:
    """Loads nDelius as on the evening before.

    DIR is a delivery folder of the company code N00.
    """
    from cli.output import say
    from pipeline.target import load_baseline

    workspace = opened(options)
    with writing(options, workspace, "target baseline"):
        rows = load_baseline(workspace, folder)
    say(options, f"Baseline loaded: {rows:,} rows. Next: day1 run")


def check(options: Options) -> None:
    """Compares the target with the dictionary.

    Tables, columns, lengths, required values and sequences of the release that Day 1 writes to. A difference
    ends with exit code 5.
    """
    from cli.output import say
    from target.check import check as differences_of
    from target.database import connect, transaction
    from target.holding import read_holding
    from target.schema.shape import RELEASE

    engine = connect(opened(options).target_url)
    differences = differences_of(engine)
    if differences:
        raise TargetError(
            f"The target is not as the dictionary says of release {RELEASE}:\n" + "\n".join(differences)
        )
    with transaction(engine) as connection:
        held = read_holding(connection).told
    say(options, f"The target is as the dictionary says of release {RELEASE}. It holds {held}.")


def reset(
    options: Options,
    yes: Annotated[bool, typer.Option("--yes", help="Take away all that the target holds.")] = False,
) -> None:
    """Takes the target away and builds it anew, empty.

    For the next rehearsal. A target that holds day-1 goes only where --cycle day-1 is said. Without --yes it
    says what would be gone, and ends with exit code 2.
    """
    from cli.output import say
    from pipeline.holding import reset_target

    workspace = opened(options)
    with writing(options, workspace, "target reset"):
        held = reset_target(workspace, options.cycle, is_sure=yes)
    say(options, f"The target is empty; it held {held}. Next: day1 run")


class ExportFormat(StrEnum):
    """The tool that the files are for."""

    SQLLDR = "sqlldr"


def export(
    options: Options,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
    format: Annotated[ExportFormat, typer.Option(help="The tool that the files are for.")] = (
        ExportFormat.SQLLDR
    ),
) -> None:
    """Writes what was loaded as files for the client's own tools.

    For a database that lets no tool in: the rows that the cycle's loads inserted, and those that they
    changed, out of a target that holds the same baseline. Control and data files of Oracle's SQL*Loader and
    SQL, numbered in the order of use, with a list of rows and hashes and a README. They hold personal data;
    the audit log says who made them.
    """
    from cli.output import say
    from cli.reveal import write_audit
    from pipeline.target import export_loads

    workspace = opened(options).looked_at()
    files = export_loads(workspace, folder)
    rows = sum(one.rows for one in files if one.file.endswith(".dat"))
    write_audit(workspace, f"target export --format {format}", rows)
    say(options, f"{len(files):,} files with {rows:,} rows. How they are used: {folder / 'README.txt'}")
