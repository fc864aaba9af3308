"""From options to the workspace that a command works in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cli.options import Options

if TYPE_CHECKING:
    from pipeline.workspace import Workspace


def opened(options: Options) -> "Workspace":
    """The workspace of `options`.

    Raises:
        UsageError: a company or wave is unknown.
        ConfigError: the folder is no workspace.
    """
    from pipeline.workspace import Workspace

    return Workspace.open(
        options.workspace or Path(),
        deliveries=options.deliveries,
        target=options.target,
        cycle=options.cycle,
        companies=options.company,
        wave=options.wave,
    )


def looked_at(options: Options) -> "Workspace":
    """The same, to look at what was run in it, wherever the deliveries lie now.

    Raises:
        UsageError: a company or wave is unknown.
        ConfigError: there is no such workspace, cycle or company in it.
    """
    return opened(options).looked_at()


@contextmanager
def writing(options: Options, workspace: "Workspace", command: str) -> Iterator[None]:
    """Within it `command` alone writes in the workspace; one that was ended half-way before it is told of.

    Raises:
        ConfigError: another process writes there.
    """
    from cli.output import warn
    from pipeline.writing import writing as alone

    with alone(workspace, command) as left:
        if left:
            warn(options, left)
        yield
