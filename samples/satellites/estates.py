"""The property and asset return."""

import datetime as dt

from samples import facts
from samples.delivery import Delivery, SentFile
from samples.formats import dialect
from samples.satellites.holdings import own_rows, region_postcode
from samples.workbooks import Book, write_workbook
from samples.world import World

PARTS = ("Properties", "Assets")


def add_estates(_world: World, delivery: Delivery) -> None:
    """A property for every PDU of the company, and two assets kept in each."""
    properties = own_rows(delivery, "estates", "Properties")
    assets = own_rows(delivery, "estates", "Assets")
    teams = [line for line in facts.company_teams(delivery.company) if line["kind"] == "UPW"]
    for number, team in enumerate(teams, start=1):
        properties.append(
            {
                "property_ref": f"PR-{number:04d}",
                "name": f"Sample House {number}",
                "address_line": f"{number} Sample Street",
                "postcode": region_postcode(delivery.company, team["pdu_code"]),
                "use": ("OFF", "UPW", "PRG", "HQ")[number % 4],
                "tenure": ("F", "L", "C")[number % 3],
                "lease_end": dt.date(2022, 9, 30) if number % 3 == 1 else None,
                "desks": 24,
                "transfer": ("T", "X", "S")[number % 3],
                "office_code": f"{delivery.company}OFF{number % 10}",
            }
        )
        for place, kind in enumerate(("VAN", "TOOL")):
            assets.append(
                {
                    "asset_ref": f"AS-{2 * number + place:05d}",
                    "property_ref": f"PR-{number:04d}",
                    "kind": kind,
                    "description": f"Sample {kind.lower()}",
                    "serial": "ZZ00 ZZZ" if kind == "VAN" else "",
                    "holder_employee_no": "P0000001" if kind == "VAN" else "",
                    "transfer": "T",
                }
            )


def write_estates(delivery: Delivery) -> list[SentFile]:
    """The one workbook of the export, with its two sheets."""
    form = dialect("estates", delivery.company)
    book = Book(delivery.company, "estates", PARTS, form, spec_version=delivery.spec_version)
    content, positions = write_workbook(delivery, "estates", PARTS, book)
    counts = book.counts
    return [
        SentFile(
            name=f"{delivery.company}_estates.xlsx",
            export="estates",
            content=content,
            encoding="binary",
            rows=sum(counts.values()),
            totals={"properties": counts["Properties"], "assets": counts["Assets"]},
            rows_by_part=counts,
            positions=positions,
        )
    ]


SENDS = ("estates", add_estates, write_estates)
