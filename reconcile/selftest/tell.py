"""What came of a self-test, in sentences: keys and names of columns, never a value."""

from collections.abc import Iterator

from reconcile.selftest.keys import Named
from reconcile.selftest.run import FOUND, IMPOSSIBLE, NO_ROW, NOT_FOUND, REFUSED, Result, SelfTest

_SHOWN = 3
"""Keys of one kind of damage that are told."""


def summary(tested: SelfTest) -> str:
    """The last sentence."""
    parts = [f"{tested.count(FOUND, NOT_FOUND)} kinds of damage", f"{tested.count(FOUND)} found"]
    others = (
        (NOT_FOUND, "NOT FOUND"),
        (REFUSED, "refused by the database"),
        (NO_ROW, "without a row here"),
        (IMPOSSIBLE, "not possible on this database"),
    )
    parts += [f"{tested.count(outcome)} {words}" for outcome, words in others if tested.count(outcome)]
    if tested.undamaged:
        parts.append(f"and the undamaged copy has {tested.undamaged} differences")
    return f"{', '.join(parts)}."


def missed(tested: SelfTest) -> Iterator[str]:
    """One line for each kind of damage that was not found."""
    yield from (_line(result) for result in tested.results if result.outcome == NOT_FOUND)


def _line(result: Result) -> str:
    shown = ", ".join(_place(row) for row in result.unnamed[:_SHOWN])
    more = len(result.unnamed) - _SHOWN
    cut = f" and {more} more" if more > 0 else ""
    broke_off = f" (the proofs broke off: {result.broke_off})" if result.broke_off else ""
    return f"NOT FOUND: {result.kind.id}: no proof names {shown}{cut}{broke_off}"


def _place(row: Named) -> str:
    return f"{row.table} {':'.join(row.key)}"
