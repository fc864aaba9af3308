"""Rows of a frame are written as the samples write single rows: one layout, said once."""

import re

import polars as pl
import pytest

from samples.bulk.contacts import MOST, divided
from samples.bulk.history import past_orders, past_sessions
from samples.bulk.lines import table_lines
from samples.bulk.messages import PIECES, contact_messages, session_messages
from samples.delius_files import write_delius
from samples.delivery import Delivery
from samples.make import Size, draw_sized
from samples.spg_envelope import index_records
from samples.spg_people import contact
from samples.spg_text import REFERENCE, message_texts
from samples.spg_work import session
from samples.world import World

DELIUS = "C06"
VERSION = re.compile("(?<=SPGVersion>)[0-9A-F]{32}")
"""Ours is the key in decimal figures, that of single rows in hexadecimal ones."""


@pytest.fixture(scope="module", params=["C17", "C21"])
def company(request: pytest.FixtureRequest) -> str:
    """A gateway company that sends blanks, and one that leaves them out."""
    return str(request.param)


@pytest.fixture(scope="module")
def world(company: str) -> World:
    """Some people of both kinds of company, with past orders."""
    return draw_sized({company: Size(24), DELIUS: Size(24)}, 1, past_orders(0.2))


@pytest.mark.parametrize("table", ["CONTACT", "UPW_APPOINTMENT"])
def test_lines_are_those_of_single_rows(world: World, table: str) -> None:
    sessions = past_sessions(world, DELIUS)
    rows = list(sessions.iter_rows(named=True))
    assert rows
    single = Delivery(DELIUS, "day-1", {("delius", table): rows})
    written = next(file for file in write_delius(single) if file.name.endswith(f"_{table}.txt"))
    assert written.content.partition(b"\r\n")[2] == table_lines(table, sessions)


def test_messages_of_contacts_are_those_of_single_rows(world: World, company: str) -> None:
    records = index_records(world)
    people = {person.id: person for person in world.of(company) if not person.row.get("local_only")}
    rows = [
        row
        for row in world.tables["CONTACT"]
        if row["OFFENDER_ID"] in people
        and not any(row.get(key) for key in ("local_only", "SOFT_DELETED", "RQMNT_ID"))
        and not records.by_key["EVENT"].get(row["EVENT_ID"], {}).get("local_only")
    ]
    assert {bool(row["EVENT_ID"]) for row in rows} == {True, False}
    single = message_texts(company, [contact(people[row["OFFENDER_ID"]], row, records) for row in rows])
    frame = pl.DataFrame(
        [row | {"crn": people[row["OFFENDER_ID"]].row["CRN"]} for row in rows], infer_schema_length=None
    )
    assert joined(contact_messages(company, frame)) == [without_version(text) for text in single]


def test_messages_of_sessions_are_those_of_single_rows(world: World, company: str) -> None:
    sessions = past_sessions(world, company)
    orders = {row["UPW_DETAILS_ID"]: row for row in world.tables["UPW_DETAILS"]}
    rows = [
        row
        | {"case": orders[row["UPW_DETAILS_ID"]]["case"], "project": orders[row["UPW_DETAILS_ID"]]["project"]}
        for row in sessions.iter_rows(named=True)
    ]
    assert rows
    single = message_texts(company, [session(row["case"].person, row) for row in rows])
    assert joined(session_messages(company, sessions)) == [without_version(text) for text in single]


def joined(messages: pl.DataFrame) -> list[str]:
    """The text of each message."""
    text = messages.select(pl.concat_str(*PIECES, separator=REFERENCE)).to_series()
    return [without_version(one) for one in text]


def without_version(text: str) -> str:
    """The message without its version."""
    return VERSION.sub("", text)


@pytest.mark.parametrize("wanted", [0, 7, 900, 8_000])
def test_contacts_are_divided_to_the_last_one(wanted: int) -> None:
    counts = divided(wanted, [1, 5, 0.1])
    assert sum(counts) == wanted
    assert max(counts) <= MOST + wanted // len(counts) + 1
