"""M11 and M12: whom weighed evidence links, and whom a clerk is asked about (linkage_cases)."""

import datetime as dt
import sys

import polars as pl
import pytest
from drawn_tables import label
from linkage_cases import CASES, KNOWN

from matching.baseline import Candidates, candidates, identifier_keys
from matching.cascade import ANSWER_SCHEMA, match_persons
from matching.linkage.people import ID, PERSON_SCHEMA, People
from matching.linkage.weighing import ASKED, LINKED, WEIGHED_SCHEMA, Left, Weighed, weigh_left
from tests.spec.test_m_rules import delivered, typed

HOSTEL = "ZZ9 9HH"
STRANGERS = 900
"""People of nDelius beside those drawn: fewer than u is counted over, so that weights are as stated."""


def crowd() -> pl.DataFrame:
    """Strangers, visibly invented; thirty of them live in the hostel."""
    letters = [chr(65 + number) for number in range(26)]
    born = dt.date(1950, 1, 1)
    rows = [
        {
            "offender_id": str(1000 + number),
            "surname": f"Filler{letters[number % 26]}{letters[number // 26 % 26]}zz",
            "first_name": f"Zo{letters[number % 7].lower()}{letters[number % 11].lower()}",
            "date_of_birth": (born + dt.timedelta(days=17 * number)).isoformat(),
            "postcode": HOSTEL if number < 30 else f"ZZ7 {number % 9}ZZ",
        }
        for number in range(STRANGERS)
    ]
    return pl.DataFrame(rows)


def people(rows: pl.DataFrame, ids: pl.Expr) -> People:
    """One side, from drawn rows."""
    numbered = rows.with_columns(ids.cast(pl.Int64).alias(ID))
    persons = numbered.with_columns(
        *identifier_keys(numbered),
        *(pl.lit(None, pl.String).alias(name) for name in ("second_name",) if name not in rows.columns),
    )
    sentences = numbered.select(ID, pl.col("sentence_date").str.to_date())
    return People(
        persons.select(list(PERSON_SCHEMA)), numbered.select(ID, "postcode").lazy(), sentences.lazy()
    )


def known() -> pl.DataFrame:
    drawn = pl.concat([pl.DataFrame(KNOWN), crowd()], how="diagonal")
    return typed(drawn.to_dicts()).with_columns(crn=pl.concat_str(pl.lit("X"), "offender_id"))


def everybody() -> Candidates:
    """Those drawn and the crowd, as the cascade looks for them."""
    none = pl.DataFrame(
        schema={"offender_id": pl.Int64, "type": pl.String, "identifier": pl.String, "is_deleted": pl.Boolean}
    )
    aliases = pl.DataFrame(
        schema={"offender_id": pl.Int64, "first_name": pl.String, "is_deleted": pl.Boolean}
    )
    offenders = known().with_columns(
        is_deleted=pl.lit(False), **dict.fromkeys(("noms_number", "cro_number"), pl.lit(None, pl.String))
    )
    return candidates(offenders, none, aliases)


def weighed(cases: list[dict[str, str]]) -> tuple[list[str], Weighed]:
    """What becomes of each case, by itself: answers of the cascade, then of the evidence."""
    theirs = known()
    rows = delivered([{"crn": "", "noms_number": "", "cro_number": "", **case} for case in cases], "spg")
    first = match_persons(rows, everybody()).frame.with_row_index("row")
    left = Left(first.filter(answer="M07")["row"], first.filter(answer="M05")["row"])
    found = weigh_left(left, people(rows, pl.int_range(pl.len())), people(theirs, pl.col("offender_id")))
    told = first.select("row", "answer").join(found.answers, on="row", how="left", maintain_order="left")
    answers = [
        f"{answer or before} {person or ''}".strip()
        for _, before, answer, person in told.select(
            "row", "answer", "answer_right", "offender_id"
        ).iter_rows()
    ]
    return answers, found


@pytest.fixture(scope="module")
def outcome() -> dict[str, str]:
    return dict(zip([case["case"] for case in CASES], weighed(CASES)[0], strict=True))


@pytest.mark.parametrize("case", CASES, ids=label)
def test_evidence_links_or_asks(case: dict[str, str], outcome: dict[str, str]) -> None:
    assert outcome[case["case"]] == f"{case['answer']} {case['is']}".strip()


def test_two_runs_say_the_same() -> None:
    one, other = weighed(CASES[:12])[1], weighed(CASES[:12])[1]
    assert one.pairs.equals(other.pairs)
    assert one.weights == other.weights


def test_what_is_told_holds_words_and_weights_and_no_value() -> None:
    found = weighed(CASES)[1].pairs
    values = {value for case in CASES for word, value in case.items() if word not in ("case", "answer", "is")}
    texts = " ".join(found["agrees"])
    assert {LINKED, ASKED} == {"M11", "M12"}
    assert "names: both the same +" in texts
    assert not [value for value in values - {""} if len(value) > 3 and value in texts]


def test_a_person_who_is_another_rows_too_is_a_question() -> None:
    """One row by its PNC, two by evidence alone: only those without a number are asked about."""

    def weigh(_: Left) -> Weighed:
        found = [(1, "M11", 1), (2, "M11", 2), (3, "M11", 2), (4, "M11", 3)]
        said = pl.DataFrame(found, schema={**ANSWER_SCHEMA}, orient="row")
        return Weighed(said, pl.DataFrame(schema=WEIGHED_SCHEMA))

    blank = {"crn": "", "noms_number": "", "cro_number": "", "pnc_number": "", "first_name": "Zoe"}
    new = [blank | {"surname": f"New{letter}zz", "date_of_birth": "1999-09-09"} for letter in "abcd"]
    by_number = blank | {
        word: KNOWN[0][word] for word in ("surname", "first_name", "date_of_birth", "pnc_number")
    }
    matched = match_persons(delivered([by_number, *new], "spg"), everybody(), weigh=weigh)
    expected = [("M04", 1), ("M12", None), ("M12", None), ("M12", None), ("M11", 3)]
    assert matched.frame.select("answer", "offender_id").rows() == expected


def test_who_shares_no_block_with_anybody_costs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matching.linkage.scoring", None)  # to import it would now fail
    alone = CASES[0] | {"surname": "Qvistzz", "first_name": "Xaver", "date_of_birth": "1911-01-31"}
    answers, found = weighed([alone | {"second_name": "", "postcode": "", "sentence_date": ""}])
    assert (answers, found.weights) == (["M07"], None)
