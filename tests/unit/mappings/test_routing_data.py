"""The routing tables agree with one another: what one names, another has."""

import polars as pl
import pytest

from vocabulary.companies import companies
from vocabulary.resources import text_table


def table(name: str) -> pl.DataFrame:
    return text_table("mappings", "routing", f"{name}.csv")


PLACED = ["local_authorities", "postcode_districts", "postcode_units", "teams"]
SHARED = {company for company, line in companies().items() if len(line.regions) > 1}


@pytest.mark.parametrize("name", PLACED)
def test_a_place_names_a_pdu_of_its_region(name: str) -> None:
    named = table(name).select("region", "pdu_code").drop_nulls("pdu_code").unique()
    assert named.join(table("pdus"), on=["region", "pdu_code"], how="anti").is_empty()


def test_there_are_the_108_public_pdus_each_with_teams_of_its_own() -> None:
    pdus = table("pdus")
    assert [pdus[word].n_unique() for word in ("pdu_code", "sm_team", "upw_team")] == [108, 108, 108]
    teams = pdus.select(pl.col("sm_team", "upw_team", "programmes_team").str.head(3))
    assert teams.select(pl.all_horizontal(pl.all() == pdus["region"]).all()).item()


@pytest.mark.parametrize("kind", ["UPW", "AP", "SI"])
def test_every_region_has_one_cluster_of_each_kind(kind: str) -> None:
    assert sorted(table("clusters").filter(kind=kind)["region"]) == sorted(table("regions")["region"])


def test_no_cluster_bears_the_code_of_a_pdu() -> None:
    assert set(table("clusters")["code"]) & set(table("pdus")["pdu_code"]) == set()


def test_an_authority_lies_in_one_pdu_but_for_two_cities_that_are_divided() -> None:
    parts = ["local_authorities", "postcode_districts", "postcode_units"]
    places = pl.concat(table(name).select("region", "local_authority", "pdu_code") for name in parts)
    pdus = places.drop_nulls().unique().group_by("region", "local_authority").len()
    assert set(pdus.filter(pl.col("len") > 1)["local_authority"]) == {"Liverpool", "Manchester"}


def test_the_police_area_of_an_authority_has_lots_in_its_region() -> None:
    areas, lots = (text_table("mappings", "framework", name) for name in ("areas.csv", "lots.csv"))
    assert areas.join(lots, on=["region", "area"], how="anti").is_empty()


def test_a_full_postcode_stands_once_and_in_a_district_that_straddles() -> None:
    units, districts = table("postcode_units"), table("postcode_districts")
    assert not units["postcode"].is_duplicated().any()
    straddling = districts.filter(straddles="Y")["district"]
    assert set(units["postcode"].str.head(-4)) <= set(straddling)


@pytest.mark.parametrize("name", ["local_authorities", "postcode_districts"])
def test_geography_speaks_of_companies_of_two_regions_and_a_place_once(name: str) -> None:
    places = table(name)
    key = places.columns[1]
    assert set(places["company"]) == SHARED
    assert not places.select("company", key).is_duplicated().any()


@pytest.mark.parametrize("name", ["pdus", "regions", "clusters", "teams", *PLACED[:2]])
def test_every_line_says_how_certain_it_is(name: str) -> None:
    assert set(table(name)["certainty"]) <= {"public 2021", "public later", "inferred", "assumed", "sample"}
