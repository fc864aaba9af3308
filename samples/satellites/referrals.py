"""Referrals to sub-contracted services."""

import datetime as dt

from samples import facts
from samples.csv_files import write_csv
from samples.cut import by_person
from samples.dates import EXTRACT
from samples.delivery import Delivery, SentFile
from samples.satellites.holdings import key_or_blank, own_rows, owner_of, supervised
from samples.schedule import person_columns
from samples.world import Person, Row, World

EMPLOYMENT = "Education, training, employment and finance, benefits, debt"
MIXED = ("Accommodation", EMPLOYMENT, "Dependency and recovery", "Personal wellbeing", EMPLOYMENT)
"""Categories in turn, by the label of each owner's list. Women's and young adults' services come apart."""
WOMEN, YOUNG_ADULTS = "Women's services", "Young adults, Wales"
YOUNG_ADULT_COMPANIES = ("C10",)


def add_referrals(world: World, delivery: Delivery) -> None:
    """Every other person under a live sentence is referred; one in four referrals has ended.

    In turn a referral names a live requirement of the person, or none: then its event is found.
    """
    rows = own_rows(delivery, "referrals", "referrals")
    requirements = by_person(world.tables["RQMNT"])
    sentenced = [one for one in supervised(world, delivery.company) if one.kind != "before sentence"]
    for person in sentenced[1::2]:
        number = world.draw.next(f"service {delivery.company}")
        live = [row for row in requirements.get(person.id, []) if row["ACTIVE_FLAG"]]
        named = key_or_blank(live[number % len(live)], "RQMNT_ID") if live and number % 3 else None
        rows.append(_referral(person, delivery.company, number, named))


def _category(person: Person, company: str, number: int) -> str:
    if person.row["GENDER_CODE"] == "F":
        return WOMEN
    if company in YOUNG_ADULT_COMPANIES and number % 5 == 0:
        return YOUNG_ADULTS
    return MIXED[number % len(MIXED)]


def _referral(person: Person, company: str, number: int, requirement: int | None) -> Row:
    owner = owner_of(company)
    category = _category(person, company, number)
    is_open = number % 4 != 0
    sub_category = ("ETE", "FBD", "")[number % 3] if category == EMPLOYMENT else ""
    return {
        "referral_ref": f"SR-{number:07d}",
        **person_columns(person),
        "surname": person.row["SURNAME"],
        "date_of_birth": person.row["DATE_OF_BIRTH_DATE"],
        "category": facts.labelled_code("referral_category", owner, category),
        "sub_category": sub_category,
        "supplier": "Sample Homes CIC",
        "service_name": "Sample advice, weekly",
        "referral_date": dt.date(2021, 1, 11),
        "start_date": dt.date(2021, 1, 25),
        "end_date": None if is_open else dt.date(2021, 5, 14),
        "status": facts.own_code("referral_status", owner, "open" if is_open else "closed"),
        "officer_code": person.place.person.officer,
        "component_id": requirement,
        "sessions_booked": 2 if is_open else 0,
        "note": "Sample note" if number % 4 == 1 else "",
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


SENDS = ("referrals", add_referrals, write_referrals)
