"""How long the night takes, as tables: by stage, by company, and the road that nothing shortens."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.tables import Table

MINUTE = 60


@dataclass(frozen=True)
class Step:
    """A step of the night: seconds of `stage` of `company`, blank for all of them together.

    `of`: how many measurements it stands on; `beyond`: how many times larger it is than the largest of them.
    """

    company: str
    stage: str
    rows: int
    seconds: float
    of: int
    beyond: float


def spoken(seconds: float) -> str:
    """A length of time as a person says it."""
    if seconds < MINUTE:
        return f"{seconds:.0f} s"
    hours, rest = divmod(round(seconds / MINUTE), 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def stage_table(steps: Iterable[Step]) -> Table:
    """Of each stage how long it takes over all companies, and on what that stands."""
    own: dict[str, list[Step]] = {}
    for step in steps:
        own.setdefault(step.stage, []).append(step)
    rows = tuple(
        (
            stage,
            spoken(sum(step.seconds for step in found)),
            max(step.of for step in found),
            f"{max(step.beyond for step in found):.1f}",
        )
        for stage, found in own.items()
    )
    header = ("stage", "takes", "measurements", "times the largest measured")
    return Table("By stage", header, rows, "nothing was measured")


def company_table(steps: Iterable[Step]) -> Table:
    """Of each company how long its own stages take, the longest first."""
    own: dict[str, list[Step]] = {}
    for step in steps:
        if step.company:
            own.setdefault(step.company, []).append(step)
    longest = sorted(own.items(), key=lambda item: -sum(step.seconds for step in item[1]))
    rows = tuple(
        (company, found[0].rows, spoken(sum(step.seconds for step in found))) for company, found in longest
    )
    return Table("By company, its own stages", ("company", "rows", "takes"), rows, "nothing was measured")
