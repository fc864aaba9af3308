"""Persons with their addresses, aliases and additional identifiers."""

import datetime as dt

from samples import facts
from samples.dates import EXTRACT, days
from samples.draw import Draw
from samples.world import Person, Place, Row, World

TOWNS = {"Sampleton": "L1", "Zzford": "CH41", "Qxminster": "WA10"}
"""Invented towns and the postcode district used where geography does not route."""
TIERS = ("UA1", "UB1", "UB2", "UC1", "UC2", "UD0", "UD2")
ETHNICITIES = ("W1", "W2", "W9", "M1", "A1", "B2", "NS")


def add_person(world: World, home: str, kind: str, place: Place, number: int) -> Person:
    """Add one person drawn for `home` with all that describes them. Every fifth is a woman."""
    draw = world.draw
    is_woman = number % 5 == 4
    row = world.add(
        "OFFENDER",
        CRN=draw.crn(),
        NOMS_NUMBER=draw.noms() if draw.chance(0.7) else "",
        PNC_NUMBER=draw.pnc() if draw.chance(0.9) else "",
        CRO_NUMBER=draw.cro() if draw.chance(0.6) else "",
        NI_NUMBER=draw.national_insurance() if draw.chance(0.5) else "",
        FIRST_NAME=draw.first_name(),
        SECOND_NAME=draw.first_name() if draw.chance(0.3) else "",
        SURNAME=draw.surname(),
        DATE_OF_BIRTH_DATE=draw.day(dt.date(1960, 1, 1), dt.date(2001, 12, 31)),
        GENDER_CODE="F" if is_woman else "M",
        ETHNICITY_CODE=draw.pick(ETHNICITIES),
        CURRENT_TIER_CODE=draw.pick(TIERS),
        CURRENT_DISPOSAL=False,
        CURRENT_EXCLUSION=False,
        CURRENT_RESTRICTION=False,
        PENDING_TRANSFER=False,
        MOBILE_NUMBER=f"07700900{number % 1000:03d}",
        SOFT_DELETED=False,
        ROW_VERSION=draw.number(1, 9),
        LAST_UPDATED_DATETIME=dt.datetime.combine(EXTRACT - days(draw.number(1, 300)), dt.time(16, 5, 9)),
    )
    person = Person(home, kind, row, place)
    world.people.append(person)
    _addresses(world, person, number)
    if draw.chance(0.2):
        _alias(world, row)
    _identifiers(world, row, number)
    return person


def _addresses(world: World, person: Person, number: int) -> None:
    moved = world.draw.day(dt.date(2019, 1, 1), dt.date(2020, 6, 30))
    if number % 4 == 1:
        _address(world, person, number, moved - days(700), moved)
    main = _address(world, person, number, moved, None)
    if number % 10 == 7:
        # no fixed abode: a place that geography reads from the district, as the postcode is blank
        main.update(
            NO_FIXED_ABODE=True, ADDRESS_TYPE_CODE="A05", ADDRESS_NUMBER="", STREET_NAME="", POSTCODE=""
        )
    if number % 15 == 3:
        _address(world, person, number, moved - days(30), None).update(SOFT_DELETED=True)


def _address(world: World, person: Person, number: int, start: dt.date, end: dt.date | None) -> Row:
    town = list(TOWNS)[number % len(TOWNS)]
    pdu = person.place.pdu
    postcode, authority = _place(person.home, pdu, number)
    return world.add(
        "OFFENDER_ADDRESS",
        OFFENDER_ID=person.id,
        ADDRESS_STATUS_CODE="P" if end else "M",
        ADDRESS_TYPE_CODE=world.draw.pick(("A01C", "A01D", "A04", "A07")),
        ADDRESS_NUMBER=str(world.draw.number(1, 199)),
        STREET_NAME="Sample Street",
        DISTRICT=authority,
        TOWN_CITY=town,
        COUNTY="",
        POSTCODE=postcode or f"{TOWNS[town]} 9ZZ",
        NO_FIXED_ABODE=False,
        START_DATE=start,
        END_DATE=end,
        SOFT_DELETED=False,
    )


def _place(home: str, pdu: str, number: int) -> tuple[str, str]:
    """Postcode and local authority. Where geography routes, mostly a district that says the PDU; now and then
    a full postcode alone, or a district on the border, where the authority says it."""
    near, units = facts.districts(home, pdu), facts.units(home, pdu)
    authority = next(iter(facts.authorities(home, pdu)), "")
    postcode = f"{near[number % len(near)]['district']} 9ZZ" if near else ""
    if units and number % 6 == 0:
        return units[number * 7 % len(units)], ""
    if units and number % 6 == 3:
        border = units[0].rpartition(" ")[0] + " 9ZZ"
        postcode = postcode if border in units else border
    return postcode, authority


def _alias(world: World, row: Row) -> None:
    world.add(
        "ALIAS",
        OFFENDER_ID=row["OFFENDER_ID"],
        FIRST_NAME=row["FIRST_NAME"],
        SURNAME=world.draw.surname(),
        DATE_OF_BIRTH_DATE=row["DATE_OF_BIRTH_DATE"],
        GENDER_CODE=row["GENDER_CODE"],
        SOFT_DELETED=False,
    )


def _identifiers(world: World, row: Row, number: int) -> None:
    kinds = {0: "PCRN", 3: "DOFF", 6: "APNC", 9: "XNOMS", 11: "OTHR"}
    kind = kinds.get(number % 12)
    if kind:
        world.add(
            "ADDITIONAL_IDENTIFIER",
            OFFENDER_ID=row["OFFENDER_ID"],
            IDENTIFIER_NAME_CODE=kind,
            IDENTIFIER=_identifier(world.draw, kind),
            SOFT_DELETED=False,
        )


def _identifier(draw: Draw, kind: str) -> str:
    if kind == "APNC":
        return draw.pnc()
    if kind == "XNOMS":
        return draw.noms()
    if kind == "OTHR":
        return f"SAMPLE{draw.next('other'):05d}"
    return f"X{400_000 + draw.next('merged'):06d}"
