"""Damage to the unpaid work schedule."""

import datetime as dt

from samples import facts
from samples.dates import EXTRACT
from samples.defects.below import expect_below_satellite
from samples.defects.site import Site, strangers
from samples.world import Person, Row

EPOCHS = {"1900": dt.date(1899, 12, 30), "1904": dt.date(1904, 1, 1)}
DATE_SYSTEM_1904 = ("C11",)
WOMEN_ONLY, TRAINING = "P003", "P004"


def _placement(site: Site, person: Person) -> Row:
    """The delivered placement of a person."""
    number = next(
        row["placement_id"] for row in site.world.placements[site.company] if row["person"] is person
    )
    return next(row for row in site.delivery.rows("upw", "Placements") if row["placement_id"] == number)


def _sessions(site: Site, person: Person) -> list[Row]:
    number = _placement(site, person)["placement_id"]
    return [row for row in site.delivery.rows("upw", "Sessions") if row["placement_id"] == number]


def worker(site: Site, gender: str = "MF") -> Person:
    """An undamaged person at work, known to the case system, with sessions that it does not hold yet."""
    return site.victim(
        lambda person: (
            is_worker(site, person) and person.row["GENDER_CODE"] in gender and bool(new_past(site, person))
        )
    )


def is_worker(site: Site, person: Person) -> bool:
    """True when the person has a placement, and the case system knows the person."""
    is_placed = any(row["person"] is person for row in site.world.placements[site.company])
    return is_placed and not person.row.get("local_only")


def is_past(session: Row) -> bool:
    """True when the session was before the extract."""
    return isinstance(session["session_date"], dt.date) and session["session_date"] < EXTRACT


def new_past(site: Site, person: Person) -> list[Row]:
    """Past attended sessions that the case system does not hold."""
    return [
        row
        for row in _sessions(site, person)
        if not row["case_system_ref"] and is_past(row) and row["credited"]
    ]


def new_future(site: Site, person: Person) -> list[Row]:
    """Sessions from Day 1 on that the case system does not hold."""
    return [row for row in _sessions(site, person) if not row["case_system_ref"] and not is_past(row)]


def known_past(site: Site, person: Person) -> list[Row]:
    """Past attended sessions that the case system holds, the later ones first."""
    held = [row for row in _sessions(site, person) if row["case_system_ref"] and is_past(row)]
    return [row for row in held if row["credited"]][::-1]


def _with_two(site: Site, about: str) -> Person:
    """A person at work for defects, each of a session of its own, with two past ones that nDelius lacks."""
    return site.shared_victim(
        about, lambda person: is_worker(site, person) and len(new_past(site, person)) > 1
    )


def missing_number(site: Site) -> None:
    """D17."""
    row = new_past(site, _with_two(site, "values"))[0]
    row["offered"] = "N/A"
    site.expect("upw", "Sessions", row, "T04")


def unreadable_end(site: Site) -> None:
    """D64: the end of a placement is 0, as a link to an empty cell gives it."""
    row = _placement(site, worker(site))
    row["end_date"] = 0
    site.expect("upw", "Placements", row, "T13")
    expect_below_satellite(site, "upw", "Placements", row)


def excel_day(site: Site) -> None:
    """D18: an Excel day number in a date column."""
    row = site.delivery.rows("upw", "Projects")[1]
    system = "1904" if site.company in DATE_SYSTEM_1904 else "1900"
    row["risk_review"] = (row["risk_review"] - EPOCHS[system]).days
    site.expect("upw", "Projects", row, "T12")


def formula_text(site: Site) -> None:
    """D22."""
    row = site.delivery.rows("upw", "Projects")[0]
    row["project_name"] = "=Sample Park"
    site.expect("upw", "Projects", row, "T09")


def undecodable_byte(site: Site) -> None:
    """D15: a byte that is not UTF-8."""
    row = new_past(site, _with_two(site, "travel"))[-1]
    row["note"] = "Sample \udcff note"
    site.expect("upw", "Sessions", row, "T02")


def merged_crn(site: Site) -> None:
    """D27: a placement names the CRN that was merged away."""
    merged = _merged_crns(site)
    placed = {row["person"].id for row in site.world.placements[site.company]}
    person = site.victim(lambda found: found.id in merged and found.id in placed)
    row = _placement(site, person)
    row["crn"] = merged[person.id]
    site.expect("upw", "Placements", row, "M03")


def _merged_crns(site: Site) -> dict[int, str]:
    return {
        row["OFFENDER_ID"]: row["IDENTIFIER"]
        for row in site.baseline.rows("delius", "ADDITIONAL_IDENTIFIER")
        if row["IDENTIFIER_NAME_CODE"] in ("PCRN", "DOFF")
    }


def crn_of_another(site: Site) -> None:
    """D32: the CRN of somebody of the region."""
    row = _placement(site, worker(site))
    row["crn"] = strangers(site)[0].row["CRN"]
    site.expect("upw", "Placements", row, "M02")
    expect_below_satellite(site, "upw", "Placements", row)


def father(site: Site) -> None:
    """D70: CRN and surname of one person, the date of birth of the father."""
    row = _placement(site, worker(site))
    row["date_of_birth"] = row["date_of_birth"].replace(year=row["date_of_birth"].year - 40, day=1)
    site.expect("upw", "Placements", row, "M10")
    expect_below_satellite(site, "upw", "Placements", row)


def merged_twice(site: Site) -> None:
    """D69: the CRN of somebody merged into a person who was merged in turn into the one that is left."""
    person, draw = worker(site), site.world.draw
    first, second = (f"X{400_000 + draw.next('merged'):06d}" for _ in range(2))
    between = person.row | {"OFFENDER_ID": draw.key("OFFENDER"), "CRN": second, "SOFT_DELETED": True}
    site.baseline.rows("delius", "OFFENDER").append(
        between | dict.fromkeys(("NOMS_NUMBER", "PNC_NUMBER", "CRO_NUMBER"), "")
    )
    _add_former_crn(site, between["OFFENDER_ID"], first)
    _add_former_crn(site, person.id, second)
    row = _placement(site, person)
    row["crn"] = first
    site.expect("upw", "Placements", row, "M03")


def _add_former_crn(site: Site, person: int, crn: str) -> None:
    """A CRN that was merged away: in nDelius, and in the extract of whoever has the person there."""
    row = {
        "ADDITIONAL_IDENTIFIER_ID": site.world.draw.key("ADDITIONAL_IDENTIFIER"),
        "OFFENDER_ID": person,
        "IDENTIFIER_NAME_CODE": "PCRN",
        "IDENTIFIER": crn,
        "SOFT_DELETED": False,
    }
    site.baseline.rows("delius", "ADDITIONAL_IDENTIFIER").append(row)
    if site.rows("OFFENDER", OFFENDER_ID=person):
        site.delivery.rows("delius", "ADDITIONAL_IDENTIFIER").append(dict(row))


def identical_row(site: Site) -> None:
    """D23."""
    row = new_past(site, _with_two(site, "numbers"))[0]
    again = dict(row)
    site.delivery.rows("upw", "Sessions").append(again)
    site.expect("upw", "Sessions", again, "T10")


def same_key(site: Site) -> None:
    """D24: same session number, another end."""
    row = new_past(site, _with_two(site, "numbers"))[1]
    other = row | {"end_time": dt.time(17, 15)}
    site.delivery.rows("upw", "Sessions").append(other)
    site.expect("upw", "Sessions", row, "T11")
    site.expect("upw", "Sessions", other, "T11")


def future_outcome(site: Site) -> None:
    """D46: a session in July with an outcome."""
    row = new_future(site, _with_two(site, "credit"))[0]
    row.update(
        session_date=dt.date(2021, 7, 10),
        outcome=facts.own_code("upw_outcome", site.owner, "ATTC"),
        credited=row["offered"],
        travel_credited=0,
    )
    site.expect("upw", "Sessions", row, "U05")


def too_much_credit(site: Site) -> None:
    """D47: more credited than offered."""
    row = new_past(site, _with_two(site, "credit"))[0]
    row["credited"] = row["offered"] + 60
    site.expect("upw", "Sessions", row, "U04")


def no_outcome(site: Site) -> None:
    """D47: a past session without outcome."""
    row = new_past(site, _with_two(site, "credit"))[-1]
    row.update(outcome="", credited=None, travel_credited=None)
    site.expect("upw", "Sessions", row, "U06")


def long_travel(site: Site) -> None:
    """D48: travel over 90 minutes, travel credit over 60."""
    person = _with_two(site, "travel")
    placement = _placement(site, person)
    placement["travel_minutes"] = 95
    site.expect("upw", "Placements", placement, "U07")
    session = new_past(site, person)[0]
    session["travel_credited"] = 65
    site.expect("upw", "Sessions", session, "U08")


def unknown_outcome(site: Site) -> None:
    """D49: an unknown outcome of a past session, which must have one."""
    row = new_past(site, _with_two(site, "values"))[-1]
    row["outcome"] = "QQ"
    site.expect("upw", "Sessions", row, "Q01")


def differing_credit(site: Site) -> None:
    """D50: schedule and case system differ; case_system_ref names no session."""
    person = _with_two(site, "travel")
    known = [row for row in _sessions(site, person) if row["case_system_ref"] and is_past(row)]
    differing = next(row for row in known if row["credited"])
    differing["credited"] -= 60
    site.expect("upw", "Sessions", differing, "U17")
    lost = next(row for row in known if row is not differing)
    is_gateway = facts.companies()[site.company]["spg"] == "Y"
    lost["case_system_ref"] = "UC-9999999" if is_gateway else "2599999999"
    site.expect("upw", "Sessions", lost, "U19")


def no_order(site: Site) -> None:
    """D50: a placement of a person of the region, who has no unpaid work order, with a session below it."""
    likeness = _with_two(site, "numbers")
    person = strangers(site)[1]
    placement = _placement(site, likeness) | {
        "placement_id": "PL-9000001",
        "crn": person.row["CRN"],
        "person_ref": "",
        "surname": person.row["SURNAME"],
        "date_of_birth": person.row["DATE_OF_BIRTH_DATE"],
    }
    site.delivery.rows("upw", "Placements").append(placement)
    session = new_past(site, likeness)[0] | {"session_id": "SE-9000001", "placement_id": "PL-9000001"}
    site.delivery.rows("upw", "Sessions").append(session)
    site.expect("upw", "Placements", placement, "U10")
    site.expect("upw", "Sessions", session, "X01")


def man_at_womens_project(site: Site) -> None:
    """D51."""
    person = worker(site, gender="M")
    row = _placement(site, person)
    row["project_code"] = f"{site.company}{WOMEN_ONLY}"
    site.expect("upw", "Placements", row, "U16")


def too_much_training(site: Site) -> None:
    """D51: all sessions of a short order were at a training project."""
    orders = {row["person"].id: row["order"].details for row in site.world.placements[site.company]}

    def suits(person: Person) -> bool:
        if person.id not in orders or not new_past(site, person):
            return False
        done = sum(row["credited"] or 0 for row in _sessions(site, person))
        return bool(done * 5 > orders[person.id]["UPW_LENGTH_MINUTES"])

    person = site.victim(suits)
    for session in _sessions(site, person):
        session["project_code"] = f"{site.company}{TRAINING}"
    site.expect("upw", "Placements", _placement(site, person), "U11")
