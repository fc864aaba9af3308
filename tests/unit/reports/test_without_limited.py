"""A reconciliation keeps its counts, and names neither key nor row of persons with limited access."""

import polars as pl

from reports.data import CompanyReconciliation, Left, Reconciliation, Unattended, Undelivered
from reports.limited import LimitedRows, without_keys, without_limited
from reports.undelivered import first_undelivered
from vocabulary.differences import DIFFERENCE_SCHEMA
from vocabulary.limited_access import ASK

PERSONS = frozenset({"7"})
LIMITED = LimitedRows(
    PERSONS,
    pl.DataFrame({"company": ["C06"], "source_file": ["a"], "source_row": ["3"]}),
    pl.DataFrame({"table": ["EVENT"], "key": ["11"]}),
)


def reconciliation() -> Reconciliation:
    """One row of each kind about person 7, and one about person 8."""
    company = CompanyReconciliation(
        company="C06",
        name="Merseyside",
        verdict="differences",
        left=tuple(Left("K01", "OFFENDER_MANAGER", f"90{p}", "area", p, "G01", "a", "3") for p in ("7", "8")),
        undelivered=tuple(Undelivered("RQMNT", f"80{p}", p, "N51", "b", "4") for p in ("7", "8")),
        unattended=tuple(Unattended("N51", "Wirral", "N51A", p, "release", "2021-07-01") for p in ("7", "8")),
    )
    return Reconciliation("", "day-1", "differences", (company,))


def test_rows_of_limited_persons_stay_and_name_neither_person_nor_row() -> None:
    (company,) = without_limited(reconciliation(), PERSONS).companies
    assert company.left[0] == Left("K01", "OFFENDER_MANAGER", "", "area", ASK, "G01", "", "")
    assert company.undelivered[0] == Undelivered("RQMNT", "", ASK, "N51", "", "")
    assert company.unattended[0] == Unattended("N51", "Wirral", "N51A", ASK, "", "")


def test_rows_of_others_are_as_they_were() -> None:
    (before,) = reconciliation().companies
    (after,) = without_limited(reconciliation(), PERSONS).companies
    for name in ("left", "undelivered", "unattended"):
        assert getattr(after, name)[1:] == getattr(before, name)[1:]
        assert len(getattr(after, name)) == 2


def test_the_first_page_says_nothing_in_place_of_the_row() -> None:
    (table,) = first_undelivered(without_limited(reconciliation(), PERSONS))
    assert table.rows == (("C06", "RQMNT", "", ASK, ""), ("C06", "RQMNT", "808", "8", "b row 4"))


def test_a_difference_names_neither_key_nor_value_of_them() -> None:
    place = {"company": "C06", "table": "OFFENDER", "expected": "Zza", "found": "Zzb"}
    rows = [
        {**place, "key": "7"},
        {**place, "key": "8"},
        {**place, "table": "CONTACT", "key": "7"},
        {**place, "key": "9", "source_file": "a", "source_row": "3"},
        {**place, "table": "EVENT", "key": "11"},
        {**place, "table": "EVENT", "key": "12"},
    ]
    differences = pl.DataFrame(rows, schema=DIFFERENCE_SCHEMA)
    shown = without_keys(differences, LIMITED)
    assert shown["key"].to_list() == [ASK, "8", "7", ASK, ASK, "12"]
    assert shown["found"].to_list() == [ASK, "Zzb", "Zzb", ASK, ASK, "Zzb"]
    assert "found" not in without_keys(differences.drop("expected", "found"), LIMITED).columns
