"""New officer codes: once per employee and region, in the order of company and old code (routing.md)."""

import polars as pl

from mappings.staff.officer_codes import CODE_SCHEMA, home_regions, new_officer_codes

NOBODY = pl.DataFrame(schema=CODE_SCHEMA)
FREE = pl.Series([], dtype=pl.String)


def officers(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    """company, employee_ref, old code, region."""
    names = ["company", "employee_ref", "officer", "region"]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def given(frame: pl.DataFrame, taken: pl.Series = FREE, known: pl.DataFrame = NOBODY) -> dict[str, str]:
    """New code by employee."""
    codes = new_officer_codes(frame, taken, known)
    return dict(codes.select("employee_ref", "new_officer").iter_rows())


def test_codes_follow_company_and_old_code() -> None:
    frame = officers(
        ("C09", "E1", "C09A001", "N55"), ("C05", "E2", "C05B002", "N55"), ("C05", "E3", "C05A009", "N55")
    )
    assert given(frame) == {"E3": "N55A001", "E2": "N55A002", "E1": "N55A003"}


def test_each_region_counts_by_itself() -> None:
    frame = officers(("C07", "E1", "C07A001", "N50"), ("C07", "E2", "C07A002", "N51"))
    assert given(frame) == {"E1": "N50A001", "E2": "N51A001"}


def test_codes_of_the_baseline_are_passed_over() -> None:
    frame = officers(("C05", "E1", "C05A001", "N55"), ("C05", "E2", "C05A002", "N55"))
    taken = pl.Series(["N55A001", "N55A003", "N55A01U", "N54A002"])
    assert given(frame, taken) == {"E1": "N55A002", "E2": "N55A004"}


def test_several_old_codes_make_one_new_code() -> None:
    frame = officers(
        ("C05", "E1", "C05A005", "N55"), ("C05", "E2", "C05A002", "N55"), ("C05", "E1", "C05A001", "N55")
    )
    assert given(frame) == {"E1": "N55A001", "E2": "N55A002"}


def test_a_pair_once_given_stays() -> None:
    known = pl.DataFrame([("C05", "E2", "N55", "N55A001")], schema=CODE_SCHEMA, orient="row")
    frame = officers(("C05", "E1", "C05A001", "N55"), ("C05", "E2", "C05A002", "N55"))
    assert given(frame, known=known) == {"E1": "N55A002", "E2": "N55A001"}


def test_the_same_number_in_two_companies_is_two_employees() -> None:
    codes = new_officer_codes(
        officers(("C05", "E1", "C05A001", "N55"), ("C09", "E1", "C09A001", "N55")), FREE, NOBODY
    )
    assert codes["new_officer"].to_list() == ["N55A001", "N55A002"]


def test_after_999_comes_the_next_letter() -> None:
    taken = pl.Series([f"N55A{number:03d}" for number in range(1, 1000)])
    assert given(officers(("C05", "E1", "C05A001", "N55")), taken) == {"E1": "N55B001"}


def home(*cases: tuple[str, str]) -> list[str]:
    """The region of E1, who has codes C04A001 and C04A002, by the cases (old code, region)."""
    moving = pl.DataFrame(cases, schema=["officer", "region"], orient="row").with_columns(
        pl.lit("C04").alias("company")
    )
    owners = officers(("C04", "E1", "C04A001", ""), ("C04", "E1", "C04A002", ""))
    return home_regions(moving, owners)["region"].to_list()


def test_most_components_make_the_home() -> None:
    assert home(("C04A001", "N55"), ("C04A001", "N53"), ("C04A001", "N53")) == ["N53"]


def test_a_tie_goes_to_the_region_named_first() -> None:
    assert home(("C04A001", "N53"), ("C04A001", "N55")) == ["N55"]


def test_all_codes_of_an_employee_count_together() -> None:
    assert home(("C04A001", "N55"), ("C04A002", "N53"), ("C04A002", "N53")) == ["N53"]


def test_cases_of_others_do_not_count() -> None:
    assert home(("C04A003", "N53")) == []
