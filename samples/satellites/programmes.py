"""Accredited programmes with sessions and attendance, and the register of RAR activities."""

import datetime as dt

from samples.csv_files import write_csv
from samples.cut import by_person
from samples.dates import EXTRACT
from samples.delivery import Delivery, SentFile
from samples.satellites.holdings import key_or_blank, live_requirements, number_of, own_rows
from samples.schedule import person_columns
from samples.world import Person, Row, World

SESSION_DATES = (dt.date(2021, 4, 6), dt.date(2021, 5, 4), dt.date(2021, 6, 1), dt.date(2021, 7, 6))
PROGRAMMES = ("TSP", "BBR", "RESOLVE", "BSR")
NEEDS = ("ATB", "DA", "EM", "ACC", "ATB")


def add_programmes(world: World, delivery: Delivery) -> None:
    """Persons with a programme requirement are referred to one group; persons with a RAR have activities."""
    company, draw = delivery.company, world.draw
    referred = live_requirements(world, company, "C")
    contacts = by_person(world.tables["CONTACT"])
    group = draw.next(f"group {company}")
    sessions = own_rows(delivery, "programmes", "sessions")
    if referred:  # of a country drawn part by part some parts have nobody
        facilitator = referred[0][0].place.programme.officer
        sessions += [
            _session(company, facilitator, group, number) for number in range(1, len(SESSION_DATES) + 1)
        ]
    attendance = own_rows(delivery, "programmes", "attendance")
    for person, requirement in referred:
        number = draw.next(f"programme {company}")
        own_rows(delivery, "programmes", "referrals").append(_referral(person, requirement, number))
        known = [row for row in contacts[person.id] if not row.get("local_only")]
        attendance += _attendance(group, number, known)
    activities = own_rows(delivery, "programmes", "rar")
    for person, requirement in live_requirements(world, company, "F")[::2]:
        activities.append(_activity(person, requirement, draw.next(f"activity {company}")))


def _referral(person: Person, requirement: Row, number: int) -> Row:
    return {
        "referral_id": f"IM-{number:07d}",
        **person_columns(person),
        "pnc": person.row["PNC_NUMBER"],
        "surname": person.row["SURNAME"],
        "dob": person.row["DATE_OF_BIRTH_DATE"],
        "programme": PROGRAMMES[number % len(PROGRAMMES)],
        "referral_date": dt.date(2021, 1, 11),
        "status": "ONGOING" if number % 2 else "REFERRED",
        "start_date": dt.date(2021, 3, 1),
        "end_date": None,
        "component_id": key_or_blank(requirement, "RQMNT_ID"),
        "treatment_manager": person.place.programme.officer,
        "team_code": person.place.programme.team,
        "travel_minutes": 10 + number % 80,
    }


def _session_id(group: int, number: int) -> str:
    """The reference of one of a group's sessions."""
    return f"IMS-{(group - 1) * len(SESSION_DATES) + number:06d}"


def _session(company: str, facilitator: str, group: int, number: int) -> Row:
    return {
        "session_id": _session_id(group, number),
        "programme": "TSP",
        "group_ref": f"TSP-{company}-{group:02d}",
        "session_no": number,
        "session_date": SESSION_DATES[number - 1],
        "start_time": dt.time(18, 0),
        "end_time": dt.time(20, 0),
        "venue": "Sample Hall",
        "facilitator_1": facilitator,
        "facilitator_2": "",
        "mode": ("G", "O", "R")[number % 3],
    }


def _attendance(group: int, referral: int, known_contacts: list[Row]) -> list[Row]:
    """One row per session; the first was pushed to the case system, the future one has no outcome."""
    rows = []
    for number, date in enumerate(SESSION_DATES, start=1):
        is_past = date < EXTRACT
        outcome = ("AT", "AT", "AB", "AC")[(referral + number) % 4] if is_past else ""
        pushed = known_contacts[0]["CONTACT_ID"] if number == 1 and known_contacts else None
        rows.append(
            {
                "session_id": _session_id(group, number),
                "referral_id": f"IM-{referral:07d}",
                "outcome": outcome,
                "minutes": (120 if outcome == "AT" else 0) if is_past else None,
                "contact_id": pushed,
                "note": "",
            }
        )
    return rows


def _activity(person: Person, requirement: Row, number: int) -> Row:
    need = NEEDS[number % len(NEEDS)]
    is_closed = number % 6 == 0
    crn = person_columns(person)
    return {
        "activity_id": f"RAR-{number:06d}",
        **crn,
        "need_area": need,
        "activity_code": f"{need}-THINK",
        "activity_name": "Sample thinking course",
        "start_date": dt.date(2021, 3, 1),
        "end_date": dt.date(2021, 5, 28) if is_closed else None,
        "days_planned": 10,
        "days_done": number % 5,
        "status": "CLOSED" if is_closed else "LIVE",
        "panel_ref": f"EIP-{number:04d}",
        "panel_decision": "APPROVED",
        "sub_contracted": False,
        "component_id": key_or_blank(requirement, "RQMNT_ID"),
    }


def write_programmes(delivery: Delivery) -> list[SentFile]:
    """The four CSV files of the export, each with the totals that belong to it."""
    rows = {
        part: delivery.rows("programmes", part) for part in ("referrals", "sessions", "attendance", "rar")
    }
    totals: dict[str, dict[str, int | str]] = {
        "referrals": {"referrals": len(rows["referrals"])},
        "sessions": {"sessions": len(rows["sessions"])},
        "attendance": {
            "attendances": len(rows["attendance"]),
            "attended_minutes": number_of(rows["attendance"], "minutes"),
        },
        "rar": {
            "activities": len(rows["rar"]),
            "rar_days_planned": number_of(rows["rar"], "days_planned"),
        },
    }
    return [write_csv(delivery, "programmes", part, totals[part]) for part in rows]


SENDS = ("programmes", add_programmes, write_programmes)
