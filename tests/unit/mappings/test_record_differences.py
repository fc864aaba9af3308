"""Acknowledged records that say something else than nDelius."""

from mappings.case.case_model import CaseModel
from mappings.case.record_differences import record_differences
from tests.spec.drawn_batch import batch_of, ndelius

KNOWN = ndelius(
    requirement=[
        {"requirement_id": "41", "main_category": "F", "length": "20", "rar_days_done": "5"},
        {"requirement_id": "42", "main_category": "W"},
    ]
)


def differing(*requirements: dict[str, str]) -> list[tuple[str, str]]:
    batch = batch_of("C17", spg={"requirement": list(requirements)})
    return record_differences(CaseModel(batch, KNOWN), ()).select("source_row", "column").rows()


def test_every_word_that_differs_is_listed() -> None:
    record = {"requirement_id": "41", "main_category": "F", "length": "30", "rar_days_done": "6"}
    assert differing(record) == [("2", "length"), ("2", "rar_days_done")]


def test_blank_equals_blank() -> None:
    assert differing({"requirement_id": "42", "main_category": "W"}) == []


def test_a_new_record_differs_from_nothing() -> None:
    assert differing({"requirement_id": "0", "main_category": "F"}) == []


def test_a_record_set_aside_is_not_compared() -> None:
    assert differing({"requirement_id": "42", "main_category": "F", "row_outcome": "set_aside"}) == []


def test_contacts_are_compared_as_far_as_they_are_given() -> None:
    known = ndelius(contact=[{"contact_id": "71", "type": "CHVS"}, {"contact_id": "72", "type": "CHVS"}])
    records = [{"contact_id": "71", "type": "COAP"}, {"contact_id": "72", "type": "CHVS"}]
    batch = batch_of("C17", spg={"contact": records})
    model, pairs = CaseModel(batch, known), [(batch.carried("spg", "contact"), known.known("contact"))]
    assert record_differences(model, ()).is_empty()
    told = record_differences(model, pairs).select("entity", "source_row", "column").rows()
    assert ("contact", "2", "type") in told
    assert ("contact", "3", "type") not in told
