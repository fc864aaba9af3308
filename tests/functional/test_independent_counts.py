"""What moved and how many minutes are left, against counts made from the deliveries by other means."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from delivered_cases import KINDS, Counts, provider_counts
from delivered_interventions import interventions, structured_interventions
from delivered_messages import gateway_counts
from delivered_minutes import gateway_orders, provider_orders, totals
from sample_runs import by_company, printed, rows_of

REGIONS = {"C06": "N51", "C17": "N07"}
DAY_1 = "2021-06-26%"


@pytest.fixture(scope="module")
def document(clean_run: Path) -> dict[str, Any]:
    """The reconciliation of the clean run by company."""
    return by_company(printed(clean_run))


@pytest.fixture(scope="module")
def counted(clean_run: Path) -> dict[str, Counts]:
    """Company to what its delivery says."""
    cycle = clean_run / "deliveries/day-1"
    return {
        "C06": provider_counts(cycle / "C06", "C06"),
        "C17": gateway_counts(cycle / "C17", cycle / "baseline", "C17"),
    }


@pytest.mark.parametrize("company", sorted(REGIONS))
def test_moves_per_kind_and_region_are_what_the_delivery_says(
    document: dict[str, Any], counted: dict[str, Counts], company: str
) -> None:
    moves = {
        (move["kind"], move["region"]): (move["transferred"], move["opened"])
        for move in document[company]["moves"]
    }
    assert all(sum(counted[company][kind]) for kind in KINDS)
    assert moves == {(kind, REGIONS[company]): count for kind, count in counted[company].items()}


@pytest.mark.parametrize("company", sorted(REGIONS))
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"CR", "IR"}))
def test_as_many_managers_are_closed_on_day_1(
    clean_run: Path, counted: dict[str, Counts], kind: str, company: str
) -> None:
    assert managers_dated(clean_run, kind, company, "END_DATE") == counted[company][kind][0]


@pytest.mark.parametrize("company", sorted(REGIONS))
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"CR", "IR"}))
def test_as_many_managers_are_opened_on_day_1(
    clean_run: Path, counted: dict[str, Counts], kind: str, company: str
) -> None:
    expected = sum(counted[company][kind])
    if kind == "NSI":
        expected += structured_interventions(clean_run / "deliveries/day-1" / company, company)
    start = "START_DATE" if kind == "NSI" else "ALLOCATION_DATE"
    assert managers_dated(clean_run, kind, REGIONS[company], start) == expected


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_transferred_component_has_one_transfer_row(
    clean_run: Path, counted: dict[str, Counts], kind: str
) -> None:
    table = "ORDER_TRANSFER" if kind == "OS" else f"{KINDS[kind][0]}_TRANSFER"
    found = rows_of(clean_run / "target.db", f"SELECT COUNT(*) FROM {table} WHERE REQUEST_DATE LIKE ?", DAY_1)
    assert found == [(sum(counts[kind][0] for counts in counted.values()),)]


@pytest.mark.parametrize("company", sorted(REGIONS))
def test_minutes_are_what_the_delivery_says(document: dict[str, Any], clean_run: Path, company: str) -> None:
    folder = clean_run / "deliveries/day-1" / company
    orders = {"C06": provider_orders, "C17": gateway_orders}[company](folder, company)
    expected = totals(orders)
    assert expected["upw_minutes_credited"] > 0
    for scope in (company, REGIONS[company]):
        found = {
            total["name"]: (total["source"], total["target"])
            for total in document[company]["totals"]
            if total["scope"] == scope and total["name"] in expected
        }
        assert found == {name: (minutes, minutes) for name, minutes in expected.items()}


@pytest.mark.parametrize("company", sorted(REGIONS))
def test_referrals_and_interventions_are_what_the_delivery_says(
    document: dict[str, Any], clean_run: Path, company: str
) -> None:
    expected = interventions(clean_run / "deliveries/day-1" / company, company)
    names = ("open_referrals_", "structured_interventions_")
    for scope in (company, REGIONS[company]):
        found = [
            (total["source"], total["target"])
            for total in document[company]["totals"]
            if total["scope"] == scope and total["name"].startswith(names)
        ]
        assert [sum(side) for side in zip(*found, strict=True)] == [expected, expected]


def test_the_nation_is_the_sum_of_its_companies(document: dict[str, Any], clean_run: Path) -> None:
    totals_of = [total for total in printed(clean_run)["totals"] if total["scope"] == "national"]
    national = {total["name"]: total["target"] for total in totals_of}
    summed: Counter[str] = Counter()
    for code, company in document.items():
        summed.update({t["name"]: t["target"] for t in company["totals"] if t["scope"] == code})
    assert national == dict(summed)


def managers_dated(workspace: Path, kind: str, area: str, column: str) -> int:
    """How many manager rows of an area have Day 1 in `column`."""
    query = f"""
        SELECT COUNT(*) FROM {KINDS[kind][1]} JOIN PROBATION_AREA USING (PROBATION_AREA_ID)
        WHERE PROBATION_AREA.CODE = ? AND {KINDS[kind][1]}.{column} LIKE ?
    """
    ((count,),) = rows_of(workspace / "target.db", query, area, DAY_1)
    return int(count)
