"""The rows that follow a row set aside (X01)."""

from samples import facts
from samples.defects.site import Site
from samples.references import local_reference
from samples.world import Person, Row, key_column

PARENTS = (
    "OFFENDER", "EVENT", "DISPOSAL", "CUSTODY", "RQMNT", "LIC_CONDITION", "PSS_RQMNT", "NSI",
    "COURT_REPORT", "INSTITUTIONAL_REPORT", "UPW_DETAILS", "OFFENDER_MANAGER",
)  # fmt: skip
"""Tables of the provider extract whose rows other rows name as their parent."""
SATELLITE_CHILDREN = {
    ("upw", "Projects"): ("project_code", (("upw", "Placements"), ("upw", "Sessions"))),
    ("upw", "Placements"): ("placement_id", (("upw", "Sessions"),)),
    ("programmes", "referrals"): ("referral_id", (("programmes", "attendance"),)),
    ("programmes", "sessions"): ("session_id", (("programmes", "attendance"),)),
}
"""Part to its key column and the parts whose rows name that key."""


def expect_below(site: Site, table: str, row: Row) -> None:
    """Expect X01 for every row of the provider extract below `row`."""
    seen: set[int] = set()
    open_rows = [(table, row)]
    while open_rows:
        parent, above = open_rows.pop()
        key = key_column(parent)
        for child in facts.parts("delius"):
            names = {column["column"] for column in facts.columns("delius", child)}
            if child == parent or key not in names:
                continue
            for found in site.rows(child, **{key: above[key]}):
                if id(found) not in seen:
                    seen.add(id(found))
                    site.expect("delius", child, found, "X01")
                    if child in PARENTS:
                        open_rows.append((child, found))


def expect_below_satellite(site: Site, export: str, part: str, row: Row) -> None:
    """Expect X01 for the rows of a satellite export that name `row`."""
    if (export, part) not in SATELLITE_CHILDREN:
        return
    key, children = SATELLITE_CHILDREN[export, part]
    for child_export, child in children:
        for found in site.delivery.rows(child_export, child):
            if found[key] == row[key]:
                site.expect(child_export, child, found, "X01")


def expect_held(site: Site, person: Person, rule: str) -> None:
    """Expect `rule` for the profile of a held gateway person, X01 for their other rows in any export."""
    reference = local_reference(person.id)
    for message in site.delivery.rows("spg", "messages"):
        if message["person_ref"] == reference:
            is_profile = message["record"] == "OffenderProfile"
            site.expect("spg", "messages", message, rule if is_profile else "X01")
    for (export, part), rows in site.delivery.parts.items():
        for row in rows if export != "spg" else []:
            if row.get("person_ref") == reference:
                site.expect(export, part, row, "X01")
                expect_below_satellite(site, export, part, row)


def expect_below_event(site: Site, event: Row) -> None:
    """Expect X01 for the messages of a gateway person that name `event` as their event."""
    for message in site.delivery.rows("spg", "messages"):
        if message.get("LocalEventReference") == event["LocalRecordReference"]:
            site.expect("spg", "messages", message, "X01")
