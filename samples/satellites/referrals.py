"""Referrals to sub-contracted services."""

import datetime as dt

from samples import facts
from samples.csv_files import write_csv
from samples.dates import EXTRACT
from samples.delivery import Delivery, SentFile
from samples.satellites.holdings import own_rows, owner_of, supervised
from samples.schedule import person_columns
from samples.world import Person, Row, World

MIXED = ("CRS01", "CRS02", "CRS04", "CRS05", "CRS02")
"""Categories in turn, as the NSI type each becomes. Women's and young adults' services come apart."""
WOMEN, YOUNG_ADULTS = "CRS06", "CRS07"
YOUNG_ADULT_COMPANIES = ("C10",)


def add_referrals(world: World, delivery: Delivery) -> None:
    """Every other supervised person is referred; one in four referrals has ended."""
    rows = own_rows(delivery, "referrals", "referrals")
    for number, person in enumerate(supervised(world, delivery.company)[1::2], start=1):
        rows.append(_referral(person, delivery.company, number))


def _category(person: Person, company: str, number: int) -> str:
    if person.row["GENDER_CODE"] == "F":
        return WOMEN
    if company in YOUNG_ADULT_COMPANIES and number % 5 == 0:
        return YOUNG_ADULTS
    return MIXED[number % len(MIXED)]


def _referral(person: Person, company: str, number: int) -> Row:
    owner = owner_of(company)
    category = _category(person, company, number)
    is_open = number % 4 != 0
    sub_category = ("ETE", "FBD", "")[number % 3] if category == "CRS02" else ""
    return {
        "referral_ref": f"SR-{number:07d}",
        **person_columns(person),
        "surname": person.row["SURNAME"],
        "date_of_birth": person.row["DATE_OF_BIRTH_DATE"],
        "category": facts.own_code("referral_category", owner, category),
        "sub_category": sub_category,
        "supplier": "Sample Homes CIC",
        "service_name": "Sample advice, weekly",
        "referral_date": dt.date(2021, 1, 11),
        "start_date": dt.date(2021, 1, 25),
        "end_date": None if is_open else dt.date(2021, 5, 14),
        "status": facts.own_code("referral_status", owner, "open" if is_open else "closed"),
        "officer_code": person.place.person.officer,
        "component_id": None,
        "sessions_booked": 2 if is_open else 0,
        "note": "",
    }


def write_referrals(delivery: Delivery) -> list[SentFile]:
    """The one CSV file of the export."""
    rows = delivery.rows("referrals", "referrals")
    open_code = facts.own_code("referral_status", owner_of(delivery.company), "open")
    still_open = sum(row["status"] == open_code and _is_running(row["end_date"]) for row in rows)
    totals: dict[str, int | str] = {"referrals": len(rows), "open_referrals": still_open}
    return [write_csv(delivery, "referrals", "referrals", totals)]


def _is_running(end: dt.date | str | None) -> bool:
    return not end or (isinstance(end, dt.date) and end > EXTRACT)
