"""The document manifest."""

import datetime as dt
import hashlib

from samples.csv_files import write_csv
from samples.cut import by_person
from samples.delivery import Delivery, SentFile
from samples.satellites.holdings import number_of, own_rows
from samples.schedule import person_columns
from samples.world import Person, Row, World, key_column

OWNER_TABLES = ("EVENT", "NSI", "CONTACT", "COURT_REPORT", "UPW_APPOINTMENT")
"""Tables below the person that may own a document."""


def add_documents(world: World, delivery: Delivery) -> None:
    """Every other person has a letter; every fourth a paper below one of their records."""
    rows = own_rows(delivery, "documents", "documents")
    records = {table: by_person(world.tables[table]) for table in OWNER_TABLES}
    company = delivery.company
    for person in world.of(company)[::2]:
        number = world.draw.next(f"letter {company}")
        owner_id = 0 if person.row.get("local_only") else person.id
        rows.append(_document(person, "OFFENDER", owner_id, company, world.draw.next(f"document {company}")))
        table = OWNER_TABLES[number % len(OWNER_TABLES)]
        for record in _known(records[table].get(person.id, []))[:1]:
            owner_id = record[key_column(table)]
            rows.append(_document(person, table, owner_id, company, world.draw.next(f"document {company}")))


def _known(rows: list[Row]) -> list[Row]:
    """Records that nDelius has and has not deleted."""
    return [row for row in rows if not row.get("local_only") and not row["SOFT_DELETED"]]


def _document(person: Person, table: str, owner_id: int, company: str, number: int) -> Row:
    reference = f"DOC-{number:07d}"
    return {
        "document_ref": reference,
        **person_columns(person),
        "owner_table": table,
        "owner_id": owner_id,
        "document_name": f"sample_letter_{number}.pdf",
        "document_type": ("LET", "ASS", "PLN", "CRT", "OTH")[number % 5],
        "created_on": dt.date(2021, 3, 12),
        "author_code": person.place.person.officer,
        "bytes": 20_480 + number,
        "sha256": hashlib.sha256(f"{company}{reference}".encode()).hexdigest(),
        "alfresco_id": f"0f0e0d0c-0000-4000-8{company[1:]}0-{number:012d}",
        "ndelius_document_id": None if number % 3 else 2_500_005_000 + number,
        "sensitive": number % 7 == 0,
    }


def write_documents(delivery: Delivery) -> list[SentFile]:
    """The one CSV file of the export."""
    rows = delivery.rows("documents", "documents")
    totals: dict[str, int | str] = {"documents": len(rows), "bytes_total": number_of(rows, "bytes")}
    return [write_csv(delivery, "documents", "documents", totals)]


SENDS = ("documents", add_documents, write_documents)
