"""The unpaid work schedule of a company: projects, placements and sessions as its own system holds them."""

import datetime as dt

from samples import facts
from samples.csv_files import write_csv
from samples.delivery import Delivery, SentFile
from samples.formats import dialect
from samples.references import local_record, local_reference
from samples.unpaid_work import TRAINING, projects
from samples.workbooks import Book, write_workbook
from samples.world import Person, Row, World

PARTS = ["Projects", "Placements", "Sessions"]


def add_schedule(world: World, delivery: Delivery) -> None:
    """Add the three parts of the schedule to a delivery."""
    company = delivery.company
    owner = facts.companies()[company]["owner"]
    delivery.parts["upw", "Projects"] = [_project(row, owner) for row in projects(world, company)]
    delivery.parts["upw", "Placements"] = [_placement(row) for row in world.placements[company]]
    delivery.parts["upw", "Sessions"] = [_session(row, owner) for row in world.sessions[company]]


def person_columns(person: Person) -> Row:
    """CRN and own person number: only the gateway companies have the latter, and persons without CRN."""
    is_gateway = facts.companies()[person.home]["spg"] == "Y"
    return {
        "crn": "" if person.row.get("local_only") else person.row["CRN"],
        "person_ref": local_reference(person.id) if is_gateway else "",
    }


def _project(row: Row, owner: str) -> Row:
    return {
        "project_code": row["CODE"],
        "project_name": row["NAME"],
        "project_type": facts.own_code("upw_project_type", owner, row["PROJECT_TYPE_CODE"]),
        "team_code": row["TEAM_CODE"],
        "postcode": "L1 9ZZ",
        "beneficiary": "Sample Council",
        "max_people": 8,
        "women_only": row["women_only"],
        "ete": row["PROJECT_TYPE_CODE"] == TRAINING,
        "ppe": "HV",
        "risk_review": dt.date(2021, 12, 1),
        "start_date": row["starts"],
        "end_date": row["COMPLETION_DATE"],
    }


def _placement(row: Row) -> Row:
    person: Person = row["person"]
    order = row["order"]
    return {
        "placement_id": row["placement_id"],
        **person_columns(person),
        "surname": person.row["SURNAME"],
        "date_of_birth": person.row["DATE_OF_BIRTH_DATE"],
        "project_code": row["project"]["CODE"],
        "ordered": order.details["UPW_LENGTH_MINUTES"],
        "order_date": order.case.start,
        "assessment_date": row["assessment_date"],
        "start_date": row["start_date"],
        "weekday": row["weekday"],
        "travel_minutes": row["travel_minutes"],
        "review_6m": None,
        "review_9m": None,
    }


def _session(row: Row, owner: str) -> Row:
    outcome = row["outcome"]
    return {
        "session_id": row["session_id"],
        "placement_id": row["placement"]["placement_id"],
        "project_code": row["project"]["CODE"],
        "session_date": row["session_date"],
        "start_time": row["start_time"],
        "end_time": row["end_time"],
        "offered": row["offered"],
        "credited": row["credited"] if outcome else None,
        "travel_credited": 0 if outcome else None,
        "outcome": facts.own_code("upw_outcome", owner, outcome) if outcome else "",
        "supervisor": row["supervisor"],
        "ppe": "HV",
        "case_system_ref": _case_system_ref(row),
        "note": "Sample note; wet, cold" if row["session_id"].endswith("3") else "",
    }


def _case_system_ref(row: Row) -> str:
    appointment = row["appointment"]
    if appointment is None:
        return ""
    if facts.companies()[row["project"]["PROBATION_AREA_CODE"]]["spg"] == "Y":
        return local_record("UPWContact", appointment["UPW_APPOINTMENT_ID"])
    return str(appointment["UPW_APPOINTMENT_ID"])


def write_schedule(delivery: Delivery) -> list[SentFile]:
    """The schedule as one workbook or as three CSV files, as the owner has it."""
    form = dialect("upw", delivery.company)
    totals = {part: part_totals(delivery, part) for part in PARTS}
    if form.container == "csv":
        return [write_csv(delivery, "upw", part, totals[part]) for part in PARTS]
    book = schedule_book(delivery.company, delivery.spec_version)
    content, positions = write_workbook(delivery, "upw", PARTS, book)
    return [
        SentFile(
            name=book_name(delivery.company),
            export="upw",
            content=content,
            encoding="binary",
            rows=sum(book.counts.values()),
            totals=totals["Projects"] | totals["Placements"] | totals["Sessions"],
            rows_by_part=book.counts,
            positions=positions,
        )
    ]


def book_name(company: str) -> str:
    """The name of a company's schedule, where it is a workbook."""
    return f"{company}_upw.xlsx"


def schedule_book(company: str, spec_version: str = facts.LATEST_VERSION, *, is_long: bool = False) -> Book:
    """The workbook of a company's schedule, with its sheets in the owner's order and no rows yet."""
    is_backwards = facts.companies()[company]["owner"] == "SODEXO"
    return Book(
        company,
        "upw",
        PARTS[::-1] if is_backwards else PARTS,
        dialect("upw", company),
        spec_version=spec_version,
        time_cells=is_backwards,
        epoch_1904=company == "C11",
        is_long=is_long,
    )


def part_totals(delivery: Delivery, part: str) -> dict[str, int | str]:
    """The control totals of one part of the schedule."""
    rows = delivery.rows("upw", part)
    if part == "Projects":
        return {"projects": len(rows)}
    if part == "Placements":
        return {"placements": len(rows), "upw_minutes_ordered": _minutes(rows, "ordered")}
    return {
        "sessions": len(rows),
        "upw_minutes_offered": _minutes(rows, "offered"),
        "upw_minutes_credited": _minutes(rows, "credited"),
    }


def _minutes(rows: list[Row], column: str) -> int:
    """Minutes of a column; what is blank or cannot be read counts as zero."""
    return sum(row[column] for row in rows if isinstance(row[column], int))
