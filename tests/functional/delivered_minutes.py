"""Minutes of unpaid work as deliveries add up to them, read with csv, lxml and openpyxl alone."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from delivered_cases import Cases, Row
from delivered_messages import is_open, messages
from openpyxl import load_workbook

WORK = "W"
SIGN = {"POSITIVE": 1, "NEGATIVE": -1}


@dataclass
class Order:
    """One unpaid work order in minutes. `person` is its CRN, or the company's own reference."""

    person: str
    ordered: int
    credited: int = 0
    adjusted: int = 0


def totals(orders: list[Order]) -> dict[str, int]:
    """The four totals of minutes; what remains of an order is never below zero."""
    return {
        "upw_minutes_ordered": sum(order.ordered for order in orders),
        "upw_minutes_credited": sum(order.credited for order in orders),
        "upw_minutes_adjusted": sum(order.adjusted for order in orders),
        "upw_minutes_remaining": sum(
            max(0, order.ordered - order.credited - order.adjusted) for order in orders
        ),
    }


def provider_orders(folder: Path, company: str) -> list[Order]:
    """Orders of a provider extract whose requirement moves, with the schedule's sessions added."""
    cases = Cases(folder)
    moving = cases.live("RQ") & cases.managed("RQ", company)
    sentences = {
        row["DISPOSAL_ID"]
        for row in cases.rows("RQMNT")
        if row["RQMNT_ID"] in moving and row["RQMNT_TYPE_MAIN_CATEGORY_CODE"] == WORK
    }
    crns = {row["OFFENDER_ID"]: row["CRN"] for row in cases.rows("OFFENDER")}
    orders = {
        row["UPW_DETAILS_ID"]: Order(crns[row["OFFENDER_ID"]], int(row["UPW_LENGTH_MINUTES"]))
        for row in cases.rows("UPW_DETAILS")
        if row["DISPOSAL_ID"] in sentences
    }
    for row in cases.rows("UPW_APPOINTMENT"):
        if row["UPW_DETAILS_ID"] in orders:
            orders[row["UPW_DETAILS_ID"]].credited += int(row["MINUTES_CREDITED"] or 0)
    for row in cases.rows("UPW_ADJUSTMENT"):
        if row["UPW_DETAILS_ID"] in orders:
            signed = int(row["ADJUSTMENT_AMOUNT"]) * SIGN[row["ADJUSTMENT_TYPE"]]
            orders[row["UPW_DETAILS_ID"]].adjusted += signed
    return _with_schedule(list(orders.values()), folder)


def gateway_orders(folder: Path, company: str) -> list[Order]:
    """Orders of an interchange whose requirement moves or is opened, with the schedule's sessions added."""
    by_record: dict[str, list[Row]] = defaultdict(list)
    for row in messages(folder):
        by_record[row["record"]].append(row)
    open_events = {row["LocalRecordReference"] for row in by_record["Event"] if is_open(row, "OS")}
    moving = {
        row["LocalEventReference"]
        for row in by_record["CommunityRequirement"]
        if row["RequirementTypeMainCategory"] == WORK and is_open(row, "RQ") and row["RQProvider"] == company
    } & open_events
    orders = {
        row["LocalEventReference"]: Order(row["LocalReference"], int(row["UPWLengthMinutes"]))
        for row in by_record["UPWDetails"]
        if row["LocalEventReference"] in moving
    }
    for row in by_record["UPWContact"]:
        if row["LocalEventReference"] in orders:
            orders[row["LocalEventReference"]].credited += int(row["MinutesCredited"] or 0)
    for row in by_record["UPWAdjustment"]:
        if row["LocalEventReference"] in orders:
            signed = int(row["AdjustmentMinutes"]) * SIGN[row["AdjustmentType"]]
            orders[row["LocalEventReference"]].adjusted += signed
    return _with_schedule(list(orders.values()), folder)


def _with_schedule(orders: list[Order], folder: Path) -> list[Order]:
    """Add the credit of sessions that the case system does not know yet. No sample has two live orders."""
    placements, sessions = schedule(folder)
    by_person = {order.person: order for order in orders}
    for placement, reference, credited in sessions:
        if not reference and placements[placement] in by_person:
            by_person[placements[placement]].credited += credited
    return orders


def schedule(folder: Path) -> tuple[dict[str, str], list[tuple[str, str, int]]]:
    """Placement to person, and (placement, case system reference, minutes credited) of each session."""
    if list(folder.glob("*_upw.xlsx")):
        return _workbook(folder)
    placements = _csv(folder, "placements")
    sessions = _csv(folder, "sessions")
    return (
        {row["placement_id"]: row["omnia_person_id"] for row in placements},
        [
            (row["placement_id"], row["omnia_record_id"], int(row["minutes_credited"] or 0))
            for row in sessions
        ],
    )


def _csv(folder: Path, part: str) -> list[Row]:
    (path,) = folder.glob(f"*_upw_{part}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _workbook(folder: Path) -> tuple[dict[str, str], list[tuple[str, str, int]]]:
    (path,) = folder.glob("*_upw.xlsx")
    placements, sessions = (_sheet(path, name) for name in ("PLACEMENT LIST", "SESSION LIST"))
    return (
        {row["Placement No"]: row["nDelius CRN"] for row in placements},
        [(row["Placement No"], row["nDelius Ref"], _minutes(row["Hrs Cred"])) for row in sessions],
    )


def _sheet(path: Path, name: str) -> list[Row]:
    header, *lines = load_workbook(path, read_only=True)[name].iter_rows(values_only=True)
    return [
        {str(word): "" if cell is None else str(cell) for word, cell in zip(header, line, strict=False)}
        for line in lines
    ]


def _minutes(text: str) -> int:
    hours, _, rest = (text or "0:0").partition(":")
    return int(hours) * 60 + int(rest)
