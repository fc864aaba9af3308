"""`synth`: invented deliveries of any size."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import Options, takes_options
from vocabulary.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from pipeline.progress import Progress
    from samples.bulk.write import Asked, Written

EVERY = "all"
CYCLE = re.compile(r"day-1|rehearsal-[\w-]+")
"""A full cycle: a delta continues one and has no baseline of its own."""
COLUMNS = ("company", "people", "files", "rows", "bytes")
"""Columns of what is printed, fields of samples.bulk.write.Written."""

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where; made if it is not there.")]
People = Annotated[
    int, typer.Option(min=1, help="Persons of all companies together, shared out by caseload.")
]
Seed = Annotated[int, typer.Option(help="The same seed and options give the same bytes.")]
Contacts = Annotated[
    int, typer.Option(min=0, max=1_000, help="Contacts per person on average, for a few many more.")
]
Damage = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND",
        help="Plant this defect, such as D12; repeatable. all: every one that leaves a delivery.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what this command drew into DIR before.")]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(takes_options(synth))


def synth(
    options: Options,
    folder: Folder,
    people: People,
    seed: Seed = 1,
    contacts_per_person: Contacts = 130,
    damage: Damage = None,
    force: Force = False,
) -> None:
    """Draws invented deliveries of any size, and their baseline.

    Every company, or those named, in its own formats, written as it is drawn: memory does not grow with the
    number of persons. What is drawn, and on what ground, is told in docs/synth.md. With --damage the first
    persons of each company are damaged, each kind once, and DIR/expected_findings.csv says which row must
    be found by which rule. Run it with: day1 run --deliveries DIR
    """
    from cli.output import print_table, say
    from cli.progress import progress
    from reports.tables import Table
    from samples.bulk.write import Asked

    if options.wave:
        raise UsageError(f"--wave {options.wave}: synth knows no waves. Name the companies with --company.")
    companies, cycle = _companies(options), options.cycle or Asked.cycle
    if not CYCLE.fullmatch(cycle):
        raise UsageError(f"{cycle} is no cycle with a baseline. Name one such as day-1 or rehearsal-2.")
    asked = Asked(people, companies, cycle, seed, contacts_per_person, _defects(damage or ()))
    with _as_usage(), progress(options, len(companies) + 1) as shown:
        asked.shares()
        _empty(folder, cycle, force)
        written = _written(folder, asked, shown)
    rows = tuple(tuple(getattr(one, name) for name in COLUMNS) for one in written)
    print_table(options, Table("Written", COLUMNS, rows, "nothing"))
    say(options, f"Next: day1 run --cycle {cycle} --deliveries {folder}")


def _written(folder: Path, asked: "Asked", shown: "Progress") -> "list[Written]":
    """What was written, company by company, with its progress shown."""
    from samples.bulk.write import write_country

    written = []
    for one in write_country(folder, asked, lambda company: shown.stage(company, "synth")):
        shown.done(one.company, "synth", f"{one.people:,} people, {one.rows:,} rows, {one.bytes:,} bytes")
        written.append(one)
    return written


def _companies(options: Options) -> tuple[str, ...]:
    from vocabulary.companies import companies, require_companies

    require_companies(options.company)
    return tuple(code for code in companies() if not options.company or code in options.company)


def _defects(kinds: Sequence[str]) -> tuple[str, ...]:
    from samples.defects.blocking import BLOCKING
    from samples.defects.plan import CARRIED

    known = sorted({*BLOCKING, *CARRIED})
    unknown = sorted({*kinds} - {*known, EVERY})
    if unknown:
        raise UsageError(f"Unknown damage {', '.join(unknown)}. Known: {EVERY}, {', '.join(known)}.")
    return tuple(kind for kind in known if kind in kinds or (EVERY in kinds and kind in CARRIED))


def _empty(folder: Path, cycle: str, force: bool) -> None:
    """Make room in `folder`: only what this command drew is taken away, and only when it is said so.

    Raises:
        UsageError: it is a file; it is not empty and `force` was not given; its cycle was not drawn.
    """
    from samples.bulk.marker import marker
    from samples.make import KEY

    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file. Name a folder.")
    if folder.is_dir() and any(folder.iterdir()):
        if not force:
            raise UsageError(
                f"{folder} is not empty. Name another folder, or replace its {cycle} with --force."
            )
        if (folder / cycle).exists():
            if not marker(folder, cycle).exists():
                raise UsageError(
                    f"{folder / cycle} was not drawn by synth, so it is not replaced. Name another folder."
                )
            shutil.rmtree(folder / cycle)
            (folder / KEY).unlink(missing_ok=True)


@contextmanager
def _as_usage() -> Iterator[None]:
    """Turn what the samples refuse into errors of ours."""
    from samples.bulk.sizes import PeopleError
    from samples.defects.site import NoVictimError
    from samples.facts import MissingLineError

    try:
        yield
    except (PeopleError, NoVictimError) as problem:
        raise UsageError(str(problem)) from problem
    except MissingLineError as problem:
        raise ConfigError(str(problem)) from problem
