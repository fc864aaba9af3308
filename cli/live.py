"""The live table of a run: companies and their stages, what each took, and how much time is left."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from pipeline.graph import COMPANY, GRAPH

STAGES = tuple(stage.name for stage in GRAPH if stage.scope == COMPANY and stage.name != "report")
"""The columns."""

BESIDE = 6
"""Lines of the terminal that are not a company's."""

FIGURES, NARROW, WIDE = ("rows", "rows/s", "findings"), ("rows",), 96
"""The figures of a company; those of a terminal below that many columns."""

STOPPED, REFUSED = "stopped", "refused"
Step = tuple[str, str]


@dataclass
class LiveTable:
    """Hears where a run is. `steps`: how many steps of companies it takes; `expected`: seconds of each step
    by company and stage, as measured before."""

    steps: int
    expected: Mapping[Step, float]
    began: float = field(default_factory=time.monotonic)
    at_work: dict[Step, float] = field(default_factory=dict)
    took: dict[Step, float] = field(default_factory=dict)
    notes: dict[Step, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def stage(self, company: str, stage: str) -> None:
        """`stage` is at work."""
        with self.lock:
            self.at_work[company, stage] = time.monotonic()

    def done(self, company: str, stage: str, note: str, rows: int = 0, findings: int = 0) -> None:
        """`stage` took so long."""
        with self.lock:
            began = self.at_work.pop((company, stage), None)
            seconds = 0.0 if began is None else time.monotonic() - began
            self.took[company, stage] = seconds
            self.notes[company, stage] = note
            self.findings[company] = self.findings.get(company, 0) + findings
            if rows:
                self.rows[company] = max(rows, self.rows.get(company, 0))
                self.rates[company] = rows / seconds if seconds else 0.0

    def draw(self, out: Console) -> Group:
        """The table as it is now, of as many companies as fit, those at work and the newest first."""
        with self.lock:
            companies = self.companies()
            room = max(1, out.height - BESIDE)
            lines: list[Table | Text] = [
                self.table(companies[:room], FIGURES if out.width >= WIDE else NARROW)
            ]
            if len(companies) > room:
                lines.append(Text(f"and {len(companies) - room} more that are done"))
            for (company, stage), began in self.at_work.items():
                if stage not in STAGES:
                    lines.append(Text(f"{company or 'all'}: {stage}, {clock(time.monotonic() - began)}"))
            return Group(*lines, Text(self.summary()))

    def companies(self) -> list[str]:
        """In the order in which they are shown."""
        told = dict.fromkeys(company for company, _ in [*self.took, *self.at_work] if company)
        at_work = {company for company, _ in self.at_work}
        newest = list(reversed(told))
        return [code for code in newest if code in at_work] + [code for code in newest if code not in at_work]

    def table(self, companies: list[str], figures: tuple[str, ...]) -> Table:
        """A line per company, a column per stage and for each of `figures`."""
        table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False)
        table.add_column("")
        for stage in STAGES:
            table.add_column(stage, justify="right", no_wrap=True)
        for name in figures:
            table.add_column(name, justify="right", no_wrap=True)
        for code in companies:
            own: dict[str, Mapping[str, float]] = {
                "rows": self.rows,
                "rows/s": self.rates,
                "findings": self.findings,
            }
            table.add_row(
                code, *self.cells(code), *(short(round(own[name].get(code, 0))) for name in figures)
            )
        return table

    def cells(self, company: str) -> Iterator[Text]:
        """What each stage took, or what it is at."""
        for stage in STAGES:
            step = (company, stage)
            note = self.notes.get(step, "")
            if step in self.at_work:
                yield Text(clock(time.monotonic() - self.at_work[step]), style="reverse")
            elif note in (STOPPED, REFUSED):
                yield Text(note, style="red")
            else:
                yield Text(clock(self.took[step]) if step in self.took else "", style="green")

    def summary(self) -> str:
        """How long it has been at work, and how much time is left."""
        elapsed = time.monotonic() - self.began
        left = self.time_left(elapsed)
        return clock(elapsed) if left is None else f"{clock(elapsed)}, about {clock(left)} left"

    def time_left(self, elapsed: float) -> float | None:
        """Seconds: what earlier runs took for the steps to come, at this run's pace; without earlier runs as
        long on the average as companies' steps so far. None before anything can be said."""
        known = [step for step in self.took if step in self.expected]
        if known:
            pace = elapsed / max(sum(self.expected[step] for step in known), 0.1)
            return pace * sum(seconds for step, seconds in self.expected.items() if step not in self.took)
        done = sum(1 for company, _ in self.took if company)
        return elapsed / done * (self.steps - done) if 0 < done < self.steps else None


def clock(seconds: float) -> str:
    """Seconds below a minute, then minutes or hours."""
    if seconds < 60:
        return f"{seconds:.1f}" if seconds < 10 else f"{seconds:.0f}"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def short(figure: int) -> str:
    """A figure in at most five places."""
    if figure >= 1_000_000:
        return f"{figure / 1_000_000:.1f}M"
    return f"{figure / 1_000:.0f}k" if figure >= 10_000 else f"{figure:,}"
