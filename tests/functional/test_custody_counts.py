"""The custody book against what prison, sentence and key dates say, counted by other means: SQL and lxml."""

import csv
import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from delivered_messages import messages
from sample_runs import rows_of

FIRST, NEXT = dt.date(2021, 7, 24), dt.date(2021, 10, 16)
NIGHT = dt.date(2021, 6, 26)
INSIDE, AFTER = ("A", "C", "D", "I", "R"), ("P",)

CUSTODY = """
    SELECT PROBATION_AREA.CODE, BOROUGH.DESCRIPTION, STATUS.CODE_VALUE, DISPOSAL.EVENT_ID,
        (SELECT MAX(DATE(PSS_RQMNT.IMPOSED_DATE, '+' || PSS_RQMNT.LENGTH || ' days'))
         FROM PSS_RQMNT
         WHERE PSS_RQMNT.CUSTODY_ID = CUSTODY.CUSTODY_ID AND PSS_RQMNT.ACTIVE_FLAG = 1)
    FROM CUSTODY JOIN DISPOSAL USING (DISPOSAL_ID)
    JOIN OFFENDER ON OFFENDER.OFFENDER_ID = CUSTODY.OFFENDER_ID
    JOIN OFFENDER_MANAGER ON OFFENDER_MANAGER.OFFENDER_ID = OFFENDER.OFFENDER_ID
    JOIN PROBATION_AREA ON PROBATION_AREA.PROBATION_AREA_ID = OFFENDER_MANAGER.PROBATION_AREA_ID
    JOIN TEAM ON TEAM.TEAM_ID = OFFENDER_MANAGER.TEAM_ID
    JOIN DISTRICT ON DISTRICT.DISTRICT_ID = TEAM.DISTRICT_ID
    JOIN BOROUGH ON BOROUGH.BOROUGH_ID = DISTRICT.BOROUGH_ID
    JOIN R_STANDARD_REFERENCE_LIST STATUS
        ON STATUS.STANDARD_REFERENCE_LIST_ID = CUSTODY.CUSTODIAL_STATUS_ID
    WHERE DISPOSAL.ACTIVE_FLAG = 1 AND CUSTODY.SOFT_DELETED = 0 AND OFFENDER_MANAGER.ACTIVE_FLAG = 1
        AND DATE(OFFENDER_MANAGER.ALLOCATION_DATE) = '2021-06-26'
"""
"""Sentences in custody of who has a new offender manager: where, and when the requirements after it end."""


def listed(workspace: Path, name: str, *words: str) -> Counter[tuple[str, ...]]:
    """Lines of the list by region, PDU and `words`, over all regions."""
    counts: Counter[tuple[str, ...]] = Counter()
    for path in (workspace / "reports/day-1/regions").glob(f"*/csv/custody-{name}.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            counts.update(
                tuple(row[word] for word in ("region", "pdu", *words)) for row in csv.DictReader(file)
            )
    return counts


def key_dates(workspace: Path) -> dict[int, dict[str, dt.date]]:
    """Event to its key dates in the interchange; of several of one kind the earliest."""
    found: dict[int, dict[str, dt.date]] = {}
    for row in messages(workspace / "deliveries/day-1/C17"):
        if row["record"] == "CustodyDate":
            day = dt.date.fromisoformat(row["KeyDate"][:10])
            dates = found.setdefault(int(row["EventID"]), {})
            dates[row["KeyDateType"]] = min(day, dates.get(row["KeyDateType"], day))
    return found


def how_soon(day: dt.date) -> str:
    """In which of the book's windows the day lies."""
    if day < NIGHT:
        return "before Day 1: check"
    return "first four weeks" if day < FIRST else "next twelve weeks" if day < NEXT else "later"


@pytest.fixture(scope="module")
def counted(clean_run: Path) -> dict[str, Counter[tuple[str, ...]]]:
    """List to its lines, as they must be."""
    dates = key_dates(clean_run)
    counts: dict[str, Counter[tuple[str, ...]]] = {
        name: Counter() for name in ("in_custody", "releases", "supervision_ends")
    }
    for region, pdu, status, event, requirement_end in rows_of(clean_run / "target.db", CUSTODY):
        known = dates.get(event, {})
        if status in INSIDE:
            release = min((known[kind] for kind in ("ACR", "HDE") if kind in known), default=None)
            is_near = release is not None and release - dt.timedelta(weeks=12) <= NIGHT
            responsible = "community" if status == "C" or is_near else "prison"
            counts["in_custody"][region, pdu, responsible] += 1
            if release is not None and how_soon(release) != "later":
                counts["releases"][region, pdu, how_soon(release)] += 1
        elif status in AFTER:
            given = dt.date.fromisoformat(requirement_end) if requirement_end else None
            end = known.get("PSSED", given)
            if end is not None and how_soon(end) != "later":
                counts["supervision_ends"][region, pdu, how_soon(end)] += 1
    return counts


@pytest.mark.parametrize(
    ("name", "word"),
    [("in_custody", "responsible"), ("releases", "when"), ("supervision_ends", "when")],
)
def test_the_custody_book_counts_as_prison_sentence_and_key_dates_do(
    clean_run: Path, counted: dict[str, Counter[tuple[str, ...]]], name: str, word: str
) -> None:
    assert counted[name]
    assert listed(clean_run, name, word) == counted[name]
