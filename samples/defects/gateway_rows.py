"""Damage to the gateway's full-record interchange."""

import datetime as dt
from typing import Any

from samples.defects.below import expect_below_event, expect_held
from samples.defects.site import Site, is_only_in_case_system, strangers
from samples.references import local_reference
from samples.world import Person, Row, key_column


def messages_of(site: Site, person: Person, record: str = "") -> list[Row]:
    """The messages of a person, of one record or of all."""
    reference = local_reference(person.id)
    return [
        row
        for row in site.delivery.rows("spg", "messages")
        if row["person_ref"] == reference and record in ("", row["record"])
    ]


def _agree(site: Site, table: str, key: int, **values: Any) -> None:
    """Give the baseline's row of an acknowledged record the same odd values."""
    rows = site.baseline.rows("delius", table)
    next(row for row in rows if row[key_column(table)] == key).update(values)


def _known(site: Site, *kinds: str) -> Person:
    """An undamaged person whom nDelius knows."""
    return site.victim(lambda person: person.kind in kinds and not person.row.get("local_only"))


def local_person(site: Site) -> Person:
    """An undamaged person whom nobody else knows."""
    twins = {person.row["PNC_NUMBER"] for person in site.world.people if person.kind == "twin"}
    return site.victim(lambda person: _is_local(person) and person.row["PNC_NUMBER"] not in twins)


def _is_local(person: Person) -> bool:
    return bool(person.row.get("local_only"))


def _profile(site: Site) -> tuple[Person, Row]:
    person = _known(site, "licence", "supervision", "closed", "person only", "before sentence")
    return person, messages_of(site, person, "OffenderProfile")[0]


def double_encoding(site: Site) -> None:
    """D16; the date of birth still confirms the person."""
    _, row = _profile(site)
    row["Surname"] = f"{row['Surname']}Ã«"
    site.expect("spg", "messages", row, "T03")


def merged_crn(site: Site) -> None:
    """D27: every message of the person bears the CRN that was merged away."""
    merged = {
        row["OFFENDER_ID"]: row["IDENTIFIER"]
        for row in site.baseline.rows("delius", "ADDITIONAL_IDENTIFIER")
        if row["IDENTIFIER_NAME_CODE"] in ("PCRN", "DOFF")
    }
    person = site.victim(lambda found: found.id in merged and found.kind != "shared")
    for row in messages_of(site, person):
        row["crn"] = merged[person.id]
    site.expect("spg", "messages", messages_of(site, person, "OffenderProfile")[0], "M03")


def malformed_identifiers(site: Site) -> None:
    """D28, D29: PNC number in the CRO column, wrong check letter, malformed NI number and postcode."""
    draw = site.world.draw
    person, row = _profile(site)
    year, _, rest = draw.pnc().partition("/")
    row["CRONumber"] = f"{year[2:]}/{rest}"
    _agree(site, "OFFENDER", person.id, CRO_NUMBER=row["CRONumber"])
    site.expect("spg", "messages", row, "P06")
    person, row = _profile(site)
    right = draw.pnc()
    row["PNCNumber"] = right[:-1] + ("A" if right[-1] != "A" else "B")
    _agree(site, "OFFENDER", person.id, PNC_NUMBER=row["PNCNumber"])
    site.expect("spg", "messages", row, "P04")
    person, row = _profile(site)
    row["NINumber"] = draw.national_insurance()[:-1]
    _agree(site, "OFFENDER", person.id, NI_NUMBER=row["NINumber"])
    site.expect("spg", "messages", row, "P09")
    person, _ = _profile(site)
    row = messages_of(site, person, "Address")[-1]
    row["Postcode"] = "99 ZZZ9"
    _agree(site, "OFFENDER_ADDRESS", row["OffenderAddressID"], POSTCODE=row["Postcode"])
    site.expect("spg", "messages", row, "P12")


def crn_of_another(site: Site) -> None:
    """D32: every message of the person bears the CRN of somebody of the region."""
    person = site.victim(
        lambda found: not found.row.get("local_only") and is_only_in_case_system(site, found)
    )
    stranger = strangers(site)[0]
    site.taken.add(stranger.id)
    for row in messages_of(site, person):
        row["crn"] = stranger.row["CRN"]
    expect_held(site, person, "M02")


def twin(site: Site) -> None:
    """D70: CRN, surname and date of birth of one person, another first name."""
    person = site.victim(
        lambda found: not found.row.get("local_only") and is_only_in_case_system(site, found)
    )
    messages_of(site, person, "OffenderProfile")[0]["FirstName"] = "Zzabel"
    expect_held(site, person, "M10")


def two_answers(site: Site) -> None:
    """D33: the PNC number of one person, the prison number of another."""
    person = site.victim(_is_local)  # all that could identify anybody is changed
    unknown = strangers(site)
    first = next(found for found in unknown if found.row["PNC_NUMBER"])
    second = next(found for found in unknown if found.row["NOMS_NUMBER"] and found is not first)
    site.taken |= {first.id, second.id}
    profile = messages_of(site, person, "OffenderProfile")[0]
    profile.update(PNCNumber=first.row["PNC_NUMBER"], NOMSNumber=second.row["NOMS_NUMBER"])
    expect_held(site, person, "M06")


def same_name(site: Site) -> None:
    """D34: name and birth date of a known person, no identifier."""
    person = site.victim(_is_local)
    stranger = strangers(site)[0].row
    site.taken.add(stranger["OFFENDER_ID"])
    profile = messages_of(site, person, "OffenderProfile")[0]
    profile.update(FirstName=stranger["FIRST_NAME"], Surname=stranger["SURNAME"])
    profile.update(DateOfBirth=stranger["DATE_OF_BIRTH_DATE"], PNCNumber="", NOMSNumber="", CRONumber="")
    expect_held(site, person, "M05")


def future_sentence(site: Site) -> None:
    """D36."""
    row = messages_of(site, _known(site, "licence"), "Event")[0]
    row.update(SentenceDate=dt.date(2021, 9, 1), ExpectedEndDate=dt.date(2022, 8, 31))
    site.expect("spg", "messages", row, "E03")
    expect_below_event(site, row)


def unreadable_end(site: Site) -> None:
    """D64: an event that ended on 1 January 1900, which is no date at all."""
    row = messages_of(site, _known(site, "licence", "supervision"), "Event")[0]
    row["TerminationDate"] = dt.date(1900, 1, 1)
    site.expect("spg", "messages", row, "T13")
    expect_below_event(site, row)


def event_number_twice(site: Site) -> None:
    """D37."""
    first, second = messages_of(site, _known(site, "supervision"), "Event")
    second["EventNumber"] = first["EventNumber"]
    site.expect("spg", "messages", second, "E01")
    expect_below_event(site, second)


def unknown_team(site: Site) -> None:
    """D40: a record nDelius does not know names a team that nobody has."""
    records = [
        row for row in site.delivery.rows("spg", "messages") if row["record"] == "CommunityRequirement"
    ]
    row = next(
        row
        for row in records
        if row["is_new"]
        and row["RequirementTypeMainCategory"] == "C"
        and row["crn"]
        and not row["ActualEndDate"]
    )
    site.taken.add(row["sent_with"])
    row["RQResponsibleTeam"] = f"{site.company}X99"
    site.expect("spg", "messages", row, "O04")


def unknown_event(site: Site) -> None:
    """D41: a contact of an event that was not delivered."""
    person = _known(site, "closed")
    row = next(row for row in messages_of(site, person, "Contact") if row.get("LocalEventReference"))
    row["LocalEventReference"] = "EV-9999999"
    site.expect("spg", "messages", row, "X02")


def rar_days(site: Site) -> None:
    """D43: a live RAR without days; one with more days done than ordered."""
    blank, over = (_rar(site) for _ in range(2))
    blank.update(Length=None, RARDaysDone=None)
    _agree(site, "RQMNT", blank["RequirementID"], LENGTH=None, RAR_COUNT=None)
    site.expect("spg", "messages", blank, "R04")
    over["RARDaysDone"] = over["Length"] + 5
    _agree(site, "RQMNT", over["RequirementID"], RAR_COUNT=over["RARDaysDone"])
    site.expect("spg", "messages", over, "R05")


def _rar(site: Site) -> Row:
    found = messages_of(site, _known(site, "rar"), "CommunityRequirement")
    return next(row for row in found if row["RequirementTypeMainCategory"] == "F")


def long_and_short_order(site: Site) -> None:
    """D44: 320 hours; and 39 hours, of which fewer are done and a fifth is more than one session (U11)."""
    long = messages_of(site, _known(site, "shared"), "UPWDetails")[-1]
    long["UPWLengthMinutes"] = 19_200
    _agree(site, "UPW_DETAILS", long["UPWDetailsID"], UPW_LENGTH_MINUTES=19_200)
    site.expect("spg", "messages", long, "U02")
    sessions = site.world.sessions[site.company]

    def suits(person: Person) -> bool:
        done = sum(row["credited"] or 0 for row in sessions if row["placement"]["person"] is person)
        is_known = not person.row.get("local_only")
        return is_known and person.kind in ("shared", "unpaid work") and 0 < done <= 2_200

    short = messages_of(site, site.victim(suits), "UPWDetails")[-1]
    short["UPWLengthMinutes"] = 2_340
    _agree(site, "UPW_DETAILS", short["UPWDetailsID"], UPW_LENGTH_MINUTES=2_340)
    site.expect("spg", "messages", short, "U01")


def bad_codes(site: Site) -> None:
    """D49: an ethnicity that nDelius does not know either, a retired tier."""
    _, unknown = _profile(site)
    unknown["Ethnicity"] = "X9"
    site.expect("spg", "messages", unknown, "Q02")
    person, retired = _profile(site)
    retired["Tier"] = "B1"
    _agree(site, "OFFENDER", person.id, CURRENT_TIER_CODE="B1")
    site.expect("spg", "messages", retired, "Q03")


def code_of_ndelius(site: Site) -> None:
    """D74: a sentence of nDelius and a new one under a code that our sample lists lack. Both are carried."""
    person = _known(site, "closed", "supervision", "licence")
    known = next(row for row in messages_of(site, person, "Event") if row["OrderType"] and not row["is_new"])
    known["OrderType"] = "SD7"
    _agree_event(site, known["EventID"])
    new = next(
        row
        for row in site.delivery.rows("spg", "messages")
        if row["record"] == "Event"
        and row["is_new"]
        and row["OrderType"]
        and row["sent_with"] not in site.taken
    )
    site.taken.add(new["sent_with"])
    new["OrderType"] = "SD7"


def _agree_event(site: Site, event: int) -> None:
    rows = site.baseline.rows("delius", "DISPOSAL")
    next(row for row in rows if row["EVENT_ID"] == event)["DISPOSAL_TYPE_CODE"] = "SD7"
