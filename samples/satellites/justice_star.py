"""Star assessments: ten areas scored 1 to 10."""

import datetime as dt

from samples.csv_files import write_csv
from samples.dates import days
from samples.delivery import Delivery, SentFile
from samples.satellites.holdings import own_rows, supervised
from samples.world import Person, Row, World

SCORES = ("acc", "lsk", "mhw", "fri", "rel", "dal", "tim", "fee", "lif")
"""The areas everybody is scored in; `par` only concerns parents."""


def add_stars(world: World, delivery: Delivery) -> None:
    """Every third supervised person has a star; one in four is a draft."""
    rows = own_rows(delivery, "justice_star", "justice_star")
    for person in supervised(world, delivery.company)[::3]:
        rows.append(_star(person, world.draw.next(f"star {delivery.company}")))


def _star(person: Person, number: int) -> Row:
    scores = {area: 1 + (number + place) % 10 for place, area in enumerate(SCORES)}
    return {
        "star_id": f"JS-{number:07d}",
        "crn": person.row["CRN"],
        "surname": person.row["SURNAME"],
        "forename": person.row["FIRST_NAME"],
        "dob": person.row["DATE_OF_BIRTH_DATE"],
        "star_date": dt.date(2021, 2, 3) + days(number % 120),
        "star_type": ("F", "R", "C")[number % 3],
        "status": "D" if number % 4 == 0 else "C",
        "worker": person.place.person.officer,
        **scores,
        "par": 5 if number % 2 else None,
        "note": "Sample note, with comma" if number % 2 else "",
    }


def write_stars(delivery: Delivery) -> list[SentFile]:
    """The one CSV file of the export."""
    rows = delivery.rows("justice_star", "justice_star")
    return [write_csv(delivery, "justice_star", "justice_star", {"stars": len(rows)})]


SENDS = ("justice_star", add_stars, write_stars)
