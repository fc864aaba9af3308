"""A gateway company's records as messages: one row per message, element name to value."""

from samples.spg_components import licence_condition, nsi, pss_requirement, requirement
from samples.spg_envelope import Records
from samples.spg_people import address, contact, event, key_date, profile, release
from samples.spg_work import adjustment, order, session
from samples.world import Person, Row


def messages(person: Person, records: Records) -> list[Row]:
    """All messages of one person in the order of the agreement."""
    of = {table: found.get(person.id, []) for table, found in records.by_person.items()}
    made = [profile(person, records)]
    made += [address(person, row) for row in of["OFFENDER_ADDRESS"]]
    made += [event(person, row, records) for row in of["EVENT"]]
    made += [requirement(person, row, records) for row in of["RQMNT"]]
    made += [licence_condition(person, row, records) for row in of["LIC_CONDITION"]]
    made += [pss_requirement(person, row, records) for row in of["PSS_RQMNT"]]
    made += [nsi(person, row, records) for row in of["NSI"]]
    made += [order(person, row, records) for row in of["UPW_DETAILS"]]
    made += [session(person, row) for row in of["UPW_APPOINTMENT"]]
    made += [adjustment(person, row) for row in of["UPW_ADJUSTMENT"]]
    made += [release(person, row) for row in of["RELEASE"]]
    made += [key_date(person, row) for row in of["KEY_DATE"]]
    made += [contact(person, row, records) for row in of["CONTACT"] if row["CONTACT_TYPE_CODE"] != "CUPA"]
    return made
