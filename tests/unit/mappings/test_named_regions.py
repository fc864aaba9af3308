"""Where the person of a satellite row goes when the company's case system does not carry the person."""

import pytest

from mappings.allocation.named_regions import named_regions
from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from tests.spec.drawn_batch import batch_of, ndelius

SET_ASIDE = {"offender_id": "2", "row_outcome": "set_aside"}


def region_of(
    company: str,
    person: str,
    *,
    address: dict[str, str] | None = None,
    team: str = "",
    outcome: str = "carried",
) -> str | None:
    """The region of the person whom a referral names; nDelius has `address` and `team` of person 2."""
    batch = batch_of(
        company,
        delius={"offender": [{"offender_id": "1"}, SET_ASIDE]},
        referrals={"service_referral": [{"person_id": person, "row_outcome": outcome}]},
    )
    manager = {"offender_id": "2", "area": company, "team": team}
    baseline = ndelius(
        offender=[{"offender_id": "1"}, {"offender_id": "2"}],
        address=[{"offender_id": "2", "status": "M", **address}] if address else [],
        offender_manager=[manager] if team else [],
    )
    model = CaseModel(batch, baseline)
    found = named_regions(model, person_regions(model).persons).filter(person_id=person)
    assert found.height <= 1
    return found["region"][0] if found.height else None


@pytest.mark.parametrize("person", ["1", "2", "3"], ids=["carried", "set aside", "of another company"])
def test_a_person_goes_where_the_company_goes(person: str) -> None:
    assert region_of("C05", person) == "N55"


@pytest.mark.parametrize(
    ("address", "team", "region"),
    [
        ({"postcode": "LN1 2AB"}, "C04S01", "N53"),
        ({"postcode": "nonsense", "district": "Lincoln"}, "C04S01", "N53"),
        (None, "C04S05", "N53"),
        (None, "", "N55"),
    ],
    ids=["postcode", "local authority", "team", "nothing: the first region"],
)
def test_between_two_regions_ndelius_is_asked(address: dict[str, str] | None, team: str, region: str) -> None:
    assert region_of("C04", "2", address=address, team=team) == region


def test_a_row_that_is_set_aside_names_nobody() -> None:
    assert region_of("C05", "3", outcome="set_aside") is None
