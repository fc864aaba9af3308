"""Mutants in words: one line each, and how many of each fate. No line holds anything of a person's record."""

from collections import Counter
from collections.abc import Sequence

from tests.mutants.judging import KILLED, Outcome

INVENTED = ("Zz", "Qx")
"""How the invented values of the samples begin: what says one of them would say a person's."""


def line(outcome: Outcome) -> str:
    """One mutant on one line: id, fate, who found it and where, seconds, what was done."""
    found = f"{', '.join(outcome.proofs)}: {' '.join(outcome.tables)}" if outcome.tables else ""
    parts = [found, outcome.told, f"{outcome.seconds:.1f} s", outcome.mutant.what]
    told = f"{outcome.mutant.id:38} {outcome.fate:13} " + " | ".join(part for part in parts if part)
    assert not [name for name in INVENTED if name in told], outcome.mutant.id
    return told


def closing_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """How many there are of each fate, and who was not killed."""
    counts = Counter(outcome.fate for outcome in outcomes)
    told = [f"{len(outcomes)} mutants: " + ", ".join(f"{n} {fate}" for fate, n in counts.most_common()) + "."]
    left = [outcome.mutant.id for outcome in outcomes if outcome.fate != KILLED]
    return [*told, "Not killed: " + " ".join(left)] if left else told
