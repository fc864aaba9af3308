"""Errors by what the reader does next.

Each class carries its exit code. What concerns the whole run `cli.app.main` catches, what concerns one
company `pipeline.failures`, so that the others go on.
"""

BUG = 70
"""EX_SOFTWARE: a fault of this program must not look like rows set aside."""


class Day1Error(Exception):
    """An error a user can act on: what is there, what was expected, what to do.

    Never holds a person's data.
    """

    exit_code = 1


class UsageError(Day1Error):
    """The command was typed wrongly."""

    exit_code = 2


class ConfigError(Day1Error):
    """Mend our own files: workspace, code lists, routing, decisions."""

    exit_code = 3


class DeliveryError(Day1Error):
    """Ask the company for a better file."""

    exit_code = 4


class TargetError(Day1Error):
    """The database cannot be reached, or its shape is not the dictionary's."""

    exit_code = 5


class StoppedError(Day1Error):
    """Somebody ended the work: Ctrl-C, or SIGTERM."""

    exit_code = 130
