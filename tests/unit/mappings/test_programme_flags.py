"""The flags for the programme system, of what nDelius has and of what only the company has."""

import polars as pl
from unacknowledged import OTHER, PERSON, RECORDS, known

from mappings.case.case_model import CaseModel
from mappings.writes.programme_flags import programme_flags
from tests.spec.drawn_batch import batch_of
from vocabulary.batch import Batch

NEW = [
    {**PERSON, "local_ref": "R1", "local_event_ref": "E1", "requirement_id": "0", "main_category": "C"},
    {**OTHER, "local_ref": "R3", "local_event_ref": "E2", "requirement_id": "0", "main_category": "C"},
    {**OTHER, "local_ref": "R4", "local_event_ref": "E2", "requirement_id": "0", "main_category": "F"},
    {**OTHER, "local_ref": "R5", "local_event_ref": "E2", "requirement_id": "0", "main_category": "C",
     "end_date": "2021-05-05"},
]  # fmt: skip


def delivery(company: str) -> Batch:
    """What a company with its own case system delivers: R5 has ended and does not move."""
    return batch_of(company, spg=RECORDS | {"requirement": NEW})


def moving(company: str) -> pl.DataFrame:
    """The requirements that a company gets a manager for in the region."""
    rows = [
        (f"spg:requirement:{ref}", person)
        for ref, person in (("R1", PERSON["person_id"]), ("R3", "2"), ("R4", "2"))
    ]
    return pl.DataFrame(
        {
            "kind": ["RQ"] * 3,
            "component_ref": [ref for ref, _ in rows],
            "person_id": [person for _, person in rows],
            "company": [company] * 3,
            "export": ["spg"] * 3,
            "source_file": ["file"] * 3,
            "source_row": ["2", "3", "4"],
        }
    )


def flagged(company: str) -> dict[str, list[str]]:
    """Table to what its rows flag."""
    flags = programme_flags(moving(company), CaseModel(delivery(company), known()))
    return {table: rows.to_series(rows.width - 1).to_list() for table, rows in flags.items()}


def test_a_programme_that_ndelius_lacks_is_flagged_with_its_event_and_person() -> None:
    assert flagged("C17") == {
        "IAPS_RQMNT": ["spg:requirement:R1", "spg:requirement:R3"],
        "IAPS_EVENT": ["spg:event:E1", "12"],
        "IAPS_OFFENDER": ["spg:offender:OM-1", "2"],
    }


def test_records_of_two_companies_that_are_called_alike_are_two_flags() -> None:
    first, second = (
        programme_flags(moving(code), CaseModel(delivery(code), known())) for code in ("C16", "C17")
    )
    for table, shared in (("IAPS_RQMNT", set()), ("IAPS_EVENT", {"12"}), ("IAPS_OFFENDER", {"2"})):
        keys = [set(rows[table]["natural_key"]) for rows in (first, second)]
        assert keys[0] & keys[1] == shared
