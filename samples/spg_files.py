"""Writes the full-record interchange of a gateway company: XML, at most 5,000 messages in a file."""

from collections import Counter
from collections.abc import Mapping

from samples.delivery import Delivery, SentFile
from samples.references import PREFIXES
from samples.spg_envelope import index_records
from samples.spg_records import messages
from samples.spg_text import REFERENCE, interchange, message_texts
from samples.world import Row, World

MOST_MESSAGES = 5_000


def add_interchange(world: World, delivery: Delivery) -> None:
    """Add the messages of all persons drawn for the company."""
    records = index_records(world)
    delivery.parts["spg", "messages"] = [
        message for person in world.of(delivery.company) for message in messages(person, records)
    ]


def write_spg(delivery: Delivery) -> list[SentFile]:
    """The interchange files; a person is never cut across two."""
    files: list[list[Row]] = [[]]
    for person in _people(delivery.rows("spg", "messages")):
        if len(files[-1]) + len(person) > MOST_MESSAGES:
            files.append([])
        files[-1] += person
    return [_write_file(delivery.company, number, rows) for number, rows in enumerate(files, start=1)]


def _people(rows: list[Row]) -> list[list[Row]]:
    """Messages cut where the next person begins."""
    people: list[list[Row]] = []
    for row in rows:
        if not people or people[-1][0]["sent_with"] != row["sent_with"]:
            people.append([])
        people[-1].append(row)
    return people


def _write_file(company: str, number: int, rows: list[Row]) -> SentFile:
    counts = Counter(row["record"] for row in rows)
    texts = (
        text.replace(REFERENCE, str(reference))
        for reference, text in enumerate(message_texts(company, rows), start=1)
    )
    return SentFile(
        name=file_name(company, number),
        export="spg",
        content=interchange(company, number, len(rows), "".join(texts)),
        encoding="utf-8",
        rows=len(rows),
        totals=totals_of(rows),
        rows_by_part=ordered_counts(counts),
        positions={id(row): str(position) for position, row in enumerate(rows, start=1)},
    )


def file_name(company: str, number: int) -> str:
    """The name of a company's interchange of that number."""
    return f"{company}_spg_{number:03d}.xml"


def ordered_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Messages per record in the order of the agreement, those that there are."""
    return {record: counts[record] for record in PREFIXES if counts.get(record)}


def totals_of(rows: list[Row]) -> dict[str, int | str]:
    """The control totals of the messages of one file."""
    rar = [row for row in rows if row.get("RequirementTypeMainCategory") == "F"]
    return {
        "persons": sum(row["record"] == "OffenderProfile" for row in rows),
        "events": sum(row["record"] == "Event" for row in rows),
        "upw_minutes_ordered": _sum(rows, "UPWLengthMinutes"),
        "upw_minutes_credited": _sum(rows, "MinutesCredited"),
        "rar_days": _sum(rar, "Length"),
    }


def _sum(rows: list[Row], element: str) -> int:
    return sum(row[element] for row in rows if isinstance(row.get(element), int))
