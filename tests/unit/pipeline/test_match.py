"""Who is who in one company's delivery, and what goes with a person who is held."""

from pathlib import Path

import polars as pl
import pytest

from pipeline.stages.match import match_delivery
from pipeline.storage.store import read_findings, read_frame
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.findings import findings_of, no_findings

BORN = "1980-01-01"
KNOWN: Cases = [{"offender_id": "1", "crn": "X000001", "surname": "Abbot", "date_of_birth": BORN}]
PERSONS: Cases = [
    {"person_ref": "OM-1", "crn": "X000001", "surname": "Abbot", "date_of_birth": BORN},
    {"person_ref": "OM-2", "crn": "", "surname": "New", "date_of_birth": BORN, "noms_number": "A2222ZZ"},
    {"person_ref": "OM-3", "crn": "", "surname": "Newer", "date_of_birth": BORN, "noms_number": "A2222ZZ"},
]
HELD = {"person_ref": "OM-4", "crn": "X000001", "surname": "Other", "date_of_birth": "1999-09-09"}
PLACEMENTS: Cases = [
    {"person_ref": "OM-1", "crn": "", "surname": "Abbot", "date_of_birth": BORN},
    {"person_ref": "OM-2", "crn": "", "surname": "New", "date_of_birth": BORN},
    {"person_ref": "OM-4", "crn": "", "surname": "Other", "date_of_birth": BORN},
    {"person_ref": "OM-9", "crn": "", "surname": "Nobody", "date_of_birth": BORN},
]


def matched(out: Path, persons: Cases) -> pl.DataFrame:
    valid = [{"pnc_number": "", "cro_number": "", "noms_number": ""} | person for person in persons]
    batch = batch_of("C17", spg={"offender": valid}, upw={"upw_placement": PLACEMENTS})
    match_delivery(batch, ndelius(offender=KNOWN), no_findings(), out)
    return read_findings(out)


def test_persons_have_a_key_of_ndelius_or_their_own(tmp_path: Path) -> None:
    matched(tmp_path, PERSONS[:2])
    persons = read_frame(tmp_path, "persons").select("person_ref", "person_id", "is_new_person")
    assert persons.rows() == [("OM-1", "1", False), ("OM-2", "spg:offender:OM-2", True)]


def test_a_placement_takes_over_the_answer_of_its_person(tmp_path: Path) -> None:
    matched(tmp_path, PERSONS[:2])
    assert read_frame(tmp_path / "people" / "upw", "upw_placement")["person_id"].to_list() == [
        "1",
        "spg:offender:OM-2",
        None,
        None,
    ]


@pytest.mark.parametrize(("row", "rule"), [("4", "X01"), ("5", "X02")])
def test_a_placement_goes_with_a_held_person_and_needs_one(row: str, rule: str, tmp_path: Path) -> None:
    found = matched(tmp_path, [*PERSONS[1:2], HELD])
    assert found.filter(entity="upw_placement", source_row=row)["rule"].to_list() == [rule]


def test_two_new_persons_with_one_prison_number_are_written_without_it(tmp_path: Path) -> None:
    found = matched(tmp_path, PERSONS).filter(rule="P08")
    assert found["source_row"].to_list() == ["3", "4"]
    assert read_frame(tmp_path, "left_out").select("source_row", "column").rows() == [
        ("3", "noms_number"), ("4", "noms_number"),
    ]  # fmt: skip


def test_a_row_that_is_set_aside_is_nobody(tmp_path: Path) -> None:
    batch = batch_of("C17", spg={"offender": PERSONS[:1]}, upw={})
    unreadable = findings_of(batch.all("spg", "offender"), "T05", "offender")
    match_delivery(batch, ndelius(offender=KNOWN), unreadable, tmp_path)
    assert read_frame(tmp_path, "persons").is_empty()
