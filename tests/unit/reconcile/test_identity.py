"""A row that matching gave to the wrong person, or let pass where a clerk must look, is told by its place."""

from dataclasses import replace

import polars as pl
import pytest
from text_world import baseline, delivery

from reconcile.people.claims import claims_of
from reconcile.people.known_people import collect_numbers
from reconcile.proofs.identity import (
    ANOTHER_RULE,
    DISAGREES,
    MUST_WAIT,
    NAMES_AGREE,
    NEED_NOT_WAIT,
    NOT_LOOKED_FOR,
    NOT_THE_SURVIVOR,
    SECOND,
    SOMEBODY_ELSE,
    find_wrong_matches,
)
from reconcile.sources.baseline import Baseline
from reconcile.sources.delivery import Delivery
from tests.spec.drawn_tables import drawn
from vocabulary.decisions import MATCHES

KNOWN = drawn("""
offender_id | crn     | surname | first_name | date_of_birth | noms_number
1           | X500001 | Ash-Zz  | Ann        | 1980-01-01    | A1111ZZ
2           | X500002 | Bay-Zz  | Bob        | 1981-02-02    | A2222ZZ
""")
SURVIVORS = {"X500009": frozenset({"2"}), "X500008": frozenset({"1", "2"})}
TOLD = {
    "else": SOMEBODY_ELSE, "second": SECOND, "survivor": NOT_THE_SURVIVOR, "namesake": NAMES_AGREE,
    "partly": DISAGREES, "must": MUST_WAIT, "need not": NEED_NOT_WAIT, "rule": ANOTHER_RULE,
    "nobody looked": NOT_LOOKED_FOR,
}  # fmt: skip

CASES = drawn("""
case                         | crn     | surname | first_name | date_of_birth | noms_number | answer | person_id | told
the person of the CRN        | X500001 | Ash-Zz  | Ann        | 1980-01-01    |             | M01    | 1         |
another person               | X500001 | Ash-Zz  | Ann        | 1980-01-01    |             | M01    | 2         | else
a second one                 | X500001 | Ash-Zz  | Ann        | 1980-01-01    |             | M07    |           | second
nobody looked                | X500001 | Ash-Zz  | Ann        | 1980-01-01    |             |        |           | nobody looked
the last survivor            | X500009 | Zed-Zz  | Zoe        | 1999-09-09    |             | M03    | 2         |
not the last one             | X500009 | Zed-Zz  | Zoe        | 1999-09-09    |             | M03    | 1         | survivor
a merge nobody followed      | X500009 | Zed-Zz  | Zoe        | 1999-09-09    |             | M07    |           | survivor
one of two survivors         | X500008 | Zed-Zz  | Zoe        | 1999-09-09    |             | M03    | 2         | must
names and birth agree, held  |         | Ash-Zz  | Ann        | 1980-01-01    |             | M05    |           |
names and birth agree, new   |         | Ash-Zz  | Ann        | 1980-01-01    |             | M07    |           | namesake
changed over, and matched    |         | Ann     | Ash-Zz     | 1980-01-01    |             | M04    | 1         | namesake
held for no name             |         | Elm-Zz  | Eve        | 1980-01-01    |             | M05    |           | need not
possible twin, held          | X500001 | Ash-Zz  | Zoe        | 1980-01-01    |             | M10    |           |
possible twin, matched       | X500001 | Ash-Zz  | Zoe        | 1980-01-01    |             | M01    | 1         | partly
father, by prison number     |         | Bay-Zz  | Zoe        | 1951-02-02    | A2222ZZ     | M04    | 2         | partly
held though it agrees        | X500001 | Ash-Zz  | Ann        | 1980-01-01    |             | M10    |           | need not
held for another reason      | X500001 | Ash-Zz  | Zoe        | 1980-01-01    |             | M02    |           | rule
the CRN of another, matched  | X500002 | Ash-Zz  | Ann        | 1980-01-01    |             | M01    | 2         | must
told as if by number         | X500001 | Ash-Zz  | Ann        | 1980-01-01    |             | M04    | 1         | rule
""")  # noqa: E501 - a table is read by its columns


def told(sent: Delivery) -> list[tuple[str, str]]:
    everybody = baseline(offender=KNOWN)
    found = find_wrong_matches(sent, Baseline.of(everybody), SURVIVORS, collect_numbers(everybody))
    return found.select("source_row", "what").rows()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_person_is_whom_the_values_name(case: dict[str, str]) -> None:
    row = {word: text for word, text in case.items() if word not in ("case", "told")}
    found = told(delivery("C17", spg={"offender": [row | {"person_ref": "OM-1"}]}))
    assert found == ([("2", TOLD[case["told"]])] if case["told"] else [])


def test_two_who_are_one_wait_both() -> None:
    row = {word: KNOWN[0][word] for word in ("crn", "surname", "first_name", "date_of_birth")}
    twice = [row | {"person_ref": ref, "answer": "M01", "person_id": "1"} for ref in ("OM-1", "OM-2")]
    assert told(delivery("C17", spg={"offender": twice})) == [("2", MUST_WAIT), ("3", MUST_WAIT)]


def test_a_row_follows_the_person_of_its_number() -> None:
    person = {"person_ref": "OM-1", "crn": "X500001", "surname": "Ash-Zz", "first_name": "Ann"}
    own = person | {"date_of_birth": "1980-01-01", "answer": "M01", "person_id": "1"}
    placed = {"person_ref": "OM-1", "surname": "Ash-Zz", "date_of_birth": "1980-01-01", "answer": "M01"}
    rows = [placed | {"person_id": "1"}, placed | {"person_id": "2"}]
    sent = delivery("C17", spg={"offender": [own]}, upw={"upw_placement": rows})
    assert told(sent) == [("3", SOMEBODY_ELSE)]


HELD = {"person_ref": "OM-1", "crn": "X500001", "surname": "Elm-Zz", "date_of_birth": "1999-09-09"}


def answered(row: dict[str, str], said: str, about: dict[str, str]) -> Delivery:
    """`row`, and that a clerk said `said` about the values of `about`."""
    asked = delivery("C17", spg={"offender": [about]})
    (claim,) = claims_of(asked.all("spg", "offender"), "spg", "offender", "C17")
    line = {
        "company": "C17",
        "export": "spg",
        "entity": "offender",
        "evidence": claim.evidence,
        "answer": said,
    }
    return replace(delivery("C17", spg={"offender": [row]}), decided={MATCHES: pl.DataFrame([line])})


@pytest.mark.parametrize(
    ("said", "answer", "person", "what"),
    [
        ("2", "clerk", "2", []),
        ("2", "clerk", "1", [SOMEBODY_ELSE]),
        ("2", "M07", "", [SECOND]),
        ("2", "M02", "", [NEED_NOT_WAIT]),
        ("new", "M07", "", []),
        ("new", "clerk", "1", [SOMEBODY_ELSE]),
    ],
)
def test_what_a_clerk_said_is_followed(said: str, answer: str, person: str, what: list[str]) -> None:
    row = HELD | {"answer": answer, "person_id": person}
    assert [found for _, found in told(answered(row, said, HELD))] == what


def test_an_answer_about_other_values_excuses_nobody() -> None:
    row = HELD | {"answer": "clerk", "person_id": "2"}
    assert told(answered(row, "2", HELD | {"date_of_birth": "1999-09-08"})) == [("2", MUST_WAIT)]
