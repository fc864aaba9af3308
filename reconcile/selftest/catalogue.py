"""The kinds of damage, read from catalogue.csv: what a business person can read, add to and take away."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from vocabulary.errors import UsageError
from vocabulary.resources import text_table

SEPARATOR = "; "


@dataclass(frozen=True)
class Kind:
    """One kind of damage.

    `rows`: what a row must be to qualify, words of `rows.py`; blank: any row. `damage`: what happens to
    it, a word of `inflict.py`. `columns`, `to`: which of its columns become what, words of `values.py`.
    `only_on`: the one database whose types allow it.
    """

    id: str
    what: str
    table: str
    rows: tuple[str, ...]
    damage: str
    columns: tuple[str, ...]
    to: tuple[str, ...]
    only_on: str | None


@cache
def catalogue() -> tuple[Kind, ...]:
    """Every kind of damage, in the order of the file."""
    return tuple(
        Kind(
            id=row["id"],
            what=row["what"],
            table=row["table"],
            rows=_parts(row["rows"]),
            damage=row["damage"],
            columns=_parts(row["columns"]),
            to=_parts(row["to"]),
            only_on=row["only_on"],
        )
        for row in text_table("reconcile", "selftest", "catalogue.csv").iter_rows(named=True)
    )


def chosen(ids: Collection[str]) -> tuple[Kind, ...]:
    """The kinds named by `ids`; all of them when none is.

    Raises:
        UsageError: there is no such kind.
    """
    known = {kind.id for kind in catalogue()}
    if unknown := sorted(set(ids) - known):
        raise UsageError(
            f"There is no kind of damage {', '.join(unknown)}. "
            "reconcile/selftest/catalogue.csv has them all, `day1 selftest` prints their ids."
        )
    return tuple(kind for kind in catalogue() if kind.id in ids or not ids)


def _parts(cell: str | None) -> tuple[str, ...]:
    return tuple(cell.split(SEPARATOR)) if cell else ()
