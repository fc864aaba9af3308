"""Team and officer of a row made complete before they are looked up: a missing one has a known stand-in."""

from collections.abc import Sequence

import polars as pl

from target.schema.record import record
from target.schema.shape import columns

UNALLOCATED_TEAM = "UAT"
"""Area + UAT is the unallocated team of an area (target.md, section 3)."""

UNALLOCATED_OFFICER = "U"
"""Team + U is the unallocated officer of a team (target.md, section 3)."""

_PAIRS = (
    ("team", "officer", "area"),
    ("origin_team", "origin_officer", "origin_area"),
    ("receiving_team", "receiving_officer", ""),
)

ASSIGNMENT_WORDS = frozenset(word for words in _PAIRS for word in words if word)
"""The words that are completed, and those that they are completed from."""


def complete_assignments(table: str, words: Sequence[str]) -> dict[str, pl.Expr]:
    """Of rows that have `words`, as expressions: a team wherever an officer or the column demands one, and an
    officer wherever a team is.

    A row that has neither is held by an outside agency (delius.md, TEAM_CODE) and stays as it is.
    """
    filled: dict[str, pl.Expr] = {}
    for team, officer, area in _PAIRS:
        if team in words and officer in words:
            filled[team] = _team(table, words, team, officer, area)
            filled[officer] = pl.coalesce(officer, filled[team] + UNALLOCATED_OFFICER)
    return filled


def _team(table: str, words: Sequence[str], team: str, officer: str, area: str) -> pl.Expr:
    of_officer = pl.col(officer).str.head(3) + UNALLOCATED_TEAM
    filled = [pl.col(team), of_officer]
    if area in words and _is_mandatory(table, team):
        filled.append(pl.col(area) + UNALLOCATED_TEAM)
    return pl.coalesce(filled)


def _is_mandatory(table: str, team: str) -> bool:
    return any(
        fill.source == team and fill.fill == "code" and not columns(table)[fill.column].is_nullable
        for fill in record(table)
    )
