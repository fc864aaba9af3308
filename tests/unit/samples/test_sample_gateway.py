"""The full-record interchange: keys, message types, owners' quirks."""

from pathlib import Path

import pytest
from sample_world import messages, table

from samples.delivery import Delivery
from samples.spg_files import MOST_MESSAGES, write_spg

KEYS = {"OffenderProfile": "OffenderID", "Event": "EventID", "UPWContact": "UPWAppointmentID"}


@pytest.fixture(scope="module", params=["C17", "C21"])
def gateway(request: pytest.FixtureRequest, clean: Path) -> Path:
    return clean / str(request.param) / f"{request.param}_spg_001.xml"


def test_a_record_without_key_is_new(gateway: Path) -> None:
    for message in messages(gateway):
        key = KEYS.get(message["record"])
        if key:
            assert (message["MessageType"] == "INS") == (message[key] == "0")
            assert (message["SPGVersion"] == "0" * 32) == (message[key] == "0")


def test_a_key_is_in_the_baseline(gateway: Path, clean: Path) -> None:
    known = {row["EVENT_ID"] for row in table(clean / "baseline", "EVENT")} | {"0"}
    assert {message["EventID"] for message in messages(gateway) if message["record"] == "Event"} <= known


def test_a_person_without_crn_has_no_key(gateway: Path) -> None:
    nameless = [message for message in messages(gateway) if not message.get("CaseReferenceNumber")]
    assert nameless
    assert {message["OffenderID"] for message in nameless} == {"0"}


def test_message_numbers_run_on(gateway: Path) -> None:
    numbers = [int(message["MessageReferenceNumber"]) for message in messages(gateway)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_who_sends_blanks_as_empty_elements(clean: Path) -> None:
    assert b"<SecondName/>" in (clean / "C17" / "C17_spg_001.xml").read_bytes()
    assert b"SecondName/>" not in (clean / "C21" / "C21_spg_001.xml").read_bytes()


def test_who_writes_a_prefix(clean: Path) -> None:
    assert b"<spg:SPGMessage>" in (clean / "C21" / "C21_spg_001.xml").read_bytes()


def test_a_person_is_never_cut_across_two_files() -> None:
    message = {"record": "Address", "is_new": False, "crn": "", "person_ref": "", "version": ""}
    rows = [message | {"sent_with": person} for person in range(1_201) for _ in range(5)]
    first, second = write_spg(Delivery("C17", "day-1", {("spg", "messages"): rows}))
    assert (first.rows, second.rows) == (MOST_MESSAGES, 1_005)


def test_some_persons_without_crn_are_known_to_the_region(clean: Path) -> None:
    known = {row["PNC_NUMBER"].strip() for row in table(clean / "baseline", "OFFENDER")} - {""}
    found = [
        message
        for message in messages(clean / "C17" / "C17_spg_001.xml")
        if message["record"] == "OffenderProfile"
    ]
    nameless = [message for message in found if not message["CaseReferenceNumber"]]
    assert {message["PNCNumber"] in known for message in nameless} == {True, False}
