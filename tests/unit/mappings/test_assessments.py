"""What assessments and stars write: OASys sets that claim nothing, and diary rows."""

import polars as pl
import pytest

from mappings.assessments.contacts import assessment_contacts, star_contacts
from mappings.assessments.oasys import oasys_inserts
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch

BASELINE = ndelius(
    offender=[
        {"offender_id": "1", "crn": "X500001", "surname": "Zzdell", "is_restricted": "1"},
        {"offender_id": "2", "crn": "X500002", "surname": "Zzcarrow"},
    ],
    team=[{"team_id": "7", "code": "C05S01", "area": "C05"}],
    staff=[{"staff_id": "9", "officer": "C05A012", "area": "C05"}],
    staff_team=[{"staff_id": "9", "team_id": "7"}],
)
REGIONS = pl.DataFrame({"person_id": ["1"], "region": ["N53"]})
FINISHED = {"start_date": "2021-02-01", "completed_date": "2021-02-03", "assessor": "C05A012"}
PLAN = {
    "objective.number": '["1", "2", "3"]',
    "objective.area": '["ACC", "DRU", "DRU"]',
    "objective.text": '["Find a room", "Stay clean", "Stay away"]',
    "objective.measure": '["Lease", null, null]',
    "objective.action": '["Apply", null, null]',
    "objective.who": '["Officer", null, null]',
    "objective.target_date": '["2021-08-01", null, null]',
    "objective.status": '["OPEN", "OPEN", "ACHIEVED"]',
}
NEEDS = {
    "need.area": '["ACC", "DRU", "ATT"]',
    "need.score": '["2", "4", "0"]',
    "need.is_priority": '["false", "true", "false"]',
    "need.summary": '["No room", null, null]',
}
ASSESSMENTS: Cases = [
    {
        "assessment_ref": "E1",
        "person_id": "1",
        "type": "REVIEW",
        "rosh_level": "M",
        **FINISHED,
        **PLAN,
        **NEEDS,
    },
    {"assessment_ref": "E2", "person_id": "1", "type": "INITIAL", "status": "SIGNED", **FINISHED},
    {"assessment_ref": "E3", "person_id": "2", "type": "FINAL", "ogrs3_one_year": "34", **FINISHED},
    {"assessment_ref": "E4", "person_id": "2", "row_outcome": "set_aside", **FINISHED},
]


@pytest.fixture(scope="module")
def batch() -> Batch:
    """Three assessments of two persons, and one that is not carried."""
    return batch_of("C05", eoc={"assessment": ASSESSMENTS})


@pytest.fixture(scope="module")
def inserts(batch: Batch) -> dict[str, pl.DataFrame]:
    """What goes to OASys."""
    return oasys_inserts(batch, BASELINE, REGIONS)


def test_a_person_has_one_group_however_many_assessments(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["OASYS_ASSESSMENT_GROUP"]["natural_key"].to_list() == ["person:1", "person:2"]
    assert inserts["OASYS_SET"]["group_id"].to_list() == ["person:1", "person:1", "person:2"]


def test_the_person_is_ndelius_person_in_the_receiving_region(inserts: dict[str, pl.DataFrame]) -> None:
    people = inserts["OASYS_OFFENDER"].select("crn", "surname", "is_limited_access", "area")
    assert people.rows() == [("X500001", "Zzdell", True, "N53"), ("X500002", "Zzcarrow", False, "N55")]


def test_the_purpose_follows_the_code_list_and_waits_where_nobody_decided(
    inserts: dict[str, pl.DataFrame],
) -> None:
    assert inserts["OASYS_SET"]["purpose"].to_list() == ["270", None, "350"]


def test_a_risk_level_is_carried_only_where_it_is_recorded(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["OASYS_SET"]["rosh_level"].to_list() == ["M", None, None]


def test_source_and_key_are_kept(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["OASYS_SET"].select("source_system", "assessment_ref").row(0) == ("C05:eoc", "E1")


def test_each_open_objective_becomes_a_row_of_the_plan(inserts: dict[str, pl.DataFrame]) -> None:
    rows = inserts["BASIC_SENTENCE_PLAN_OBJ"].filter(pl.col("set_id") == "eoc:assessment:E1")
    assert rows["text"].to_list() == ["Find a room", "Stay clean"]
    assert rows.select("number", "measure", "action", "who", "timescale", "source_ref").row(0) == (
        1, "Lease", "Apply", "Officer", "2021-08-01", "E1/1",
    )  # fmt: skip


def test_needs_are_text_that_names_the_section_and_no_score(inserts: dict[str, pl.DataFrame]) -> None:
    lines = inserts["OASYS_SET"]["plan_text"][0].splitlines()
    assert lines[1:] == [
        "Section 3 Accommodation: No room",
        "Section 8 Drugs (taken into the plan)",
        "Objective 1 (OPEN): Section 3 Accommodation",
        "Objective 2 (OPEN): Section 8 Drugs",
        "Objective 3 (ACHIEVED): Section 8 Drugs",
    ]


def test_an_assessment_is_a_contact_of_its_author_on_its_day(batch: Batch) -> None:
    contacts = assessment_contacts(batch, BASELINE)
    assert contacts.select("type", "team", "officer", "area").unique().rows() == [
        ("CRCA", "C05S01", "C05A012", "C05")
    ]
    assert contacts["date"].cast(pl.String).to_list() == ["2021-02-03"] * 3


def test_ogrs3_is_shown_in_the_note_as_recorded(batch: Batch) -> None:
    first, _, last = assessment_contacts(batch, BASELINE)["notes"].to_list()
    assert "OGRS3" not in first
    assert "OGRS3 of one year, as recorded: 34" in last.splitlines()


def test_a_star_is_a_contact_that_lists_its_scores() -> None:
    scores = {"score_accommodation": "1", "score_parenting": "", "score_crime_free": "10"}
    stars = [{"star_ref": "J1", "person_id": "1", "worker": "C05A012", "note": "Sample note", **scores}]
    lines = star_contacts(batch_of("C01", justice_star={"star": stars}), BASELINE)["notes"][0].splitlines()
    assert lines[0] == "Star: J1"
    assert {"Accommodation: 1", "A crime-free life: 10"} <= set(lines)
    assert sum(line.split(": ")[-1].isdigit() for line in lines) == 9
    assert lines[-1] == "Sample note"
