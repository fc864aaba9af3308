"""Open referrals become NSIs of the Dynamic Framework."""

import datetime as dt

import polars as pl

from mappings.person_components import person_components
from mappings.service_referrals import framework_referrals
from tests.spec.drawn_batch import Cases, batch_of, ndelius

BASELINE = ndelius(
    offender=[{"offender_id": "1"}],
    event=[{"event_id": "11", "is_active": "Y"}],
    disposal=[{"disposal_id": "21", "event_id": "11"}],
    requirement=[
        {"requirement_id": "31", "offender_id": "1", "disposal_id": "21", "is_active": "Y"},
        {"requirement_id": "32", "offender_id": "1", "disposal_id": "21", "is_active": "N"},
    ],
)
RECEIVERS = pl.DataFrame({"person_id": ["1"], "region": ["N51"], "team": ["N51A07"], "officer": ["N51A001"]})
DATES = {"referral_date": "2021-01-11", "start_date": "2021-01-25"}


def written(*cases: dict[str, str]) -> dict[str, pl.DataFrame]:
    """NSI and NSI_MANAGER of these referrals of one person."""
    rows: Cases = [{"person_id": "1", **DATES, **case} for case in cases]
    batch = batch_of("C06", referrals={"service_referral": rows})
    return framework_referrals(batch, person_components(batch, BASELINE), RECEIVERS)


def test_the_category_is_the_lot_and_finance_its_own() -> None:
    categories = [("A", ""), ("E", ""), ("E", "ETE"), ("E", "FBD"), ("D", "FBD"), ("W", "")]
    found = written(*({"category": category, "sub_category": sub} for category, sub in categories))
    assert found["NSI"]["type"].to_list() == ["CRS01", "CRS02", "CRS02", "CRS03", "CRS04", "CRS06"]
    assert found["NSI"]["intended_provider"].unique().to_list() == ["CRS"]


def test_a_planned_end_leaves_it_active() -> None:
    rows = written({"end_date": "2021-09-01"})["NSI"].select("end_date", "is_active", "status").rows()
    assert rows == [(None, True, "INPROG")]


def test_what_has_not_started_is_referred() -> None:
    rows = written({"start_date": ""}, {"start_date": "2021-07-05"})["NSI"]
    referred = dt.date(2021, 1, 11)
    assert rows.select("status", "start_date", "status_date").rows() == [("REFER", None, referred)] * 2


def test_it_hangs_on_a_live_requirement_only() -> None:
    rows = written({"component_id": "31"}, {"component_id": "32"}, {"component_id": ""})["NSI"]
    assert rows.select("requirement_id", "event_id").rows() == [("31", "11"), (None, None), (None, None)]


def test_whoever_has_the_person_has_the_referral() -> None:
    managers = written({"referral_ref": "SR1"})["NSI_MANAGER"].select("nsi_id", "area", "team", "officer")
    assert managers.rows() == [("referrals:referral:SR1", "N51", "N51A07", "N51A001")]
