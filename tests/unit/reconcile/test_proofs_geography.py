"""Region and receiver of a case, derived a second time: drawn as tables, and held beside mappings/."""

import polars as pl
import pytest
from text_world import Cases, baseline, delivery

from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from reconcile.allocation.geography import regions_of
from reconcile.allocation.receivers import NO_OFFICERS, receivers_of, to_nobody
from reconcile.sources.baseline import Baseline
from reconcile.sources.cases import national_cases
from tests.spec.drawn_batch import batch_of, ndelius
from tests.spec.drawn_tables import drawn, label

REGIONS = drawn("""
case                            | postcode | no abode | district | county | team   | region
postcode                        | HU1 2AB  | N        |          |        | C04S01 | N55
postcode in small letters       | hu12ab   | N        |          |        | C04S01 | N55
postcode before the team        | LN1 2AB  | N        |          |        | C04S01 | N53
postcode is malformed           | LN1      | N        |          |        | C04S01 | N55
no fixed abode                  | LN1 2AB  | Y        |          |        | C04S01 | N55
no fixed abode, authority       | LN1 2AB  | Y        | Lincoln  |        | C04S05 | N53
full postcode                   | DN36 4AA | N        | Lincoln  |        | C04S05 | N55
full postcode in small letters  | dn364aa  | N        | Lincoln  |        | C04S05 | N55
the same district, over there   | DN36 5AA | N        |          |        | C04S01 | N53
full postcode, no fixed abode   | DN36 4AA | Y        | Lincoln  |        | C04S05 | N53
another company's full postcode | WA3 1AB  | N        |          |        | C04S05 | N53
district straddles, authority   | DN36 9ZZ | N        | Lincoln  |        | C04S05 | N53
district straddles, team        | DN36 9ZZ | N        |          |        | C04S05 | N53
authority as county             |          | N        |          | Boston | C04S01 | N53
another company's authority     |          | N        | Bolton   |        | C04S01 | N55
team alone                      |          | N        |          |        | C04S05 | N53
hub team alone                  |          | N        |          |        | C04H01 |
unknown team alone              |          | N        |          |        | C04Z99 |
no team, nothing                |          | N        |          |        |        |
""")


def persons_world(case: dict[str, str]) -> dict[str, Cases]:
    address = {
        "offender_id": "1", "status": "M", "postcode": case["postcode"],
        "is_no_fixed_abode": case["no abode"], "district": case["district"], "county": case["county"],
    }  # fmt: skip
    manager = {"offender_id": "1", "area": "C04", "team": case["team"], "is_active": "1"}
    return {"offender": [{"offender_id": "1"}], "address": [address], "offender_manager": [manager]}


def region_of(company: str = "C04", **tables: Cases) -> str | None:
    frames = baseline(**tables)
    sent = delivery(company, delius={})
    return regions_of(pl.Series(["1"]), sent, frames, national_cases(Baseline.of(frames)))["region"].item()


@pytest.mark.parametrize("case", REGIONS, ids=lambda case: case["case"])
def test_geography_decides_the_region(case: dict[str, str]) -> None:
    assert region_of(**persons_world(case)) == (case["region"] or None)


@pytest.mark.parametrize("case", REGIONS, ids=lambda case: case["case"])
def test_mappings_and_proofs_say_the_same_region(case: dict[str, str]) -> None:
    world = persons_world(case)
    mapped = person_regions(CaseModel(batch_of("C04", delius=world), ndelius(**world)))
    assert (mapped.persons["region"].to_list() or [None]) == [region_of(**world)]


MAIN = drawn("""
which    | status | start_date | end_date
previous | P      | 2021-05-01 |
ended    | M      | 2021-05-01 | 2021-06-01
earlier  | M      | 2021-03-01 |
""")


@pytest.mark.parametrize("other", MAIN, ids=label)
def test_the_latest_main_address_counts(other: dict[str, str]) -> None:
    elsewhere = {name: value for name, value in other.items() if name != "which"}
    here = {"status": "M", "start_date": "2021-04-01", "postcode": "HU1 2AB"}
    world = persons_world(dict(REGIONS[-1]))
    world["address"] = [
        {**elsewhere, "offender_id": "1", "postcode": "LN1 2AB"},
        {**here, "offender_id": "1"},
    ]
    assert region_of(**world) == "N55"


def test_a_company_of_one_region_asks_nobody() -> None:
    assert region_of("C06") == "N51"


def test_without_an_offender_manager_the_first_requirement_speaks_then_the_first_nsi() -> None:
    live = {"offender_id": "1", "is_active": "1"}
    tables: dict[str, Cases] = {
        "offender": [{"offender_id": "1"}],
        "event": [{**live, "event_id": "1"}],
        "disposal": [{**live, "disposal_id": "1", "event_id": "1"}],
        "requirement": [{**live, "requirement_id": ref, "disposal_id": "1"} for ref in ("9", "10")],
        "requirement_manager": [
            {"requirement_id": ref, "area": "C04", "team": team, "is_active": "1"}
            for ref, team in (("10", "C04S05"), ("9", "C04S01"))
        ],
        "nsi": [{**live, "nsi_id": "1"}],
        "nsi_manager": [{"nsi_id": "1", "area": "C04", "team": "C04S05", "is_active": "1"}],
    }
    assert region_of(**tables) == "N55"
    assert region_of(**(tables | {"requirement_manager": []})) == "N53"


RECEIVERS = drawn("""
case                            | company | team   | region | pdu    | person_team | officer | n_team | n_officer | keeps | unallocated
team of the own region          | C07     | C07S01 | N50    |        |             |         | {own}  | {default} | N     | N
nobody's team                   | C07     |        | N50    |        |             |         | {uat}  | {uatofficer} | N  | Y
unknown team                    | C07     | C07Z99 | N50    |        |             |         | {uat}  | {uatofficer} | N  | Y
unallocated team                | C07     | C07UAT | N50    |        |             |         | {uat}  | {uatofficer} | N  | Y
other region, by PDU            | C07     | C07S12 | N50    | {pdu}  |             |         | {pduteam} | {pduofficer} | N | N
other region, by person's team  | C07     | C07S12 | N50    |        | C07S01      |         | {own}  | {default} | N     | N
other region, nothing known     | C07     | C07S12 | N50    |        |             |         | {uat}  | {uatofficer} | N  | Y
officer comes along             | C07     | C07S01 | N50    |        |             | C07A001 | {own}  | N50A777   | Y     | N
officer comes, team unallocated | C07     | C07UAT | N50    |        |             | C07A001 | {uat}  | {uatofficer} | N  | Y
officer comes to another region | C07     | C07S12 | N51    |        |             | C07A001 | {own12} | {default12} | N | N
""")  # noqa: E501 - a table is read by its columns


def routing(name: str) -> pl.DataFrame:
    from vocabulary.resources import text_table

    return text_table("mappings", "routing", f"{name}.csv")


def routed() -> dict[str, str]:
    """What the routing tables say of the teams and the unit that RECEIVERS names."""
    teams = {row["crc_team"]: row for row in routing("teams").filter(company="C07").iter_rows(named=True)}
    region = routing("regions").filter(region="N50").row(0, named=True)
    unit = routing("pdus").filter(region="N50").row(-1, named=True)
    return {
        "own": teams["C07S01"]["n_team"], "default": teams["C07S01"]["n_default_officer"],
        "own12": teams["C07S12"]["n_team"], "default12": teams["C07S12"]["n_default_officer"],
        "uat": region["unallocated_team"], "uatofficer": region["unallocated_officer"],
        "pdu": unit["pdu_code"], "pduteam": unit["sm_team"], "pduofficer": unit["sm_default_officer"],
    }  # fmt: skip


def one_row(case: dict[str, str], known: dict[str, str]) -> pl.DataFrame:
    words = ("team", "region", "pdu", "person_team", "officer")
    values = {word: case[word].format(**known) or None for word in words}
    return pl.DataFrame([values], schema=dict.fromkeys(words, pl.String))


KEPT = pl.DataFrame({"officer": ["C07A001"], "region": ["N50"], "new_officer": ["N50A777"]})


@pytest.mark.parametrize("case", RECEIVERS, ids=lambda case: case["case"])
def test_a_case_goes_to_the_team_that_routing_names(case: dict[str, str]) -> None:
    known = routed()
    found = receivers_of(one_row(case, known), delivery("C07"), KEPT).row(0, named=True)
    assert found["n_area"] == case["region"]
    assert (found["n_team"], found["n_officer"]) == tuple(
        case[name].format(**known) for name in ("n_team", "n_officer")
    )
    assert (found["keeps"], found["is_unallocated"]) == (case["keeps"] == "Y", case["unallocated"] == "Y")


def test_a_team_that_an_operator_decided_follows_the_answer() -> None:
    known = routed()
    answers = pl.DataFrame({"team": ["C07Z99"], "answer": [known["own12"]]})
    sent = delivery("C07")
    sent = type(sent)(sent.company, sent.cycle, sent.frames, sent.findings, decided={"teams": answers})
    case = {"team": "C07Z99", "region": "N51", "pdu": "", "person_team": "", "officer": ""}
    found = receivers_of(one_row(case, known), sent, NO_OFFICERS).row(0, named=True)
    assert (found["n_team"], found["is_unallocated"]) == (known["own12"], False)


def test_what_nobody_manages_today_goes_to_the_unallocated_team() -> None:
    known = routed()
    found = to_nobody(one_row({**RECEIVERS[0], "officer": "C07A001"}, known)).row(0, named=True)
    assert (found["n_team"], found["n_officer"]) == (known["uat"], known["uatofficer"])
    assert (found["keeps"], found["is_unallocated"]) == (False, True)
