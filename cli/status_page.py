"""`day1 status` on a terminal: a line a company however narrow it is, what to do, and the verdict last."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reports.tables import Table

if TYPE_CHECKING:
    from pipeline.status import StatusLine

NARROW = {
    "company": "company", "stage": "stage", "rows": "rows", "blocks": "block", "set_aside": "aside",
    "warnings": "warn", "infos": "info", "sign_off": "sign-off", "verdict": "verdict",
}  # fmt: skip
"""Field of a status line to its heading where the whole table does not fit."""

NOT_YET = "no verdict yet"


def narrow_tables(lines: Sequence["StatusLine"]) -> Iterator[Table]:
    """A table for each cycle, then the steps to take, each with the companies that it is for."""
    for cycle in dict.fromkeys(line.cycle for line in lines):
        own = [line for line in lines if line.cycle == cycle]
        rows = tuple(tuple(getattr(line, name) for name in NARROW) for line in own)
        yield Table(f"Status of {cycle}", tuple(NARROW.values()), rows)
        steps = [(_listed(own, "next_step", step), step) for step in _values(own, "next_step")]
        sampled = [line for line in own if line.samples]
        if sampled:
            companies = "all" if len(sampled) == len(own) else ", ".join(line.company for line in sampled)
            steps.append((companies, "rest on sample figures: day1 status --format json counts them"))
        yield Table(f"Next in {cycle}", ("companies", "what"), tuple(steps))


def verdict_line(lines: Iterable["StatusLine"]) -> str:
    """Of each cycle how many companies have which verdict."""
    told: dict[str, dict[str, int]] = {}
    for line in lines:
        counts = told.setdefault(line.cycle, {})
        counts[line.verdict or NOT_YET] = counts.get(line.verdict or NOT_YET, 0) + 1
    cycles = (
        f"{cycle}: {', '.join(f'{count:,} {verdict}' for verdict, count in sorted(counts.items()))}"
        for cycle, counts in told.items()
    )
    return f"Verdict of {'; '.join(cycles)}."


def _values(lines: Sequence["StatusLine"], name: str) -> list[str]:
    return list(dict.fromkeys(getattr(line, name) for line in lines))


def _listed(lines: Sequence["StatusLine"], name: str, value: str) -> str:
    """The companies whose `name` is `value`; all, where it is every one's."""
    own = [line.company for line in lines if getattr(line, name) == value]
    return "all" if len(own) == len(lines) > 1 else ", ".join(own)
