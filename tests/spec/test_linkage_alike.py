"""M09: new persons who look like one are asked about; twins, kin and strangers are not."""

import datetime as dt

import polars as pl
import pytest
from drawn_tables import drawn

from matching.baseline import identifier_keys
from matching.linkage.alike import alike
from matching.linkage.people import ID, PERSON_SCHEMA, People
from tests.spec.test_linkage import known, people
from tests.spec.test_m_rules import typed

FIRST = {"surname": "Newmanzz", "first_name": "Michael", "date_of_birth": "1987-03-21", "postcode": "ZZ3 3ZZ"}

PAIRS = drawn("""
case                    | surname  | first_name | date_of_birth | postcode | alike
the same                | Newmanzz | Michael    | 1987-03-21    |          | Y
a short form            | Newmanzz | Mike       | 1987-03-21    |          | Y
a slip, and the address | Newmannz | Michael    | 1987-03-21    | ZZ3 3ZZ  | Y
changed over            | Michael  | Newmanzz   | 1987-03-21    |          | Y
a slip in the birth     | Newmanzz | Michael    | 1987-03-22    | ZZ3 3ZZ  | Y
a twin                  | Newmanzz | Simon      | 1987-03-21    | ZZ3 3ZZ  |
a son                   | Newmanzz | Michael    | 2003-07-02    | ZZ3 3ZZ  |
a stranger              | Oldmanzz | Peter      | 1987-03-21    |          |
""")


def side(rows: list[dict[str, str]]) -> People:
    blank = {"second_name": "", "pnc_number": "", "cro_number": "", "noms_number": "", "sentence_date": ""}
    return people(typed([blank | row for row in rows]), pl.int_range(pl.len()))


def nation() -> pl.DataFrame:
    rows = known().with_columns(
        pl.col("offender_id").alias(ID),
        **dict.fromkeys(("cro_number", "noms_number"), pl.lit(None, pl.String)),
    )
    return rows.with_columns(*identifier_keys(rows)).select(list(PERSON_SCHEMA))


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["case"])
def test_two_new_persons_are_asked_about(case: dict[str, str]) -> None:
    other = {word: text for word, text in case.items() if word not in ("case", "alike")}
    found = alike(side([FIRST, other]), nation)
    assert found.rows() == ([(0, 1)] if case["alike"] else [])


def test_where_nobody_shares_a_block_nothing_is_read() -> None:
    def never() -> pl.DataFrame:
        raise AssertionError("nDelius was read")

    other = {"surname": "Oldmanzz", "first_name": "Peter", "date_of_birth": dt.date(1960, 1, 2).isoformat()}
    assert alike(side([FIRST, other | {"postcode": ""}]), never).is_empty()
