"""G01 and G02: where geography decides the region of a person, drawn as a table.

The company is C04: N55 or N53.
"""

import polars as pl
import pytest
from drawn_tables import drawn, label

from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from tests.spec.drawn_batch import batch_of, ndelius, rules_of

CASES = drawn("""
case                              | postcode | no abode | district | county       | team   | region | rules
postcode                          | HU1 2AB  | N        |          |              | C04S01 | N55    |
postcode without a blank          | hu12ab   | N        |          |              | C04S01 | N55    |
postcode, team elsewhere          | LN1 2AB  | N        |          |              | C04S01 | N53    | G02
postcode is malformed             | LN1      | N        |          |              | C04S01 | N55    |
no fixed abode                    | LN1 2AB  | Y        |          |              | C04S01 | N55    |
no fixed abode, authority         | LN1 2AB  | Y        | Lincoln  |              | C04S05 | N53    |
district straddles, full postcode | DN36 4AA | N        | Lincoln  |              | C04S05 | N55    | G02
full postcode in small letters    | dn364aa  | N        | Lincoln  |              | C04S05 | N55    | G02
the same district, over there     | DN36 5AA | N        |          |              | C04S05 | N53    |
full postcode, no fixed abode     | DN36 4AA | Y        | Lincoln  |              | C04S05 | N53    |
full postcode is malformed        | DN36 4A  | N        | Lincoln  |              | C04S05 | N53    |
district straddles, authority     | DN36 9ZZ | N        | Lincoln  |              | C04S05 | N53    |
district straddles, team          | DN36 9ZZ | N        |          |              | C04S05 | N53    |
another company's full postcode   | WA3 1AB  | N        |          |              | C04S05 | N53    |
authority as county               |          | N        |          | Boston       | C04S01 | N53    | G02
another company's authority       |          | N        | Bolton   |              | C04S01 | N55    |
team alone                        |          | N        |          |              | C04S05 | N53    |
hub team, postcode                | HU1 2AB  | N        |          |              | C04H01 | N55    |
hub team alone                    |          | N        |          |              | C04H01 |        | G01
unknown team alone                |          | N        |          |              | C04Z99 |        | G01
no team, nothing                  |          | N        |          |              |        |        | G01
""")


def regions_of(case: dict[str, str], **tables: list[dict[str, str]]) -> tuple[list[str | None], list[str]]:
    persons = [{"offender_id": "1"}]
    address = {
        "offender_id": "1", "status": "M", "postcode": case["postcode"],
        "is_no_fixed_abode": case["no abode"], "district": case["district"], "county": case["county"],
    }  # fmt: skip
    manager = {"offender_id": "1", "area": "C04", "team": case["team"]}
    world = {"offender": persons, "address": [address], "offender_manager": [manager]} | tables
    regions = person_regions(CaseModel(batch_of("C04", delius=world), ndelius(**world)))
    return regions.persons["region"].to_list(), rules_of([regions.findings], "offender", persons)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_geography_decides_the_region(case: dict[str, str]) -> None:
    expected = [case["region"]] if case["region"] else []
    assert regions_of(case) == (expected, [case["rules"]])


MAIN = drawn("""
which         | status | start_date | end_date   | is_deleted | postcode
previous      | P      | 2021-05-01 |            | N          | LN1 2AB
deleted       | M      | 2021-05-01 |            | Y          | LN1 2AB
ended         | M      | 2021-05-01 | 2021-06-01 | N          | LN1 2AB
earlier       | M      | 2021-03-01 |            | N          | LN1 2AB
""")


@pytest.mark.parametrize("other", MAIN, ids=label)
def test_the_main_address_counts(other: dict[str, str]) -> None:
    words = {name: value for name, value in other.items() if name != "which"}
    elsewhere = {**words, "offender_id": "1", "is_no_fixed_abode": "N"}
    here = {
        "offender_id": "1", "status": "M", "start_date": "2021-04-01", "postcode": "HU1 2AB",
        "is_no_fixed_abode": "N",
    }  # fmt: skip
    assert regions_of(dict(CASES[0]), address=[elsewhere, here]) == (["N55"], [""])


def test_a_person_without_offender_manager_goes_by_the_first_requirement() -> None:
    case = dict(CASES[-1])
    tables = {
        "offender_manager": [{"offender_id": "1", "area": "N55", "team": "N55A01"}],
        "requirement": [{"requirement_id": ref, "offender_id": "1"} for ref in ("9", "10")],
        "requirement_manager": [
            {"requirement_id": "9", "area": "C04", "team": "C04U05"},
            {"requirement_id": "10", "area": "C04", "team": "C04U01"},
        ],
        "nsi": [{"nsi_id": "1", "offender_id": "1"}],
        "nsi_manager": [{"nsi_id": "1", "area": "C04", "team": "C04S01"}],
    }
    assert regions_of(case, **tables) == (["N53"], [""])


def test_a_company_of_one_region_asks_no_geography() -> None:
    batch = batch_of("C06", delius={"offender": [{"offender_id": "1"}]})
    regions = person_regions(CaseModel(batch, ndelius()))
    assert regions.persons["region"].to_list() == ["N51"]
    assert regions.findings.is_empty()


def test_an_empty_extract_has_no_regions() -> None:
    assert person_regions(CaseModel(batch_of("C04", delius={}), ndelius())).persons.is_empty()


def test_an_answer_counts_where_nothing_else_does() -> None:
    persons = [{"offender_id": "1"}, {"offender_id": "2"}]
    batch = batch_of("C04", delius={"offender": persons})
    batch.decided["regions"] = pl.DataFrame({"offender_id": ["1"], "answer": ["N53"]})
    regions = person_regions(CaseModel(batch, ndelius(offender=persons)))
    assert regions.persons.select("person_id", "region").rows() == [("1", "N53")]
    assert regions.findings["rule"].to_list() == ["G01"]
    assert regions.held.to_list() == ["2"]


def test_geography_is_ndeliuss_and_a_person_who_was_forgotten_is_asked_about() -> None:
    """The finding names nDelius's row; the address of the extract counts for nothing."""
    known = {
        "offender": [{"offender_id": "1"}, {"offender_id": "2"}],
        "offender_manager": [
            {"manager_id": ref, "offender_id": ref, "area": "C04", "team": "C04H01"} for ref in "12"
        ],
        "address": [{"offender_id": "1", "status": "M", "postcode": "HU1 2AB", "is_no_fixed_abode": "N"}],
    }
    delivered = {
        "offender": [{"offender_id": "1"}],
        "address": [{"offender_id": "1", "status": "M", "postcode": "LN1 2AB", "is_no_fixed_abode": "N"}],
    }
    regions = person_regions(CaseModel(batch_of("C04", delius=delivered), ndelius(**known)))
    assert regions.persons.select("person_id", "region").rows() == [("1", "N55")]
    assert regions.findings.select("company", "source_file", "rule").rows() == [
        ("C04", "N00_delius_offender", "G01")
    ]
