"""Deliveries in which every personal column is marked: what bears a mark in an output has leaked.

Which columns are personal follows from the specification's types (samples/layouts/columns.csv): free text of
30 characters and more, but for what is an organisation's, and identifiers, telephone, postcode of an address
and birth dates, which keep their form and are known by their value. A CRN is what work lists name a person
by.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from samples.cut import baseline
from samples.defects.plan import CARRIED, plant
from samples.delivery import Delivery
from samples.exports import EXPORTS, draw_delivery, write_files
from samples.make import draw_world
from samples.manifest import write_delivery

MARK = "Qzmark"
LONG = 30
COLUMNS = Path(__file__).parents[2] / "samples" / "layouts" / "columns.csv"

OF_AN_ORGANISATION = {
    *("NAME", "DESCRIPTION", "ProjectName", "project_name", "beneficiary", "venue", "activity_name"),
    *("supplier", "service_name", "employer", "job_title", "workplace", "name", "description", "serial"),
    *("address_line", "alfresco_id", "officer_codes"),
}
LOGINS = {"USER_NAME", "DISTINGUISHED_NAME", "ReleaseUser", "user_name"}
"""Of staff: what is chosen where somebody says who may see a person (record 159)."""

PLACES = {"DISTRICT", "District"}
"""Local authorities, which say the region."""

POSTCODES_OF_OFFICES = ("postcode", "workplace_postcode")

BY_VALUE = {
    *("PNC_NUMBER", "CRO_NUMBER", "NOMS_NUMBER", "NI_NUMBER", "MOBILE_NUMBER", "POSTCODE", "Postcode"),
    *("PNCNumber", "CRONumber", "NOMSNumber", "NINumber", "pnc", "ni_number", "IDENTIFIER"),
    *("DATE_OF_BIRTH_DATE", "DateOfBirth", "date_of_birth", "dob"),
}


def columns() -> dict[str, str]:
    """Column to its type; of a nested one the last word."""
    with COLUMNS.open(encoding="utf-8", newline="") as file:
        return {line["column"].rpartition(".")[2]: line["type"] for line in csv.DictReader(file)}


def free_text() -> dict[str, int]:
    """Personal columns of free text and how long they may be."""
    sizes = {name: re.fullmatch(r"text\((\d+)\)", kind) for name, kind in columns().items()}
    kept = {name: int(size[1]) for name, size in sizes.items() if size and int(size[1]) >= LONG}
    others = OF_AN_ORGANISATION | LOGINS | PLACES | BY_VALUE
    return {name: size for name, size in kept.items() if name not in others}


def make_marked(out: Path, companies: Sequence[str], people: int) -> frozenset[str]:
    """Write damaged deliveries and the baseline, marked; gives the values that are known as they stand."""
    world = draw_world(list(companies), people, seed=1)
    before = baseline(world, "day-1")
    sites = [
        plant(world, draw_delivery(world, code, "day-1"), before, CARRIED, list(EXPORTS))
        for code in companies
    ]
    values: set[str] = set()
    offices: set[str] = set()
    for delivery in (before, *(site.delivery for site in sites)):
        for rows in delivery.parts.values():
            for row in rows:
                values |= set(mark(row))
                offices |= {str(row[name]) for name in POSTCODES_OF_OFFICES if row.get(name)}
    for delivery, name in ((before, "baseline"), *((site.delivery, site.company) for site in sites)):
        write(out / "day-1" / name, delivery)
    return frozenset(values - offices)


def write(folder: Path, delivery: Delivery) -> None:
    """The delivery and its manifest."""
    write_delivery(folder, delivery, write_files(delivery))


def mark(row: dict[str, Any]) -> Iterator[str]:
    """Marks a row in place; gives what of it is known by its value."""
    sizes = free_text()
    for name, value in row.items():
        if isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from mark(one)
        elif name in BY_VALUE and value:
            yield from as_written(value)
        elif name in sizes and isinstance(value, str) and value and len(value) + 7 <= sizes[name]:
            row[name] = f"{value} {MARK}"


def as_written(value: object) -> Iterator[str]:
    """A value as a file or a cell may show it; too short ones say nothing."""
    if isinstance(value, dt.date):
        yield from (value.isoformat(), value.strftime("%d/%m/%Y"))
    elif len(str(value)) >= 6:
        yield str(value)
