"""The unpaid work book of a region, recounted from the deliveries by other means."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from delivered_minutes import Order, gateway_orders, provider_orders
from openpyxl import load_workbook
from sample_runs import SURNAMES

DAY_1 = "2021-06-26"
DELIVERIES = "deliveries/day-1"
ASK = "limited access: ask the owner"


def rows_of_list(workspace: Path, region: str, name: str) -> list[dict[str, str]]:
    """One list of the book, as CSV."""
    path = workspace / f"reports/day-1/regions/{region}/csv/unpaid_work-{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def apart(rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], int]:
    """The rows that name their person, and how many hide one with limited access."""
    named = [row for row in rows if row["crn"] != ASK]
    return named, len(rows) - len(named)


def left(order: Order) -> Decimal:
    """Hours left of an order, with two decimals."""
    minutes = max(0, order.ordered - order.credited - order.adjusted)
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


def test_hours_of_each_person_are_what_the_delivery_says(clean_run: Path) -> None:
    counted = {order.person: left(order) for order in provider_orders(clean_run / DELIVERIES / "C06", "C06")}
    named, hidden = apart(rows_of_list(clean_run, "N51", "hours"))
    listed = {row["crn"]: Decimal(row["outstanding"]) for row in named}
    assert len(listed) > hidden > 0
    assert listed.items() <= counted.items()
    assert len(listed) + hidden == len(counted)


def test_hours_of_a_company_with_its_own_case_system_are_too(clean_run: Path) -> None:
    """Its persons have their own numbers, and some no CRN: the hours are compared as a whole."""
    counted = Counter(left(order) for order in gateway_orders(clean_run / DELIVERIES / "C17", "C17"))
    named, hidden = apart(rows_of_list(clean_run, "N07", "hours"))
    listed = Counter(Decimal(row["outstanding"]) for row in named)
    assert listed.total() > hidden > 0
    assert listed <= counted
    assert listed.total() + hidden == counted.total()


def test_every_session_from_day_1_on_is_in_the_schedule(clean_run: Path) -> None:
    book = load_workbook(clean_run / DELIVERIES / "C06/C06_upw.xlsx", read_only=True)
    header, *lines = book["SESSION LIST"].iter_rows(values_only=True)
    sessions = [dict(zip(header, line, strict=False)) for line in lines]
    counted = Counter(
        (str(row["Session Date"])[:10], "N51" + str(row["Scheme No"]).removeprefix("C06") + "-C06")
        for row in sessions
        if str(row["Session Date"]) >= DAY_1
    )
    listed = Counter((row["date"], row["project_code"]) for row in rows_of_list(clean_run, "N51", "sessions"))
    assert counted
    assert listed == counted


@pytest.mark.parametrize("region", ["N51", "N07"])
def test_nobody_is_named_unless_asked(clean_run: Path, region: str) -> None:
    folder = clean_run / f"reports/day-1/regions/{region}"
    texts = [path.read_text("utf-8") for path in folder.glob("csv/unpaid_work-*.csv")]
    assert texts
    assert not [name for name in SURNAMES for text in texts if name in text]
