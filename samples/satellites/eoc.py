"""Needs and plan assessments: one JSON object per line."""

import datetime as dt
import json
from typing import Any

from samples.dates import days
from samples.delivery import Delivery, SentFile, numbered
from samples.satellites.holdings import own_rows, supervised
from samples.world import Person, Row, World

NEEDS = ("ACC", "ETE", "FIN", "REL", "LIF", "DRU", "ALC", "EMO", "THI", "ATT")


def add_assessments(world: World, delivery: Delivery) -> None:
    """Every other supervised person has an assessment, one in five of them a draft."""
    rows = own_rows(delivery, "eoc", "eoc")
    for person in supervised(world, delivery.company)[::2]:
        number = world.draw.next(f"assessment {delivery.company}")
        rows.append(_assessment(person, f"EOC-{delivery.company}-{number:06d}", number))


def _assessment(person: Person, reference: str, number: int) -> Row:
    status = ("SIGNED", "COMPLETE", "SIGNED", "DRAFT", "COMPLETE")[number % 5]
    started = dt.date(2021, 2, 1) + days(number % 120)  # before the extract, however many there are
    return {
        "assessment_ref": reference,
        "crn": person.row["CRN"],
        "pnc": person.row["PNC_NUMBER"] or None,
        "surname": person.row["SURNAME"],
        "forename": person.row["FIRST_NAME"],
        "date_of_birth": person.row["DATE_OF_BIRTH_DATE"],
        "tool_version": "3.2",
        "type": ("INITIAL", "REVIEW", "FINAL")[number % 3],
        "status": status,
        "started_on": started,
        "completed_on": None if status == "DRAFT" else started + days(2),
        "assessor_code": person.place.person.officer,
        "assessor_name": "Qxbel Zzcarrow",
        "rosh_level": (None, "L", "M")[number % 3],
        "ogrs3_1": 20 + number % 50,
        "ogrs3_2": 30 + number % 50,
        "needs": [_need(area, (number + place) % 5) for place, area in enumerate(NEEDS)],
        "plan": [_objective(place, number) for place in range(1, 2 + number % 3)],
    }


def _need(area: str, score: int) -> Row:
    return {"area": area, "score": score, "priority": score > 2, "summary": "Sample text" if score else None}


def _objective(place: int, number: int) -> Row:
    return {
        "no": place,
        "area": NEEDS[(number + place) % len(NEEDS)],
        "objective": f"Sample objective {place}",
        "measure": "Sample measure",
        "action": "Sample action",
        "who": "Responsible officer",
        "target_date": dt.date(2021, 8, 1),
        "status": ("OPEN", "ACHIEVED", "OPEN", "DROPPED")[(number + place) % 4],
    }


TWICE = "twice"
"""A member of ours that is never written: it names the one that is written twice."""


def write_assessments(delivery: Delivery) -> list[SentFile]:
    """The one file of the export. A row that is text already is written as it stands."""
    rows = delivery.rows("eoc", "eoc")
    whole = [row for row in rows if "line" not in row]
    text = "".join(f"{row['line'] if 'line' in row else _line(row)}\n" for row in rows)
    return [
        SentFile(
            name=f"{delivery.company}_eoc.jsonl",
            export="eoc",
            content=text.encode(),
            encoding="utf-8",
            rows=len(rows),
            totals={"assessments": len(whole), "objectives": sum(len(row["plan"]) for row in whole)},
            positions={id(row): position for row, position in numbered(rows, 1)},
        )
    ]


def _line(row: Row) -> str:
    """The row as an object; a member named in `twice` stands in it a second time."""
    members = {name: value for name, value in row.items() if name != TWICE}
    line = json.dumps(members, ensure_ascii=False, default=_iso)
    if TWICE not in row:
        return line
    again = json.dumps({row[TWICE]: row[row[TWICE]]}, ensure_ascii=False, default=_iso)
    return f"{line[:-1]}, {again[1:]}"


def _iso(value: Any) -> str:
    return f"{value:%Y-%m-%d}"


SENDS = ("eoc", add_assessments, write_assessments)
