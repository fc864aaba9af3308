"""Holds what the readers made of a damaged file against what was drawn. It asks no reader what is right.

Outcomes: every row right; damaged rows set aside and the others right; the file refused as it must be;
refused where the
damage could have been set aside; silent, where a wrong row is loaded or a row is lost without a word; a
crash; slow.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

RIGHT, ASIDE, REFUSED, TOO_MUCH, SILENT, CRASH, SLOW = (
    "right", "set aside rightly", "refused rightly", "refused too much", "silent", "crash", "over 5 s",
)  # fmt: skip
OUTCOMES = (RIGHT, ASIDE, REFUSED, TOO_MUCH, SILENT, CRASH, SLOW)
MOST_SECONDS = 5.0

SETS_ASIDE = ("T01", "T02")
"""Rules with which a reader sets a row aside."""


@dataclass(frozen=True)
class Loaded:
    """A row that a reader gave: part as delivered, number, header to text, and the rules said of it."""

    part: str
    number: int
    cells: Mapping[str, str | None]
    rules: frozenset[str] = frozenset()

    @property
    def is_aside(self) -> bool:
        """It is in the frame, and nobody uses it."""
        return any(rule in SETS_ASIDE for rule in self.rules)


@dataclass(frozen=True)
class Reading:
    """What became of a file. `refused`: rule and message of each refusal. `crash`: the error, blank for
    none."""

    rows: tuple[Loaded, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    crash: str = ""


@dataclass(frozen=True)
class Verdict:
    """`undamaged`: rows that had to be loaded as drawn; `loaded`: those of them that were."""

    outcome: str
    why: tuple[str, ...] = field(default=())
    undamaged: int = 0
    loaded: int = 0


def judge(expected: Mapping[str, Any], found: Reading) -> Verdict:
    """The verdict on one pair. `expected`: expected.json of it."""
    rows = [
        (part, int(number), row)
        for part, all_of in expected["rows"].items()
        for number, row in all_of.items()
    ]
    undamaged = sum(row["fate"] == "right" for *_, row in rows)
    if found.crash:
        return Verdict(CRASH, (found.crash,), undamaged)
    if found.seconds > MOST_SECONDS:
        return Verdict(SLOW, (f"{found.seconds:.1f} s",), undamaged)
    if found.refused:
        return _refused(expected, found, undamaged)
    if expected["refused"] and not expected["may_refuse"]:
        return Verdict(SILENT, (f"{' or '.join(expected['refused'])} did not refuse it",))
    wrong, loaded = _compared(rows, found)
    if wrong:
        return Verdict(SILENT, tuple(wrong), undamaged, loaded)
    is_any_aside = any(row.is_aside for row in found.rows)
    return Verdict(ASIDE if is_any_aside else RIGHT, (), undamaged, loaded)


def _refused(expected: Mapping[str, Any], found: Reading, undamaged: int) -> Verdict:
    told = tuple(f"{rule} {message}" for rule, message in found.refused)
    if any(rule in expected["refused"] for rule, _ in found.refused):
        return Verdict(REFUSED, told)
    return Verdict(TOO_MUCH, told, undamaged)


def _compared(rows: Iterable[tuple[str, int, Mapping[str, Any]]], found: Reading) -> tuple[list[str], int]:
    """What is wrong without a word, and how many rows that had to be loaded were."""
    there = {(row.part, row.number): row for row in found.rows}
    twice = [
        place for place, times in Counter((row.part, row.number) for row in found.rows).items() if times > 1
    ]
    wrong, loaded = [f"row {place} is given twice" for place in twice], 0
    for part, number, drawn in rows:
        row = there.pop((part, number), None)
        place = f"{part} row {number}"
        if row is None:
            if drawn["fate"] != "nothing":
                wrong.append(f"{place} is lost")
        elif row.is_aside:
            loaded += 0
        elif drawn["fate"] in ("aside", "nothing"):
            wrong.append(f"{place} is loaded, and is damaged")
        elif different := _different(drawn["cells"], row.cells):
            wrong.append(f"{place} has wrong {', '.join(different)}")
        elif missing := [rule for rule in drawn["warned"] if rule not in row.rules]:
            wrong.append(f"{place} is without {', '.join(missing)}")
        else:
            loaded += drawn["fate"] == "right"
    wrong += [f"{part} row {number} is nobody's" for (part, number), row in there.items() if not row.is_aside]
    return wrong, loaded


def _different(drawn: Mapping[str, Any], cells: Mapping[str, str | None]) -> list[str]:
    return [
        header
        for header in {**drawn, **cells}
        if (cells.get(header) or "") not in [one or "" for one in _texts(drawn.get(header))]
    ]


def _texts(value: object) -> list[str | None]:
    return list(value) if isinstance(value, list | tuple) else [value]  # type: ignore[list-item]
