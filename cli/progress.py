"""Progress on stderr: a live bar for a person at a terminal, one line per stage for a log."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from cli.options import Options
from cli.output import console
from pipeline.progress import Progress, Silent


class LogLines:
    """One line per finished stage, for a log file."""

    def __init__(self, out: Console) -> None:
        self.out = out

    def stage(self, company: str, stage: str) -> None:
        """Nothing: a log wants results only."""

    def done(self, company: str, stage: str, note: str) -> None:
        """The stage's line."""
        self.out.print(f"{company or 'all':<4} {stage:<10} {note}".rstrip(), soft_wrap=True)


class LiveBar:
    """A bar that names the company and stage at work, with the finished stages as lines above it."""

    def __init__(self, bar: Bar, steps: int) -> None:
        self.bar = bar
        self.log = LogLines(bar.console)
        self.task = bar.add_task("starting", total=steps)

    def stage(self, company: str, stage: str) -> None:
        """Shows what is at work."""
        self.bar.update(self.task, description=f"{company} {stage}".strip())

    def done(self, company: str, stage: str, note: str) -> None:
        """Moves on by one."""
        self.log.done(company, stage, note)
        self.bar.advance(self.task)


@contextmanager
def progress(options: Options, steps: int) -> Iterator[Progress]:
    """The progress that fits `steps` stages: silent with --quiet, a live bar on a terminal, else lines."""
    err = console(options, stderr=True)
    if options.quiet:
        yield Silent()
    elif err.is_terminal:
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
        with Bar(*columns, TimeElapsedColumn(), console=err, transient=True) as bar:
            yield LiveBar(bar, steps)
    else:
        yield LogLines(err)
