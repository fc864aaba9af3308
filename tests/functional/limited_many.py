"""Deliveries in which a third of all persons has limited access, one of them by what a company alone says."""

from collections.abc import Callable
from pathlib import Path

from changed_baseline import Row, change
from sample_runs import COMPANIES

from samples.defects.plan import CARRIED
from samples.make import make

EVERY = 3
PERSONS = "SELECT CAST(OFFENDER_ID AS TEXT), CRN, SURNAME FROM OFFENDER"
LIMITED = """
    SELECT OFFENDER_ID FROM RESTRICTION WHERE coalesce(RESTRICTION_END_DATE, '9') >= '2021-06-26'
    UNION SELECT OFFENDER_ID FROM EXCLUSION WHERE coalesce(EXCLUSION_END_DATE, '9') >= '2021-06-26'
"""


def make_many(workspace: Path) -> str:
    """Damaged deliveries of `workspace` with many such persons; the OFFENDER_ID of restrict_as_delivered."""
    make(workspace / "deliveries", companies=COMPANIES, people=60, defects=CARRIED)
    deliveries = workspace / "deliveries/day-1"
    change(deliveries / "baseline", "EXCLUSION", exclude_many(deliveries / "baseline"))
    return restrict_as_delivered(deliveries)


def exclude_many(baseline: Path) -> Callable[[list[Row]], None]:
    """Adds an exclusion of a user for every third person."""
    persons = column_of(baseline, "OFFENDER", "OFFENDER_ID")[::EVERY]

    def edit(rows: list[Row]) -> None:
        first = max(int(row["EXCLUSION_ID"]) for row in rows) + 1
        pattern = next(row for row in rows if not row["EXCLUSION_END_DATE"])
        rows += [
            {**pattern, "EXCLUSION_ID": str(first + number), "OFFENDER_ID": person}
            for number, person in enumerate(persons)
        ]

    return edit


def restrict_as_delivered(deliveries: Path) -> str:
    """OFFENDER_ID of a person whom C06 alone says to be restricted."""
    known = column_of(deliveries / "baseline", "OFFENDER", "OFFENDER_ID")[::EVERY]
    limits = [
        *column_of(deliveries / "baseline", "EXCLUSION", "OFFENDER_ID"),
        *column_of(deliveries / "baseline", "RESTRICTION", "OFFENDER_ID"),
        *known,
    ]
    placed = column_of(deliveries / "C06", "UPW_DETAILS", "OFFENDER_ID")
    person = next(one for one in placed if one not in limits)

    def edit(rows: list[Row]) -> None:
        key = max(int(row["RESTRICTION_ID"]) for row in rows) + 900
        pattern = next(row for row in rows if not row["RESTRICTION_END_DATE"])
        rows.append({**pattern, "RESTRICTION_ID": str(key), "OFFENDER_ID": person})

    change(deliveries / "C06", "RESTRICTION", edit)
    return person


def column_of(folder: Path, table: str, column: str) -> list[str]:
    """The values of a column of a file of nDelius."""
    found: list[str] = []
    change(folder, table, lambda rows: found.extend(row[column] for row in rows))
    return found
