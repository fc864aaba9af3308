"""What nDelius does not know yet of a gateway company's records: new persons, new events, single new records.

A row marked `local_only` stands in the company's own system and not in the baseline; so does all below it.
"""

from collections import defaultdict

from samples import facts
from samples.areas import region_place
from samples.cases import add_person_managers, add_requirement, open_case
from samples.world import Person, Row, World, key_column

BELOW = {
    "OFFENDER": (
        "OFFENDER_ADDRESS", "ALIAS", "ADDITIONAL_IDENTIFIER", "EVENT", "NSI", "CONTACT",
        "OFFENDER_MANAGER", "RESPONSIBLE_OFFICER", "REGISTRATION",
    ),
    "EVENT": (
        "MAIN_OFFENCE", "DISPOSAL", "NSI", "CONTACT", "COURT_REPORT", "ORDER_MANAGER", "REPORT_MANAGER",
    ),
    "DISPOSAL": ("CUSTODY", "RQMNT", "LIC_CONDITION", "UPW_DETAILS"),
    "CUSTODY": ("PSS_RQMNT", "INSTITUTIONAL_REPORT"),
    "RQMNT": ("RQMNT_MANAGER", "CONTACT"),
    "LIC_CONDITION": ("LIC_CONDITION_MANAGER",),
    "PSS_RQMNT": ("PSS_RQMNT_MANAGER",),
    "NSI": ("NSI_MANAGER",),
    "UPW_DETAILS": ("UPW_APPOINTMENT", "UPW_ADJUSTMENT"),
}  # fmt: skip
"""Table to the tables whose rows name it by its key."""
Index = dict[tuple[str, str, int], list[Row]]
"""Child table, parent table and parent key to the child rows."""


def forget_some(world: World, company: str) -> None:
    """Mark part of a gateway company's records as never acknowledged by nDelius."""
    index = _index(world)
    for number, person in enumerate(world.of(company)):
        if number % 7 == 6 and person.kind not in ("shared", "elsewhere"):
            if number % 2:
                _add_twin(world, person, index)
            _forget("OFFENDER", person.row, index)
        elif person.kind == "two events":
            newest = index["EVENT", "OFFENDER", person.id][-1]
            _forget("EVENT", newest, index)
            person.row["CURRENT_DISPOSAL"] = False
        elif number % 4 == 1:
            _forget_latest(person, index)
        elif person.kind == "rar":
            _forget("RQMNT", _requirement(person, "C", index), index)


def _add_twin(world: World, person: Person, index: Index) -> None:
    """Add the same person as the region knows them; the company never learned of that record."""
    person.row.update(PNC_NUMBER=world.draw.pnc(), NOMS_NUMBER=world.draw.noms())
    region = facts.companies()[person.home]["regions"]
    twin_row = person.row | {"OFFENDER_ID": world.draw.key("OFFENDER"), "CRN": world.draw.crn()}
    world.tables["OFFENDER"].append(twin_row)
    twin = Person(region, "twin", twin_row, region_place(region, person.place.pdu))
    world.people.append(twin)
    add_person_managers(world, twin)
    case = open_case(world, twin, "340")
    add_requirement(world, case, "F", "RAR01", 15, twin.place.rar)
    for event in index["EVENT", "OFFENDER", person.id]:
        # number 1 is taken by the region's event of the same person (E01)
        event["EVENT_NUMBER"] = str(int(event["EVENT_NUMBER"]) + 1)


def _forget(table: str, row: Row, index: Index) -> None:
    row["local_only"] = True
    for child in BELOW.get(table, ()):
        for below in index.get((child, table, row[key_column(table)]), []):
            _forget(child, below, index)


def _forget_latest(person: Person, index: Index) -> None:
    """The newest contact, NSI, unpaid work sessions and adjustment came after the last acknowledgement."""
    contacts = [row for row in index["CONTACT", "OFFENDER", person.id] if row["CONTACT_TYPE_CODE"] != "CUPA"]
    contacts[-1]["local_only"] = True
    for nsi in index.get(("NSI", "OFFENDER", person.id), [])[-1:]:
        _forget("NSI", nsi, index)
    for event in index.get(("EVENT", "OFFENDER", person.id), []):
        for disposal in index.get(("DISPOSAL", "EVENT", event["EVENT_ID"]), []):
            for details in index.get(("UPW_DETAILS", "DISPOSAL", disposal["DISPOSAL_ID"]), []):
                _forget_session(details, index)


def _forget_session(details: Row, index: Index) -> None:
    for appointment in index.get(("UPW_APPOINTMENT", "UPW_DETAILS", details["UPW_DETAILS_ID"]), [])[-3:]:
        appointment["local_only"] = True
        for contact in index["CONTACT", "OFFENDER", details["OFFENDER_ID"]]:
            if contact["CONTACT_ID"] == appointment["CONTACT_ID"]:
                contact["local_only"] = True
    for adjustment in index.get(("UPW_ADJUSTMENT", "UPW_DETAILS", details["UPW_DETAILS_ID"]), []):
        adjustment["local_only"] = True


def _requirement(person: Person, main: str, index: Index) -> Row:
    return next(
        row
        for event in index["EVENT", "OFFENDER", person.id]
        for disposal in index["DISPOSAL", "EVENT", event["EVENT_ID"]]
        for row in index["RQMNT", "DISPOSAL", disposal["DISPOSAL_ID"]]
        if row["RQMNT_TYPE_MAIN_CATEGORY_CODE"] == main
    )


def _index(world: World) -> Index:
    index: Index = defaultdict(list)
    for parent, children in BELOW.items():
        key = key_column(parent)
        for child in children:
            for row in world.tables[child]:
                if row.get(key) is not None:
                    index[child, parent, row[key]].append(row)
    return index
