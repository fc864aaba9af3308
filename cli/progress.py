"""Progress on stderr: a live table for a person at a terminal, a line per stage for a log, JSON for a
machine."""

import datetime as dt
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live

from cli.live import LiveTable
from cli.options import Options
from cli.output import console
from cli.screen import visible
from pipeline.progress import Progress, Silent

ALL = "all"
"""In the place of a company's code: a step of all of them."""


@dataclass
class LogLines:
    """One line per finished stage with clock and duration, for a log file."""

    out: Console
    began: dict[tuple[str, str], float] = field(default_factory=dict)

    def stage(self, company: str, stage: str) -> None:
        """Nothing is shown: a log wants results only."""
        self.began[company, stage] = time.monotonic()

    def done(self, company: str, stage: str, note: str, _: int = 0, findings: int = 0) -> None:
        """The stage's line."""
        words = [f"{dt.datetime.now(dt.UTC).astimezone():%H:%M:%S}  {company or ALL:<4} {stage:<10} {note}"]
        if (seconds := self.seconds(company, stage)) is not None:
            words.append(f"{seconds:.1f} s")
        if findings:  # the note says the rows
            words.append(f"{findings:,} findings")
        self.out.print(visible("  ".join(words)), soft_wrap=True)

    def seconds(self, company: str, stage: str) -> float | None:
        """How long the stage took; None where nobody said that it began."""
        began = self.began.pop((company, stage), None)
        return None if began is None else time.monotonic() - began


@dataclass
class JsonLines(LogLines):
    """One JSON object per line for each begin and end of a stage, for a machine that collects logs."""

    def stage(self, company: str, stage: str) -> None:
        """The line of its begin."""
        super().stage(company, stage)
        self.write(event="begins", company=company, stage=stage)

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """The line of its end."""
        seconds = self.seconds(company, stage)
        took = None if seconds is None else round(seconds, 3)
        self.write(
            event="done", company=company, stage=stage, note=note, rows=rows, findings=findings, seconds=took
        )

    def write(self, **values: object) -> None:
        """One object with the moment, ISO in UTC."""
        at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        self.out.file.write(json.dumps({"at": at, **values}) + "\n")
        self.out.file.flush()


@contextmanager
def progress(
    options: Options, steps: int, expected: Mapping[tuple[str, str], float] | None = None
) -> Iterator[Progress]:
    """The progress that fits: silent with --quiet, JSON with --log-json, a live table on a terminal, else
    lines.

    Args:
        steps: stages of companies that will be done.
        expected: seconds of each step by company and stage, as measured before; for the time that is left.
    """
    err = console(options, stderr=True)
    if options.log_json:
        yield JsonLines(err)
    elif options.quiet:
        yield Silent()
    elif err.is_terminal:
        table = LiveTable(steps, expected or {})
        with Live(get_renderable=lambda: table.draw(err), console=err, refresh_per_second=2):
            yield table
    else:
        yield LogLines(err)
