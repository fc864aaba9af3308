"""The options of every command. They may stand before or after the command's name; the later place wins."""

import inspect
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from vocabulary.errors import UsageError


class Format(StrEnum):
    """How figures are printed; `json` and `csv` are one plain document on stdout."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@dataclass(frozen=True)
class Options:
    """The shared options from both places and the environment; None where nothing was said."""

    workspace: Path | None = None
    target: str | None = None
    deliveries: Path | None = None
    company: tuple[str, ...] = ()
    cycle: str | None = None
    wave: str | None = None
    format: Format | None = None
    reveal: bool = False
    quiet: bool = False
    log_json: bool = False
    no_color: bool = False
    jobs: int = 1
    scheduler: str | None = None

    @property
    def is_plain(self) -> bool:
        """True when stdout is for a machine."""
        return self.format in (Format.JSON, Format.CSV)


SHARED: dict[str, Any] = {
    "workspace": Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Workspace; default the current folder. [env: DAY1_WORKSPACE]"),
    ],
    "target": Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Target database; default target.db in the workspace. [env: DAY1_TARGET]"
        ),
    ],
    "deliveries": Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Deliveries; default deliveries/ of the workspace. [env: DAY1_DELIVERIES]"
        ),
    ],
    "company": Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only this company; repeatable. Default all that delivered."),
    ],
    "cycle": Annotated[
        str | None, typer.Option(metavar="NAME", help="Cycle, such as day-1; default the newest.")
    ],
    "wave": Annotated[str | None, typer.Option(metavar="NAME", help="Only the companies of this wave.")],
    "format": Annotated[Format | None, typer.Option(help="How figures are printed; default table.")],
    "reveal": Annotated[bool, typer.Option("--reveal", help="Show values, personal ones too; audited.")],
    "quiet": Annotated[bool, typer.Option("--quiet", help="No progress, no advice.")],
    "log_json": Annotated[
        bool, typer.Option("--log-json", help="Progress on stderr as JSON, an object a line.")
    ],
    "no_color": Annotated[bool, typer.Option("--no-color", help="No colour. [env: NO_COLOR]")],
    "jobs": Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Companies at a time, up to the plan; each takes memory of its own. Default 1. "
            "[env: DAY1_JOBS]",
        ),
    ],
    "scheduler": Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Dask cluster for the companies, up to the plan (docs/scale-out.md)."
        ),
    ],
}
"""Annotation of each shared option, in the order --help lists them."""


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UsageError(f"DAY1_JOBS is {text!r}. Give a whole number of companies at a time, such as 2.")
    return int(text)


ENVIRONMENT: dict[str, tuple[str, Callable[[str], Any]]] = {
    "workspace": ("DAY1_WORKSPACE", Path),
    "target": ("DAY1_TARGET", str),
    "deliveries": ("DAY1_DELIVERIES", Path),
    "jobs": ("DAY1_JOBS", _jobs),
}
"""Variable and type of the options that the environment may give; whatever is typed wins over it."""


def takes_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives `command(options, ...)` the shared options after its own parameters.

    A parameter of the command that bears the name of a shared option takes that option's place.
    """
    own = list(inspect.signature(command).parameters.values())[1:]
    shared = [name for name in SHARED if name not in {parameter.name for parameter in own}]

    @wraps(command)
    def run(ctx: typer.Context, **given: Any) -> None:
        before = ctx.obj or from_environment(os.environ)
        ctx.obj = merged(before, {name: given.pop(name) for name in shared})
        command(ctx.obj, **given)

    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
            *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own),
            *(keyword(name) for name in shared),
        ]
    )
    return run


def keyword(name: str) -> inspect.Parameter:
    """The shared option `name` as a parameter that may be left out."""
    annotation = SHARED[name]
    default = False if annotation.__origin__ is bool else None
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def from_environment(environment: Mapping[str, str]) -> Options:
    """The options that `environment` gives."""
    given = {
        name: convert(environment[variable])
        for name, (variable, convert) in ENVIRONMENT.items()
        if environment.get(variable)
    }
    return Options(**given)


def merged(before: Options, given: dict[str, Any]) -> Options:
    """`before` with what came later: companies add up, a raised flag stays, the rest is replaced."""
    said = {name: value for name, value in given.items() if value}
    if "company" in said:
        said["company"] = (*before.company, *said["company"])
    return replace(before, **said)
