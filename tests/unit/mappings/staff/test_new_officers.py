"""Practitioners keep their cases where they can (routing.md, officer)."""

import polars as pl
from staff_returns import assigned, components

from mappings.staff.new_officers import keep_officers, memberships, new_officers

NO_CASES = components().head(0)
OFFICERS = pl.DataFrame(
    [("C07", "C07A001", "N50", "N50A001")],
    schema=["company", "officer", "region", "new_officer"],
    orient="row",
)


def test_only_who_has_a_function_becomes_an_officer() -> None:
    outcomes = ["SM", "CORP", "mixed_role", "appeal_open", "objected", "dynamic_framework", "set_aside"]
    rows = assigned(
        *({"outcome": outcome, "officer_codes": f"C07A{n:03d}"} for n, outcome in enumerate(outcomes))
    )
    assert new_officers(rows, NO_CASES)["employee_ref"].to_list() == ["E1", "E2"]


def test_without_a_code_nobody_becomes_an_officer() -> None:
    assert new_officers(assigned({"officer_codes": None}), NO_CASES).is_empty()


def test_the_region_is_that_of_the_cases() -> None:
    rows = assigned(
        {"officer_codes": "C07A001", "region": "N50"}, {"officer_codes": "C07A002", "region": "N50"}
    )
    moving = components(("C07A001", "N51", "N51A01", "default"))
    assert new_officers(rows, moving)["region"].to_list() == ["N51", "N50"]


def test_without_region_and_cases_a_code_waits() -> None:
    assert new_officers(assigned({"officer_codes": "C07A001", "region": None}), NO_CASES).is_empty()


def kept(*cases: tuple[str, str, str, str]) -> list[tuple[str, str]]:
    """(officer, allocation) of each case once the new codes are known."""
    return keep_officers(components(*cases), OFFICERS).select("n_officer", "allocation").rows()


def test_the_practitioner_keeps_the_case() -> None:
    assert kept(("C07A001", "N50", "N50A01", "default")) == [("N50A001", "kept")]


def test_a_case_in_the_other_region_goes_to_the_default_officer() -> None:
    assert kept(("C07A001", "N51", "N51A01", "default")) == [("N51A01U", "default")]


def test_a_case_of_somebody_who_stays_behind_goes_to_the_default_officer() -> None:
    assert kept(("C07A009", "N50", "N50A01", "default")) == [("N50A01U", "default")]


def test_an_unallocated_case_stays_unallocated() -> None:
    assert kept(("C07A001", "N50", "N50UAT", "unallocated")) == [("N50UATU", "unallocated")]


def test_an_officer_joins_the_teams_that_receive_the_cases() -> None:
    moving = keep_officers(
        components(
            ("C07A001", "N50", "N50A02", "default"),
            ("C07A001", "N50", "N50A03", "default"),
            ("C07A001", "N51", "N51A01", "default"),
        ),
        OFFICERS,
    )
    own = pl.DataFrame({"new_officer": ["N50A001", "N50A002"], "n_team": ["N50A01", "N50A01"]})
    assert memberships(own, moving).rows() == [
        ("N50A001", "N50A02"),
        ("N50A001", "N50A03"),
        ("N50A002", "N50A01"),
    ]
