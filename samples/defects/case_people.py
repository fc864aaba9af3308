"""Damage to the persons of the provider extract: identifiers, dates of birth, codes."""

from samples.defects.below import expect_below
from samples.defects.site import Site, has_no_deleted_row
from samples.world import Person, Row

APART = ("licence", "supervision", "person only", "closed", "before sentence")
"""Kinds of case without unpaid work: setting them aside leaves the schedule alone."""


def _person(site: Site) -> Row:
    """A person for damage that leaves them carried."""
    kinds = (*APART, "two events")
    person = site.victim(lambda found: found.kind in kinds, touching="OFFENDER")
    return site.row("OFFENDER", OFFENDER_ID=person.id)


def _lone(site: Site) -> Row:
    """A person who can be set aside: no unpaid work, nothing deleted, no limited access."""

    def suits(person: Person) -> bool:
        return person.kind in APART and has_no_deleted_row(site, person)

    return site.row("OFFENDER", OFFENDER_ID=site.victim(suits).id)


def crn_twice(site: Site) -> None:
    """D26: one CRN on two persons."""
    first, second = _lone(site), _lone(site)
    second["CRN"] = first["CRN"]
    for row in (first, second):
        site.expect("delius", "OFFENDER", row, "P02")
        expect_below(site, "OFFENDER", row)


def pnc_in_cro_column(site: Site) -> None:
    """D28, in the short form, which fits the column."""
    row = _person(site)
    year, _, rest = site.world.draw.pnc().partition("/")
    site.change_both("OFFENDER", row, CRO_NUMBER=f"{year[2:]}/{rest}")
    site.expect("delius", "OFFENDER", row, "P06")


def wrong_pnc_letter(site: Site) -> None:
    """D29: the check letter is wrong."""
    row = _person(site)
    right = site.world.draw.pnc()
    site.change_both("OFFENDER", row, PNC_NUMBER=right[:-1] + ("A" if right[-1] != "A" else "B"))
    site.expect("delius", "OFFENDER", row, "P04")


def malformed_ni_number(site: Site) -> None:
    """D29: the last letter of the National Insurance number is missing."""
    row = _person(site)
    site.change_both("OFFENDER", row, NI_NUMBER=site.world.draw.national_insurance()[:-1])
    site.expect("delius", "OFFENDER", row, "P09")


def malformed_postcode(site: Site) -> None:
    """D29: a postcode that is none."""
    person = site.victim(lambda found: found.kind in APART, touching="OFFENDER_ADDRESS")
    row = site.rows("OFFENDER_ADDRESS", OFFENDER_ID=person.id, ADDRESS_STATUS_CODE="M", SOFT_DELETED=False)[0]
    site.change_both("OFFENDER_ADDRESS", row, POSTCODE="99 ZZZ9")
    site.expect("delius", "OFFENDER_ADDRESS", row, "P12")


def future_birth(site: Site) -> None:
    """D30: the date of birth is in the future."""
    row = _lone(site)
    row["DATE_OF_BIRTH_DATE"] = row["DATE_OF_BIRTH_DATE"].replace(year=2085, day=1)
    site.expect("delius", "OFFENDER", row, "P10")
    expect_below(site, "OFFENDER", row)


def prison_number_twice(site: Site) -> None:
    """D31: one prison number on two persons. The baseline, where it is unique, has it on the first only."""
    first, second = _person(site), _person(site)
    site.change_both("OFFENDER", first, NOMS_NUMBER=site.world.draw.noms())
    site.before("OFFENDER", second)["NOMS_NUMBER"] = ""
    second["NOMS_NUMBER"] = first["NOMS_NUMBER"]
    for row in (first, second):
        site.expect("delius", "OFFENDER", row, "P08")


def pending_transfer(site: Site) -> None:
    """D42."""
    row = _person(site)
    site.change_both("OFFENDER", row, PENDING_TRANSFER=True)
    site.expect("delius", "OFFENDER", row, "R10")


def bad_codes(site: Site) -> None:
    """D49: an ethnicity that nDelius does not know either, a retired tier, a junk type of address."""
    unknown, retired = _person(site), _person(site)
    unknown["ETHNICITY_CODE"] = "X9"
    site.expect("delius", "OFFENDER", unknown, "Q02")
    site.change_both("OFFENDER", retired, CURRENT_TIER_CODE="B1")
    site.expect("delius", "OFFENDER", retired, "Q03")
    person = site.victim(lambda found: found.kind in APART, touching="OFFENDER_ADDRESS")
    junk = site.rows("OFFENDER_ADDRESS", OFFENDER_ID=person.id, SOFT_DELETED=False)[0]
    site.change_both("OFFENDER_ADDRESS", junk, ADDRESS_TYPE_CODE="A99")
    site.expect("delius", "OFFENDER_ADDRESS", junk, "Q04")
