"""New requirements, licence conditions, PSS requirements and NSIs."""

import datetime as dt

import polars as pl
import pytest
from unacknowledged import known, london

from mappings.case.case_model import CaseModel
from mappings.writes.new_components import new_components


@pytest.fixture(scope="module")
def inserts() -> dict[str, pl.DataFrame]:
    return new_components(CaseModel(london(), known()))


PLACES = [
    ("RQMNT", "disposal_id", [("spg:requirement:R1", "spg:disposal:E1")]),
    ("LIC_CONDITION", "disposal_id", [("spg:licence_condition:L1", "22")]),
    ("PSS_RQMNT", "custody_id", [("spg:pss_requirement:S1", "spg:custody:E2")]),
    ("NSI", "event_id", [("spg:nsi:N1", None), ("spg:nsi:N2", "spg:event:E1")]),
]


@pytest.mark.parametrize(("table", "word", "rows"), PLACES)
def test_a_component_hangs_where_ndelius_keeps_it(
    table: str, word: str, rows: list[tuple[str, str]], inserts: dict[str, pl.DataFrame]
) -> None:
    assert inserts[table].select("natural_key", word).rows() == rows


def test_an_nsi_names_the_requirement_that_ndelius_knows(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["NSI"]["requirement_id"].to_list() == ["42", None]


def test_what_has_ended_is_not_active(inserts: dict[str, pl.DataFrame]) -> None:
    assert inserts["NSI"].select("end_date", "is_active").rows() == [
        (None, True),
        (dt.date(2021, 5, 5), False),
    ]


def test_a_condition_that_has_not_started_runs_from_its_sentence(inserts: dict[str, pl.DataFrame]) -> None:
    rows = inserts["LIC_CONDITION"].select("start_date", "commenced_date").rows()
    assert rows == [(dt.date(2020, 1, 5), None)]
