"""Rows that must stand in the target as they were delivered: one row each, nothing worked out.

destinations.csv says in which tables (`always`, written), fields.csv what each column of them holds.
"""

from reconcile.expected.diary import attribute_to_author
from reconcile.proofs.destinations import ALWAYS, WRITTEN, destinations
from reconcile.proofs.fields import Expected, require_fields
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import Records, with_person

AUTHOR = "author"
"""The field by which a row says under whom it stands in the diary."""


def expected_as_delivered(
    export: str, entity: str, evidence: Evidence, records: Records | None
) -> list[Expected]:
    """Rows of the entity with the columns of the delivery and `person`; with an author, team, officer, area.

    Empty where its rows are not `always` written.

    Raises:
        ConfigError: fields.csv says nothing of a table that they are written to.
    """
    line = destinations(export, entity).get(ALWAYS)
    if line is None or line.destination != WRITTEN:
        return []
    rows = evidence.delivery.carried(export, entity)
    if "person_id" in rows.columns:
        rows = with_person(rows, records)
    if AUTHOR in rows.columns:
        rows = attribute_to_author(rows, evidence)
    for table in line.tables:
        require_fields(table, f"{export}.{entity}")
    return [
        Expected(table, f"{export}.{entity}", evidence.with_keys(rows, table, export), export, entity)
        for table in line.tables
    ]
