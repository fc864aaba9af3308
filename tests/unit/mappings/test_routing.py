"""From team to receiving team and officer."""

import polars as pl
import pytest

from mappings.allocation.routing import has_sentence_management, only_region, programme_teams, route

STRADDLING, WHOLE = "C04", "C06"
CASES = [
    # company, region, pdu, person's team, team -> receiving team, officer, allocation, is it unknown?
    (WHOLE, "N51", None, None, "C06S01", "N51A07", "N51A07U", "default", False),
    (WHOLE, "N51", None, None, "C06H01", "N51A07", "N51A07U", "default", False),
    (WHOLE, "N51", None, None, "C06UAT", "N51UAT", "N51UATU", "unallocated", False),
    (WHOLE, "N51", None, None, None, "N51UAT", "N51UATU", "unallocated", True),
    (WHOLE, "N51", None, None, "C05S01", "N51UAT", "N51UATU", "unallocated", True),
    (STRADDLING, "N55", None, None, "C04S01", "N55A04", "N55A04U", "default", False),
    (STRADDLING, "N53", "N53EWL", "C04S05", "C04H01", "N53A02", "N53A02U", "default", False),
    (STRADDLING, "N53", "N53EWL", "C04S01", "C04S01", "N53A02", "N53A02U", "default", False),
    (STRADDLING, "N53", "N53EWL", "C04S01", "C04U01", "N53W02", "N53W02U", "default", False),
    (STRADDLING, "N53", "N53EWL", "C04S01", "C04P01", "N53P01", "N53P01U", "default", False),
    (STRADDLING, "N53", None, "C04S05", "C04H01", "N53A02", "N53A02U", "default", False),
    (STRADDLING, "N53", None, None, "C04H01", "N53UAT", "N53UATU", "unallocated", False),
    (STRADDLING, "N53", "N53EWL", "C04S05", "C04UAT", "N53UAT", "N53UATU", "unallocated", False),
]


@pytest.mark.parametrize("case", CASES)
def test_a_team_leads_to_a_team(case: tuple[str, ...]) -> None:
    company, region, pdu, person_team, team, *expected = case
    rows = pl.DataFrame(
        {"region": [region], "pdu_code": [pdu], "person_team": [person_team], "team": [team]},
        schema_overrides=dict.fromkeys(("pdu_code", "person_team", "team"), pl.String),
    )
    routed = route(rows, company).select("n_team", "n_officer", "allocation", "is_team_unknown")
    assert list(routed.row(0)) == expected


def test_geography_is_optional() -> None:
    rows = pl.DataFrame({"region": ["N51"], "team": ["C06S01"]})
    assert route(rows, WHOLE)["n_team"].to_list() == ["N51A07"]


def test_nothing_to_route() -> None:
    rows = pl.DataFrame(schema={"region": pl.String, "team": pl.String})
    assert route(rows, WHOLE).is_empty()


def test_who_lands_in_one_region_and_who_manages_sentences() -> None:
    assert (only_region(WHOLE), only_region(STRADDLING)) == ("N51", None)
    assert has_sentence_management(WHOLE)
    assert not has_sentence_management("C10")


def test_a_team_that_an_operator_placed_is_known() -> None:
    decided = pl.DataFrame({"team": ["C06Z99"], "answer": ["N51W07"]})
    rows = pl.DataFrame({"region": ["N51"], "team": ["C06Z99"]})
    line = route(rows, WHOLE, decided).row(0, named=True)
    assert (line["n_team"], line["n_officer"], line["is_team_unknown"]) == ("N51W07", "N51W07U", False)


def test_an_answer_does_not_replace_the_routing() -> None:
    decided = pl.DataFrame({"team": ["C06S01"], "answer": ["N51W07"]})
    rows = pl.DataFrame({"region": ["N51"], "team": ["C06S01"]})
    assert route(rows, WHOLE, decided)["n_team"].to_list() == ["N51A07"]


PROGRAMME_TEAMS = [
    # region, pdu by geography, team that has the person -> programmes team
    ("N53", "N53EWL", None, "N53P01"),
    ("N51", None, "N51A07", "N51P01"),
    ("N51", None, "N51UAT", "N51P01"),
]


@pytest.mark.parametrize("case", PROGRAMME_TEAMS)
def test_a_person_belongs_to_a_programmes_team_of_the_region(case: tuple[str | None, ...]) -> None:
    region, pdu, team, expected = case
    regions = pl.DataFrame({"person_id": ["1"], "region": [region], "pdu_code": [pdu]}).cast(pl.String)
    found = programme_teams(regions, pl.DataFrame({"person_id": ["1"], "team": [team]}).cast(pl.String))
    assert found.rows() == [("1", region, expected, f"{expected}U")]
