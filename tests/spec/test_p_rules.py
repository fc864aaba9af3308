"""P01 to P12: identifiers, birth dates and postcodes, drawn as tables."""

import datetime as dt

import polars as pl
import pytest
from drawn_tables import drawn, label

from mappings.parsing.person_identifiers import (
    Checked,
    identifier_rules,
    postcode_rules,
    shared_identifier_rules,
)

EXTRACT_DATE = dt.date(2021, 6, 25)


def rows_of(*values: dict[str, object]) -> pl.DataFrame:
    """Typed rows with provenance, numbered from 2."""
    return pl.DataFrame(list(values)).select(
        pl.lit("C06").alias("company"),
        pl.lit("delius").alias("export"),
        pl.lit("C06_delius_OFFENDER.txt").alias("source_file"),
        pl.int_range(2, pl.len() + 2).cast(pl.String).alias("source_row"),
        pl.col(pl.Null).cast(pl.String),
        pl.exclude(pl.Null),
    )


def rules_by_row(checked: Checked) -> list[tuple[str, str]]:
    return sorted(checked.findings.select("source_row", "rule").rows())


FORMS = drawn("""
word        | value         | rules | left out
crn         | X500123       |       |
crn         | x500123       | P01   |
crn         | X50012        | P01   |
crn         |               |       |
pnc_number  | 2003/0062845E |       |
pnc_number  | 03/0062845E   |       |
pnc_number  | 2003/0062845F | P04   |
pnc_number  | 2003/62845E   | P03   | Y
pnc_number  | 20030062845E  | P03   | Y
pnc_number  | 265416/21G    | P06   | Y
cro_number  | 265416/21G    |       |
cro_number  | SF05/482703J  |       |
cro_number  | SF05/1J       |       |
cro_number  | 65416/21G     | P05   | Y
cro_number  | 2003/0062845E | P06   | Y
cro_number  | 03/0062845E   | P06   | Y
noms_number | A1234ZZ       |       |
noms_number | A123ZZ        | P07   | Y
ni_number   | ZZ123456C     |       |
ni_number   | ZZ123456E     | P09   | Y
""")


@pytest.mark.parametrize("case", FORMS, ids=label)
def test_an_identifier_has_its_form(case: dict[str, str]) -> None:
    rows = rows_of({case["word"]: case["value"] or None})
    checked = identifier_rules(rows, "offender", EXTRACT_DATE)
    assert checked.findings.select("rule", "column").rows() == [
        (rule, case["word"]) for rule in case["rules"].split()
    ]
    kept = None if case["left out"] else case["value"] or None
    assert checked.frame[case["word"]].to_list() == [kept]
    assert checked.left_out["column"].to_list() == ([case["word"]] if case["left out"] else [])


BIRTH_DATES = drawn("""
born       | rules
1980-02-29 |
2021-06-24 |
2021-06-25 | P10
2031-01-01 | P10
1911-06-26 |
1911-06-25 | P10
""")


@pytest.mark.parametrize("case", BIRTH_DATES, ids=label)
def test_a_birth_date_is_possible(case: dict[str, str]) -> None:
    rows = rows_of({"date_of_birth": dt.date.fromisoformat(case["born"])})
    checked = identifier_rules(rows, "offender", EXTRACT_DATE)
    assert checked.findings["rule"].to_list() == case["rules"].split()


SHARED = drawn("""
row | crn     | noms_number | rules
2   | X500001 | A1234ZZ     | P02 P08
3   | X500002 | A1234ZZ     | P08
4   | X500001 | A5555ZZ     | P02
5   |         |             |
6   |         |             |
""")


def test_a_number_belongs_to_one_person() -> None:
    rows = rows_of(*({word: case[word] or None for word in ("crn", "noms_number")} for case in SHARED))
    checked = shared_identifier_rules(rows, "offender")
    assert rules_by_row(checked) == [(case["row"], rule) for case in SHARED for rule in case["rules"].split()]
    assert checked.frame["noms_number"].to_list() == [None, None, "A5555ZZ", None, None]
    assert checked.left_out.rows() == [
        ("C06_delius_OFFENDER.txt", "2", "noms_number"),
        ("C06_delius_OFFENDER.txt", "3", "noms_number"),
    ]


POSTCODES = drawn("""
postcode | rules
B1 9ZZ   |
SW1A 1AA |
LS11ZZ   |
ls1 1zz  |
ZZ99 3VZ |
LS1 OZZ  | P12
LS1      | P12
1LS 1ZZ  | P12
         |
""")


@pytest.mark.parametrize("case", POSTCODES, ids=label)
def test_an_odd_postcode_is_told_and_kept(case: dict[str, str]) -> None:
    checked = postcode_rules(rows_of({"postcode": case["postcode"] or None}), "address")
    assert checked.findings["rule"].to_list() == case["rules"].split()
    assert checked.frame["postcode"].to_list() == [case["postcode"] or None]
    assert checked.left_out.is_empty()


def test_an_entity_without_a_column_is_not_judged_on_it() -> None:
    checked = identifier_rules(rows_of({"crn": "wrong"}), "upw_placement", EXTRACT_DATE)
    assert checked.findings.select("entity", "rule").rows() == [("upw_placement", "P01")]
