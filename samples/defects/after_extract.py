"""What happened in nDelius after the extract, and what the extract forgot: the two sides differ, and neither
is broken. nDelius decides what moves."""

import datetime as dt

from samples import facts
from samples.defects.below import PARENTS
from samples.defects.site import Site, has_no_deleted_row, is_only_in_case_system
from samples.references import local_reference
from samples.world import Person, Row, key_column

LATE = dt.date(2021, 6, 25)
"""The evening between the extract and the baseline."""

RECORDS = ("OFFENDER", "EVENT", "RQMNT", "LIC_CONDITION", "PSS_RQMNT", "NSI", "UPW_DETAILS")
"""Tables of which a gateway company delivers a record per row."""

PLAIN = ("unpaid work", "closed", "supervision", "person only", "two events", "rar")
"""Kinds of case whose person is nobody's in a prison, and whom no pickier damage needs."""
TOLD = ("licence", "supervision", "person only")
"""Kinds of case with live components that few other exports speak of."""


def forgotten_person(site: Site) -> None:
    """D60: a person with all rows is in nDelius and in no file."""
    for table, row in _rows_of(site, _apart(site, *TOLD)):
        rows = site.delivery.rows("delius", table)
        rows[:] = [found for found in rows if found is not row]
        site.expect("delius", table, site.before(table, row), "X05")


def forgotten_gateway_person(site: Site) -> None:
    """D60: no message is about the person."""
    person = site.victim(
        lambda found: (
            found.kind in TOLD
            and found.place.person.area == site.company
            and not found.row.get("local_only")
            and is_only_in_case_system(site, found)
        )
    )
    messages = site.delivery.rows("spg", "messages")
    messages[:] = [row for row in messages if row["person_ref"] != local_reference(person.id)]
    for table in RECORDS:
        for row in site.baseline.rows("delius", table):
            if row["OFFENDER_ID"] == person.id and not row.get("SOFT_DELETED"):
                site.expect("delius", table, row, "X05")


def manager_not_delivered(site: Site) -> None:
    """D61: one manager row of a live requirement is missing."""
    rows = site.delivery.rows("delius", "RQMNT_MANAGER")
    manager = site.row("RQMNT_MANAGER", RQMNT_ID=_at_work(site)["RQMNT_ID"], ACTIVE_FLAG=True)
    rows[:] = [found for found in rows if found is not manager]
    site.expect("delius", "RQMNT_MANAGER", site.before("RQMNT_MANAGER", manager), "X05")


def requirement_reallocated(site: Site) -> None:
    """D61: a requirement went to a colleague inside the company in the evening."""
    manager = site.row("RQMNT_MANAGER", RQMNT_ID=_at_work(site)["RQMNT_ID"], ACTIVE_FLAG=True)
    _reallocate(site, "RQMNT_MANAGER", manager)


def person_reallocated(site: Site) -> None:
    """D61: a person went to a colleague inside the company in the evening, the responsible officer too."""
    person = site.victim(lambda found: found.place.person.area == site.company and found.kind in PLAIN)
    manager = site.row("OFFENDER_MANAGER", OFFENDER_ID=person.id, ACTIVE_FLAG=True)
    newer = _reallocate(site, "OFFENDER_MANAGER", manager)
    for officer in site.rows("RESPONSIBLE_OFFICER", OFFENDER_ID=person.id, END_DATE=None):
        key = key_column("OFFENDER_MANAGER")
        site.before("RESPONSIBLE_OFFICER", officer)[key] = newer[key]
        site.expect("delius", "RESPONSIBLE_OFFICER", officer, "X04")


def _reallocate(site: Site, table: str, manager: Row) -> Row:
    """The row of the colleague, which nDelius alone has; the delivered one it has closed."""
    of_team = site.world.officers.get(manager["TEAM_CODE"], [])
    colleague = next((code for code in of_team if code != manager["OFFICER_CODE"]), manager["OFFICER_CODE"])
    newer = site.before(table, manager) | {
        key_column(table): site.world.draw.key(table),
        "OFFICER_CODE": colleague,
        "ALLOCATION_DATE": LATE,
    }
    site.before(table, manager).update(ACTIVE_FLAG=False, END_DATE=LATE)
    site.baseline.rows("delius", table).append(newer)
    site.expect("delius", table, manager, "X04")
    site.expect("delius", table, newer, "X05")
    return newer


def requirement_ended_since(site: Site) -> None:
    """D62: nDelius has closed a requirement that the extract has live; its manager row is as it was."""
    row = _live_rar(site)
    site.before("RQMNT", row).update(ACTIVE_FLAG=False, TERMINATION_DATE=LATE)
    for rule in ("X04", "X07"):
        site.expect("delius", "RQMNT", row, rule)


def report_finished_since(site: Site) -> None:
    """D62: a report was finished in the evening."""
    person = site.victim(lambda found: found.kind == "before sentence")
    row = site.row("COURT_REPORT", OFFENDER_ID=person.id, COMPLETED_DATE=None)
    site.before("COURT_REPORT", row).update(COMPLETED_DATE=LATE)
    for rule in ("X04", "X07"):
        site.expect("delius", "COURT_REPORT", row, rule)


def requirement_closed_here(site: Site) -> None:
    """D63: the extract has closed what nDelius has live."""
    row = _at_work(site)
    row.update(ACTIVE_FLAG=False, TERMINATION_DATE=dt.date(2021, 6, 18))
    site.expect("delius", "RQMNT", row, "X04")


def record_ended_since(site: Site) -> None:
    """D62 in a message: open here, closed in nDelius."""
    message = _live_record(site)
    known = {row["RQMNT_ID"]: row for row in site.baseline.rows("delius", "RQMNT")}
    known[message["RequirementID"]].update(ACTIVE_FLAG=False, TERMINATION_DATE=LATE)
    site.expect("spg", "messages", message, "X07")


def record_closed_here(site: Site) -> None:
    """D63 in a message: closed here, live in nDelius."""
    message = _live_record(site)
    message["ActualEndDate"] = dt.date(2021, 6, 18)
    site.expect("spg", "messages", message, "X04")


def _apart(site: Site, *kinds: str) -> Person:
    """A person of these kinds of whom no other export speaks and nothing is deleted."""
    return site.victim(
        lambda found: (
            found.kind in kinds and is_only_in_case_system(site, found) and has_no_deleted_row(site, found)
        )
    )


def _at_work(site: Site) -> Row:
    """The live unpaid work requirement of a person who has nothing else."""
    person = site.victim(lambda found: found.kind == "unpaid work")
    return site.row("RQMNT", OFFENDER_ID=person.id, ACTIVE_FLAG=True)


def _live_rar(site: Site) -> Row:
    """A live RAR that the company manages and no other export names."""
    managed = {
        row["RQMNT_ID"]
        for row in site.rows("RQMNT_MANAGER", PROBATION_AREA_CODE=site.company, ACTIVE_FLAG=True)
    }

    def rars(person: Person) -> list[Row]:
        live = site.rows("RQMNT", OFFENDER_ID=person.id, RQMNT_TYPE_MAIN_CATEGORY_CODE="F", ACTIVE_FLAG=True)
        return [row for row in live if row["RQMNT_ID"] in managed - _named_elsewhere(site)]

    return rars(site.victim(lambda person: person.kind != "rar" and bool(rars(person))))[0]


def _live_record(site: Site) -> Row:
    """The message of a live RAR that nDelius knows and no other export names."""
    named = _named_elsewhere(site)

    def free(person: Person) -> list[Row]:
        return [
            row
            for row in site.delivery.rows("spg", "messages")
            if row["person_ref"] == local_reference(person.id)
            and row.get("RequirementTypeMainCategory") == "F"
            and not row["is_new"]
            and not row["ActualEndDate"]
            and row["RequirementID"] not in named
        ]

    person = site.victim(lambda found: found.kind in ("rar", "community") and bool(free(found)))
    return free(person)[0]


def _named_elsewhere(site: Site) -> set[object]:
    """The components that programmes and services name."""
    return {
        row["component_id"]
        for (export, _), rows in site.delivery.parts.items()
        if export not in ("delius", "spg")
        for row in rows
        if row.get("component_id")
    }


def _rows_of(site: Site, person: Person) -> list[tuple[str, Row]]:
    """Table and row of everything the extract has of a person, each once."""
    found = [("OFFENDER", site.row("OFFENDER", OFFENDER_ID=person.id))]
    seen = {id(found[0][1])}
    for parent, above in found:
        key = key_column(parent)
        for table in facts.parts("delius") if parent in PARENTS else ():
            if table == parent or key not in {column["column"] for column in facts.columns("delius", table)}:
                continue
            for row in site.rows(table, **{key: above[key]}):
                if id(row) not in seen:
                    seen.add(id(row))
                    found.append((table, row))
    return found
