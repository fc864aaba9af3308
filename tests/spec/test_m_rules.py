"""M01 to M08, M10 and X02: who a delivered person is (matching_cases)."""

import polars as pl
import pytest
from drawn_tables import label
from matching_cases import (
    ADDITIONAL,
    ALIASES,
    BASELINE,
    NAMELESS,
    OWN_PERSONS,
    PARTLY,
    PERSONS,
    PLACEMENTS,
    SAME_PERSON,
)

from matching.baseline import Candidates, candidates
from matching.cascade import match_persons, match_satellites


def typed(rows: list[dict[str, str]]) -> pl.DataFrame:
    """The rows as convert would type them: blanks null, keys whole numbers, dates dates, flags Boolean."""
    frame = pl.DataFrame(rows)
    blank_to_null = pl.all().replace({"": None})
    typed_columns = {
        "offender_id": pl.col("offender_id").cast(pl.Int64),
        "date_of_birth": pl.col("date_of_birth").str.to_date(),
        "is_deleted": pl.col("is_deleted").is_not_null(),
    }
    return frame.select(blank_to_null).with_columns(
        expression for name, expression in typed_columns.items() if name in frame.columns
    )


def delivered(rows: list[dict[str, str]], export: str) -> pl.DataFrame:
    """Typed rows with provenance, numbered from 2."""
    return typed(rows).with_columns(
        company=pl.lit("C17"),
        export=pl.lit(export),
        source_file=pl.lit("file"),
        source_row=pl.int_range(2, pl.len() + 2).cast(pl.String),
    )


@pytest.fixture(scope="module")
def known() -> Candidates:
    return candidates(typed(BASELINE), typed(ADDITIONAL), typed(ALIASES))


@pytest.mark.parametrize("case", PERSONS, ids=lambda case: case["case"])
def test_a_person_is_known_new_or_held(case: dict[str, str], known: Candidates) -> None:
    matched = match_persons(delivered([case], "spg"), known)
    person = int(case["is"]) if case["is"] else None
    is_held = case["answer"] in ("M02", "M05", "M06", "M08", "M10")
    expected = (case["answer"], person, is_held)
    assert matched.frame.select("answer", "offender_id", "is_held").row(0) == expected
    found = matched.findings.select("source_row", "entity", "rule").rows()
    assert found == [("2", "offender", case["answer"])]


@pytest.mark.parametrize("case", PARTLY, ids=label)
def test_m10_a_match_that_disagrees_in_part_is_held(case: dict[str, str], known: Candidates) -> None:
    matched = match_persons(delivered([case | {"crn": "X000012"}], "spg"), known)
    assert matched.frame["answer"].to_list() == [case["answer"]]
    assert matched.frame["offender_id"].to_list() == [None if case["answer"] == "M10" else 12]


def test_two_persons_that_match_the_same_one_are_both_held(known: Candidates) -> None:
    matched = match_persons(delivered(SAME_PERSON, "spg"), known)
    assert matched.frame["answer"].to_list() == [case["answer"] for case in SAME_PERSON]
    assert matched.frame["offender_id"].to_list() == [None, 2, None, None]


@pytest.mark.parametrize("case", PLACEMENTS, ids=lambda case: case["case"])
def test_a_placement_belongs_to_somebody(case: dict[str, str], known: Candidates) -> None:
    own = match_persons(delivered(OWN_PERSONS, "spg"), known)
    assert own.frame["answer"].to_list() == [each["answer"] for each in OWN_PERSONS]
    matched = match_satellites(delivered([case], "upw"), "upw_placement", known, own.frame)
    person = int(case["is"]) if case["is"] else None
    assert matched.frame.select("answer", "offender_id").row(0) == (case["answer"], person)
    assert matched.findings.select("entity", "rule").rows() == [("upw_placement", case["answer"])]


@pytest.mark.parametrize("case", NAMELESS, ids=label)
def test_without_names_the_crn_decides(case: dict[str, str], known: Candidates) -> None:
    matched = match_satellites(delivered([{"crn": case["crn"]}], "documents"), "document", known)
    assert matched.frame["answer"].to_list() == [case["answer"]]


def test_two_placements_of_one_person_are_no_doubt(known: Candidates) -> None:
    rows = [PLACEMENTS[0], PLACEMENTS[0]]
    matched = match_satellites(delivered(rows, "upw"), "upw_placement", known)
    assert matched.frame["answer"].to_list() == ["M01", "M01"]


def test_nobody_to_match(known: Candidates) -> None:
    matched = match_persons(delivered([PERSONS[0]], "spg").clear(), known)
    assert matched.frame.is_empty()
    assert matched.findings.is_empty()
