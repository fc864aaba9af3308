"""Damage to the hours of the schedule: references that lead nowhere, and hours that would count twice.

It is all done to one person, whose sessions do not touch each other.
"""

from samples.defects.schedule_rows import is_past, is_worker, known_past, new_future, new_past
from samples.defects.site import Site
from samples.world import Person, Row

ERROR_OF_LOOK_UP, ERROR_OF_CELL = "#N/A", "#REF!"
TRAVEL_EACH_WAY = 60


def error_cells(site: Site) -> None:
    """D65: a look-up that failed as the reference, an error of the workbook as the time offered."""
    person = _worker(site)
    row = known_past(site, person)[0]
    row["case_system_ref"] = ERROR_OF_LOOK_UP
    site.expect("upw", "Sessions", row, "T06")
    site.expect("upw", "Sessions", row, "U19")
    other = new_future(site, person)[0]
    other["offered"] = ERROR_OF_CELL
    site.expect("upw", "Sessions", other, "T05")


def forgotten_reference(site: Site) -> None:
    """D66: the session is in the case system, and the schedule does not say so."""
    row = known_past(site, _worker(site))[1]
    row["case_system_ref"] = ""
    site.expect("upw", "Sessions", row, "U20")


def two_numbers(site: Site) -> None:
    """D67: one session under two numbers."""
    row = new_past(site, _worker(site))[-1]
    again = row | {"session_id": "SE-9000002"}
    site.delivery.rows("upw", "Sessions").append(again)
    site.expect("upw", "Sessions", row, "U21")
    site.expect("upw", "Sessions", again, "U21")


def session_of_another(site: Site) -> None:
    """D76: the reference is that of somebody else's session."""
    row = known_past(site, _worker(site))[-1]
    others = (
        _reference(other) for other in site.delivery.rows("upw", "Sessions") if _is_anothers(other, row)
    )
    row["case_system_ref"] = next(reference for reference in others if reference)
    site.expect("upw", "Sessions", row, "U19")


def credited_travel(site: Site) -> None:
    """D77: an hour of travel each way beside what was offered: nothing is wrong with it."""
    row = new_past(site, _worker(site))[-2]
    row["credited"] = row["offered"] + 2 * TRAVEL_EACH_WAY
    row["travel_credited"] = TRAVEL_EACH_WAY


def _worker(site: Site) -> Person:
    """One person for all of these, with sessions enough: three that the case system holds, two that it
    lacks."""

    def has_enough(person: Person) -> bool:
        return len(known_past(site, person)) > 2 and len(new_past(site, person)) > 1

    return site.shared_victim(
        "hours of the schedule", lambda person: is_worker(site, person) and has_enough(person)
    )


def _is_anothers(other: Row, row: Row) -> bool:
    return other["placement_id"] != row["placement_id"] and is_past(other)


def _reference(row: Row) -> str:
    return str(row["case_system_ref"])
