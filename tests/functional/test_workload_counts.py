"""The workload book against what the target holds, counted by other means: SQL."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from sample_runs import rows_of

CASES = """
    SELECT PROBATION_AREA.CODE, STAFF.OFFICER_CODE,
        CASE WHEN EXISTS ({sentence} AND STATUS.CODE_VALUE IN ('A', 'C', 'D', 'I', 'R')) THEN 'custody'
             WHEN EXISTS ({sentence} AND STATUS.CODE_VALUE IN ('B', 'P')) THEN 'licence'
             ELSE 'community' END,
        SUBSTR(TIER.CODE_VALUE, 2)
    FROM OFFENDER_MANAGER
    JOIN OFFENDER ON OFFENDER.OFFENDER_ID = OFFENDER_MANAGER.OFFENDER_ID
    JOIN PROBATION_AREA ON PROBATION_AREA.PROBATION_AREA_ID = OFFENDER_MANAGER.PROBATION_AREA_ID
    JOIN STAFF ON STAFF.STAFF_ID = OFFENDER_MANAGER.ALLOCATION_STAFF_ID
    LEFT JOIN R_STANDARD_REFERENCE_LIST TIER ON TIER.STANDARD_REFERENCE_LIST_ID = OFFENDER.CURRENT_TIER
    WHERE OFFENDER_MANAGER.ACTIVE_FLAG = 1 AND OFFENDER_MANAGER.SOFT_DELETED = 0
        AND DATE(OFFENDER_MANAGER.ALLOCATION_DATE) = '2021-06-26'
"""
SENTENCE = """
    SELECT 1 FROM DISPOSAL JOIN CUSTODY USING (DISPOSAL_ID)
    JOIN R_STANDARD_REFERENCE_LIST STATUS
        ON STATUS.STANDARD_REFERENCE_LIST_ID = CUSTODY.CUSTODIAL_STATUS_ID
    WHERE DISPOSAL.OFFENDER_ID = OFFENDER.OFFENDER_ID AND DISPOSAL.ACTIVE_FLAG = 1
        AND DISPOSAL.SOFT_DELETED = 0 AND CUSTODY.SOFT_DELETED = 0
"""


def lines(workspace: Path, name: str) -> list[dict[str, str]]:
    """The lines of a list over all regions."""
    found: list[dict[str, str]] = []
    for path in sorted((workspace / "reports/day-1/regions").glob(f"*/csv/workload-{name}.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += csv.DictReader(file)
    return found


@pytest.fixture(scope="module")
def managed(clean_run: Path) -> list[tuple[str, ...]]:
    """Region, officer, place and tier of every person that Day 1 gave another manager."""
    return rows_of(clean_run / "target.db", CASES.format(sentence=SENTENCE))


def test_each_practitioner_has_as_many_persons_as_the_target(
    clean_run: Path, managed: list[tuple[str, ...]]
) -> None:
    told = Counter(
        {(row["region"], row["officer"]): int(row["after"]) for row in lines(clean_run, "practitioners")}
    )
    assert told == Counter((region, officer) for region, officer, *_ in managed)


@pytest.mark.parametrize("place", ["custody", "licence", "community"])
def test_cases_are_in_the_places_that_the_sentences_say(
    clean_run: Path, managed: list[tuple[str, ...]], place: str
) -> None:
    told = sum(int(row[place]) for row in lines(clean_run, "practitioners"))
    assert told == sum(each[2] == place for each in managed)


def test_the_extract_counts_every_person_once_in_the_column_of_place_and_tier(
    clean_run: Path, managed: list[tuple[str, ...]]
) -> None:
    short = {"custody": "cust", "licence": "licence", "community": "comm"}
    expected = Counter(f"{short[place]}tier{(tier or '0').lower()}" for _, _, place, tier in managed)
    told: Counter[str] = Counter()
    for row in lines(clean_run, "wmt_extract"):
        told.update({name: int(value) for name, value in row.items() if "tier" in name and value != "0"})
    assert told == expected
