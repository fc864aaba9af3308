"""The line of a cycle: a full cycle and the deltas that continue it (exports/README; record 153).

A cycle of deltas has no baseline of its own, and a company without changes delivers nothing in it: what
stands of both is that of the cycle before.
"""

from pathlib import Path

from vocabulary.companies import BASELINE_COMPANY

WORK = "work"

REHEARSAL, DAY, DELTA = "rehearsal-", "day-1", "delta-"
CYCLES = (REHEARSAL, DAY, DELTA)
"""Cycles in the order they happen (exports/README, a delivery)."""

RECEIVED = "receive"


def cycle_order(cycle: str) -> tuple[int, str]:
    """Sorts cycles as they happen: rehearsals, day-1, deltas."""
    place = next((place for place, prefix in enumerate(CYCLES) if cycle.startswith(prefix)), len(CYCLES))
    return place, cycle


def is_delta(cycle: str) -> bool:
    """True of a cycle that continues another."""
    return cycle.startswith(DELTA)


def line_before(root: Path, cycle: str) -> tuple[str, ...]:
    """The cycles that `cycle` continues, in order: of a delta the newest full cycle that was run in the
    workspace `root`, and the deltas since. Nothing of a full cycle, or where none was run."""
    work = root / WORK
    if not is_delta(cycle) or not work.is_dir():
        return ()
    ran = sorted((path.name for path in work.iterdir() if path.name.startswith(CYCLES)), key=cycle_order)
    earlier = [name for name in ran if cycle_order(name) < cycle_order(cycle)]
    full = [name for name in earlier if not is_delta(name)]
    return (full[-1], *(name for name in earlier if is_delta(name))) if full else ()


def standing_cycle(root: Path, cycle: str, company: str) -> str:
    """The cycle whose stages say how `company` stands where it delivered nothing in `cycle`: the last of the
    line that received it. Of the baseline it is the full cycle. `cycle` itself where there is none."""
    before = line_before(root, cycle)
    if company == BASELINE_COMPANY:
        return before[0] if before else cycle
    known = [name for name in before if (root / WORK / name / company / RECEIVED).is_dir()]
    return known[-1] if known else cycle
