"""What the satellite systems know of a company's persons and their components."""

from samples import facts
from samples.cut import by_person
from samples.delivery import Delivery
from samples.world import Person, Row, World


def owner_of(company: str) -> str:
    """The owner of a company."""
    return facts.companies()[company]["owner"]


def supervised(world: World, company: str) -> list[Person]:
    """The company's persons with a live case of some kind."""
    return [person for person in world.of(company) if person.kind not in ("closed", "person only")]


def live_requirements(world: World, company: str, main: str) -> list[tuple[Person, Row]]:
    """Persons of a company with their live requirements of one main category."""
    found = by_person(world.tables["RQMNT"])
    return [
        (person, row)
        for person in world.of(company)
        for row in found.get(person.id, [])
        if row["ACTIVE_FLAG"] and row["RQMNT_TYPE_MAIN_CATEGORY_CODE"] == main
    ]


def key_or_blank(row: Row, column: str) -> int | None:
    """The nDelius key of a record; blank when nDelius has not acknowledged it."""
    key: int | None = None if row.get("local_only") else row[column]
    return key


def region_postcode(company: str, pdu: str) -> str:
    """A postcode that routes to the PDU where postcodes route at all."""
    near = facts.districts(company, pdu)
    units = facts.units(company, pdu)
    if units:
        return units[0]
    return f"{near[0]['district']} 9ZZ" if near else "L1 9ZZ"


def number_of(rows: list[Row], column: str) -> int:
    """The sum of a whole-number column; what is blank or no number counts as zero."""
    return sum(row[column] for row in rows if isinstance(row.get(column), int))


def own_rows(delivery: Delivery, export: str, part: str) -> list[Row]:
    """The rows of one part of the delivery, made empty if it is not there yet."""
    return delivery.parts.setdefault((export, part), [])
