"""A command that writes runs under a recorder: a folder of its own, a log, an account of how it ended."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from cli.options import Options
from cli.progress import progress
from cli.workspaces import writing
from vocabulary.errors import StoppedError

if TYPE_CHECKING:
    from pipeline.runs.recorder import Recorder
    from pipeline.workspace import Workspace


HOW_TO_GO_ON = (
    "interrupted. Stages that were done stand; of a company that was being loaded nothing does. To go on, "
    "give the same command again. How far it came: day1 log."
)


@contextmanager
def recorded(
    options: Options, workspace: "Workspace", command: str, *, steps: int = 0, dry_run: bool = False
) -> Iterator["Recorder"]:
    """The recorder of `command`, which alone writes in the workspace, with progress of `steps` stages shown;
    its workspace is to be worked in.

    SIGTERM ends the work as Ctrl-C does: the account is written, and what stands stays.

    Raises:
        ConfigError: another process writes there. StoppedError: somebody ended the work.
    """
    from pipeline.forecast import expected_seconds
    from pipeline.runs.start import start_run

    is_watched = command == "run" and sys.stderr.isatty() and not options.quiet
    expected = expected_seconds(workspace) if is_watched else {}
    with (
        writing(options, workspace, command),
        progress(options, steps, expected) as shown,
        _terminated_like_interrupted(),
    ):
        recorder = start_run(workspace, typed(sys.argv), shown, is_dry=dry_run, steps=steps)
        try:
            with recorder:
                yield recorder
        except KeyboardInterrupt:
            raise StoppedError(HOW_TO_GO_ON) from None


def typed(words: list[str]) -> str:
    """What was typed, without the password of an address."""
    return " ".join(["day1", *map(_masked, words[1:])])


def _masked(word: str) -> str:
    from target.database import mask_address

    option, sign, value = word.partition("=") if word.startswith("--") else ("", "", word)
    return f"{option}{sign}{mask_address(value)}" if "://" in value else word


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():  # nobody else may hear signals
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
