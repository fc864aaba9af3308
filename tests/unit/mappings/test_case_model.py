"""One frame per entity, whichever system a case is kept in: nDelius's rows, and what the company adds."""

import datetime as dt

import pytest

from mappings.case.case_model import CaseModel
from tests.spec.drawn_batch import Cases, batch_of, ndelius

KNOWN = ndelius(
    offender=[
        {"offender_id": "1", "crn": "X000001", "surname": "Zzknown", "gender": "M"},
        {"offender_id": "2", "crn": "X000002", "surname": "Zzother", "gender": "F"},
        {"offender_id": "3", "crn": "X000003", "is_deleted": "Y"},
    ],
    event=[{"event_id": "11", "offender_id": "1"}, {"event_id": "12", "offender_id": "1", "is_active": "N"}],
    disposal=[
        {"disposal_id": "21", "event_id": "11", "offender_id": "1"},
        {"disposal_id": "22", "event_id": "12", "offender_id": "1"},
    ],
    custody=[{"custody_id": "61", "disposal_id": "21", "offender_id": "1"}],
    requirement=[
        {"requirement_id": "31", "disposal_id": "21", "offender_id": "1", "main_category": "F"},
        {"requirement_id": "32", "disposal_id": "22", "offender_id": "1", "main_category": "C"},
    ],
    upw_order=[{"upw_order_id": "41", "disposal_id": "21", "offender_id": "1"}],
    upw_project=[{"upw_project_id": "91", "code": "C17P1", "area": "C17"}],
    upw_session=[
        {"upw_session_id": "51", "upw_order_id": "41", "upw_project_id": "91", "offender_id": "1",
         "date": "2021-06-01", "credited": "60"},
    ],
    upw_adjustment=[{"upw_adjustment_id": "71", "upw_order_id": "41", "amount": "30"}],
)  # fmt: skip
PERSON = {"person_ref": "OM-1", "person_id": "1"}
HERE = {**PERSON, "local_event_ref": "E1"}
OWN: dict[str, Cases] = {
    "offender": [
        {"person_ref": "OM-1", "offender_id": "1", "person_id": "1", "surname": "Zzown", "gender": "F",
         "row_outcome": "set_aside"},
        {"person_ref": "OM-8", "person_id": "spg:offender:OM-8", "surname": "Zznew", "gender": "F"},
        {"person_ref": "OM-9", "person_id": "spg:offender:OM-9", "surname": "Zzaside", "gender": "M",
         "row_outcome": "set_aside"},
        {"person_ref": "OM-7", "person_id": ""},
    ],
    "event": [{**PERSON, "local_ref": "E1", "event_id": "11"}],
    "requirement": [
        {**HERE, "local_ref": "R1", "requirement_id": "31", "main_category": "F"},
        {**HERE, "local_ref": "R2", "requirement_id": "0", "main_category": "C"},
        {**HERE, "local_ref": "R3", "requirement_id": "0", "main_category": "C", "end_date": "2021-05-05"},
    ],
    "upw_session": [
        {**HERE, "local_ref": "S1", "upw_session_id": "51", "date": "2021-06-02", "project_code": "C17P1"},
        {**HERE, "local_ref": "S2", "upw_session_id": "0", "date": "2021-06-03", "credited": "45",
         "project_code": "C17P2"},
        {**HERE, "local_ref": "S3", "upw_session_id": "0", "row_outcome": "set_aside"},
    ],
    "upw_adjustment": [
        {**HERE, "local_ref": "J1", "upw_adjustment_id": "71", "amount": "31"},
        {**HERE, "local_ref": "J2", "upw_adjustment_id": "0", "amount": "20"},
    ],
    "key_date": [{**HERE, "local_ref": "K1", "key_date_id": "0", "event_id": "11", "date": "2021-08-01"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def provider() -> CaseModel:
    """A company that records in nDelius."""
    return CaseModel(batch_of("C06", delius={}), KNOWN)


@pytest.fixture(scope="module")
def gateway() -> CaseModel:
    """A company with a case system of its own."""
    return CaseModel(batch_of("C17", spg=OWN), KNOWN)


APART = ("standing", "records")
"""Frames by entity as each system has them."""

FRAMES = [name for name, fact in vars(CaseModel).items() if hasattr(fact, "func") and name not in APART]


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_has_the_same_columns_whichever_system_the_cases_are_kept_in(
    name: str, provider: CaseModel, gateway: CaseModel
) -> None:
    assert getattr(provider, name).schema == getattr(gateway, name).schema


def test_a_person_has_ndeliuss_name_the_companys_number_and_its_word_for_the_gender(
    provider: CaseModel, gateway: CaseModel
) -> None:
    words = ["person_id", "surname", "gender", "person_ref", "is_standing"]
    assert provider.persons.select(words).rows() == [
        ("1", "Zzknown", "M", None, True),
        ("2", "Zzother", "F", None, True),
    ]
    assert gateway.persons.select(words).rows() == [
        ("1", "Zzknown", "F", "OM-1", True),
        ("2", "Zzother", "F", None, True),
        ("spg:offender:OM-8", "Zznew", "F", "OM-8", True),
        ("spg:offender:OM-9", "Zzaside", "M", "OM-9", False),
    ]


def test_each_of_two_own_numbers_of_a_person_leads_to_the_person() -> None:
    twice = [{"person_ref": ref, "person_id": "1"} for ref in ("OM-1", "OM-2")]
    model = CaseModel(batch_of("C17", spg={"offender": twice}), KNOWN)
    assert model.person_refs.rows() == [("OM-1", "1"), ("OM-2", "1")]
    assert model.persons["person_id"].to_list() == ["1", "2"]


def test_a_session_is_ndeliuss_or_one_that_only_the_company_holds(
    provider: CaseModel, gateway: CaseModel
) -> None:
    known = ("41", dt.date(2021, 6, 1), "C17P1", 60, False)
    words = ["case_system_ref", "order_ref", "date", "project_code", "credited", "is_new"]
    assert provider.sessions.select(words).rows() == [("51", *known)]
    assert gateway.sessions.select(words).rows() == [
        ("S1", *known),
        ("S2", "41", dt.date(2021, 6, 3), "C17P2", 45, True),
    ]


def test_times_of_a_session_that_both_systems_have_are_both_told(gateway: CaseModel) -> None:
    assert gateway.session_times.select("date", "project_code").rows() == [
        (dt.date(2021, 6, 1), "C17P1"),
        (dt.date(2021, 6, 2), "C17P1"),
        (dt.date(2021, 6, 3), "C17P2"),
    ]


def test_an_adjustment_counts_once(gateway: CaseModel) -> None:
    assert gateway.adjustments.select("order_ref", "amount").rows() == [("41", 30), ("41", 20)]


def test_a_requirement_lives_on_a_live_event_in_either_system(gateway: CaseModel) -> None:
    rows = gateway.requirements.select("requirement_ref", "event_ref", "main_category", "is_live", "is_new")
    assert rows.rows() == [
        ("31", "11", "F", True, False),
        ("32", "12", "C", False, False),
        ("spg:requirement:R2", "11", "C", True, True),
        ("spg:requirement:R3", "11", "C", False, True),
    ]


def test_a_key_date_is_of_a_custody_of_ndelius(gateway: CaseModel) -> None:
    assert gateway.key_dates.select("custody_id", "date").rows() == [(61, dt.date(2021, 8, 1))]


def test_what_is_added_is_what_ndelius_has_no_key_for(gateway: CaseModel) -> None:
    assert gateway.added("upw_session")["local_ref"].to_list() == ["S2"]


def test_a_blank_gender_of_the_company_hides_none_that_ndelius_has() -> None:
    own = [{"person_ref": "OM-2", "offender_id": "2", "person_id": "2", "surname": "Zzother", "gender": ""}]
    persons = CaseModel(batch_of("C17", spg={"offender": own}), KNOWN).persons
    assert persons.filter(person_id="2")["gender"].to_list() == ["F"]
