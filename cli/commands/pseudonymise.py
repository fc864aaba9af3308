"""`pseudonymise`: a copy of real deliveries that is about nobody."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Options, takes_options

if TYPE_CHECKING:
    from pseudonyms.copying import Copied

COLUMNS = ("cycle", "folder", "files", "bytes", "emptied")
"""Columns of what is printed, fields of pseudonyms.copying.Copied."""

Source = Annotated[Path, typer.Argument(metavar="SRC", help="Deliveries, or one of them; not changed.")]
Target = Annotated[Path, typer.Argument(metavar="DST", help="Where; must not be there yet.")]
KeyFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Holds the secret key; nobody but its owner may read it (0600)."),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(pseudonymise))


def pseudonymise(options: Options, source: Source, target: Target, key_file: KeyFile = None) -> None:
    """Copies deliveries with the people taken out and the nastiness left in.

    Names, dates of birth, numbers, keys, logins, addresses and notes become others of the same length and
    form, by a secret key: the same value becomes the same everywhere, in every cycle. Faults stay faults,
    and manifests are made in step, so that a run finds the same in the copy. The key comes from --key-file
    or from DAY1_PSEUDONYM_KEY. Which column is treated how is said in pseudonyms/columns.csv; one that
    nobody has spoken of is refused, and DST is not written. The copy is still personal data: see
    docs/pseudonyms.md.
    """
    from cli.output import print_table, say
    from cli.progress import progress
    from pseudonyms.columns import Treatments
    from pseudonyms.copying import pseudonymise as copies
    from pseudonyms.key import read_key
    from reports.tables import Table

    secret = read_key(key_file)
    made: list[Copied] = []
    with progress(options, 0) as shown:
        for one in copies(source, target, Treatments(secret)):
            shown.done(one.folder, "pseudonymise", f"{one.files:,} files, {one.bytes:,} bytes")
            made.append(one)
    rows = tuple(tuple(getattr(one, name) for name in COLUMNS) for one in made)
    print_table(options, Table("Copied", COLUMNS, rows, "nothing"))
    say(options, f"Key {secret.fingerprint}. Next: day1 run --deliveries {target}")
