"""What our CSV files must say of a company; the steps of the guide are forgotten in test_new_company."""

from dataclasses import replace

import pytest

from pipeline.stages import company_data
from pipeline.stages.company_data import require_company_data
from vocabulary.companies import companies, company
from vocabulary.errors import ConfigError


def test_our_own_companies_are_complete() -> None:
    faults = []
    for code in companies():
        try:
            require_company_data(code)
        except ConfigError as error:
            faults.append(str(error))
    assert faults == []


@pytest.mark.parametrize(
    ("code", "regions", "told"),
    [
        ("C06", ("N99",), r"region 'N99', which is not in mappings/routing/regions\.csv"),
        ("C06", ("N52",), r"teams\.csv gives team C06S01 the region 'N51'"),
        ("C06", ("N51", "N52"), r"postcode_districts\.csv has no row of it"),
    ],
)
def test_a_region_that_does_not_fit_is_named(
    monkeypatch: pytest.MonkeyPatch, code: str, regions: tuple[str, ...], told: str
) -> None:
    changed = replace(company(code), regions=regions)
    monkeypatch.setattr(company_data, "company", lambda _: changed)
    with pytest.raises(ConfigError, match=told):
        require_company_data(code)


def test_two_regions_without_addresses_of_ndelius_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = replace(company("C07"), exports=frozenset({"spg", "upw"}))
    monkeypatch.setattr(company_data, "company", lambda _: changed)
    with pytest.raises(ConfigError, match="without export 'delius'"):
        require_company_data("C07")
