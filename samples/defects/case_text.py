"""Damage to the text of the provider extract: broken lines, wrong bytes, unreadable dates."""

import datetime as dt

from samples.defects.case_people import APART
from samples.defects.site import Site
from samples.unpaid_work import STARTS
from samples.world import Row


def _contact(site: Site) -> Row:
    """A note-bearing contact of an undamaged person that no session hangs on."""

    def has_contact(person_id: int) -> list[Row]:
        rows = site.rows("CONTACT", OFFENDER_ID=person_id, SOFT_DELETED=False)
        return [
            row for row in rows if row["CONTACT_TYPE_CODE"] != "CUPA" and row["CONTACT_START_TIME"] != STARTS
        ]

    person = site.victim(
        lambda found: bool(has_contact(found.id)) and found.kind in APART, touching="CONTACT"
    )
    return has_contact(person.id)[0]


def pipe_in_note(site: Site) -> None:
    """D12: too many fields."""
    row = _contact(site)
    row["NOTES"] = "Sample | note"
    site.expect("delius", "CONTACT", row, "T01")


def line_break_in_note(site: Site) -> None:
    """D13: two broken lines."""
    row = _contact(site)
    row["NOTES"] = "Sample\r\nnote"
    site.expect("delius", "CONTACT", row, "T01")
    site.expect("delius", "CONTACT", row, "T01", offset=1)


def nul_character(site: Site) -> None:
    """D14."""
    row = _contact(site)
    row["NOTES"] = "Sample\0note"
    site.expect("delius", "CONTACT", row, "T02")


def unreadable_date(site: Site) -> None:
    """D20: day and month swapped, a 25th month."""
    row = _contact(site)
    row["CONTACT_DATE"] = "05/25/2021"
    site.expect("delius", "CONTACT", row, "T05")


def byte_order_mark(site: Site) -> None:
    """D11: a mark where none belongs."""
    site.delivery.marked.add(("delius", "ALIAS"))
    site.expect("delius", "ALIAS", None, "F06")


def double_encoding(site: Site) -> None:
    """D16: the surname has been encoded twice; only the baseline has it right."""
    person = site.victim(lambda found: found.kind == "closed", touching="OFFENDER")
    row = site.row("OFFENDER", OFFENDER_ID=person.id)
    row["SURNAME"] = f"{row['SURNAME']}Ã«"
    site.expect("delius", "OFFENDER", row, "T03")
    site.expect("delius", "OFFENDER", row, "X04")


def swapped_date(site: Site) -> None:
    """D21: day and month swapped, still a date: only the baseline shows it."""

    def swappable(person_id: int) -> list[Row]:
        rows = site.rows("OFFENDER_ADDRESS", OFFENDER_ID=person_id, END_DATE=None, SOFT_DELETED=False)
        return [
            row
            for row in rows
            if row["START_DATE"].day <= 12 and row["START_DATE"].day != row["START_DATE"].month
        ]

    person = site.victim(lambda found: bool(swappable(found.id)), touching="OFFENDER_ADDRESS")
    row = swappable(person.id)[0]
    start: dt.date = row["START_DATE"]
    row["START_DATE"] = start.replace(month=start.day, day=start.month)
    site.expect("delius", "OFFENDER_ADDRESS", row, "X04")
