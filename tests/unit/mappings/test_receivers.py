"""Who has a person from Day 1 on."""

import polars as pl

from mappings.allocation.receivers import receivers
from tests.spec.drawn_batch import ndelius

REGIONS = pl.DataFrame({"person_id": ["1"], "region": ["N03"]})
MOVING = {"person_id": "1", "region": "N03"}
OFFENDER_MANAGER = {**MOVING, "kind": "OM", "n_team": "N03A01", "n_officer": "N03A011"}
REQUIREMENT = {**MOVING, "kind": "RQ", "n_team": "N03P01", "n_officer": "N03P01U"}
NSI = {**MOVING, "kind": "NSI", "n_team": "N03A02", "n_officer": "N03A02U"}
SCHEMA = dict.fromkeys(("person_id", "region", "kind", "n_team", "n_officer"), pl.String)


def receiver(*moving: dict[str, str], area: str = "") -> tuple[str, str]:
    """Team and officer; `area` is that of the offender manager whom nDelius has."""
    managers = [{"offender_id": "1", "area": area, "team": "TEAM", "officer": "OFFICER", "is_active": "Y"}]
    baseline = ndelius(offender=[{"offender_id": "1"}], offender_manager=managers if area else [])
    found = receivers(pl.DataFrame(moving, schema=SCHEMA), REGIONS, baseline)
    assert found.height == 1
    return found["team"][0], found["officer"][0]


def test_the_offender_manager_that_day_1_opens_comes_first() -> None:
    assert receiver(NSI, OFFENDER_MANAGER, REQUIREMENT, area="N03") == ("N03A01", "N03A011")


def test_who_moved_to_the_region_earlier_keeps_the_person() -> None:
    assert receiver(NSI, REQUIREMENT, area="N03") == ("TEAM", "OFFICER")


def test_an_offender_manager_elsewhere_does_not_receive() -> None:
    assert receiver(NSI, REQUIREMENT, area="N07") == ("N03P01", "N03P01U")


def test_nobody_has_whom_nobody_gets() -> None:
    assert receiver() == ("N03UAT", "N03UATU")
