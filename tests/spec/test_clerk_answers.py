"""A clerk's answer stands before the cascade of matching.md, for exactly the values it was given about."""

import polars as pl
import pytest

from matching.baseline import candidates
from matching.cascade import Matched, match_persons, match_satellites
from tests.spec.drawn_batch import Cases, batch_of, ndelius

BORN, OTHER = "1980-01-01", "1999-09-09"
KNOWN = [
    {"offender_id": "1", "crn": "X000001", "surname": "Abbot", "first_name": "Ann", "date_of_birth": BORN},
    {"offender_id": "2", "crn": "X000002", "surname": "Baker", "first_name": "Bob", "date_of_birth": BORN},
]
HELD = {"person_ref": "OM-1", "crn": "X000001", "surname": "Cook", "first_name": "Cy", "date_of_birth": OTHER}


def matched(persons: Cases, answers: dict[str, str]) -> Matched:
    """`answers`: evidence to answer."""
    base = ndelius(offender=KNOWN)
    known = candidates(*(base.all("delius", name) for name in ("offender", "identifier", "alias")))
    rows = batch_of("C17", spg={"offender": [no_numbers(person) for person in persons]})
    return match_persons(rows.all("spg", "offender"), known, lines(answers))


def no_numbers(person: dict[str, str]) -> dict[str, str]:
    return {"pnc_number": "", "cro_number": "", "noms_number": ""} | person


def lines(answers: dict[str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"evidence": list(answers), "answer": list(answers.values())},
        schema={"evidence": pl.String, "answer": pl.String},
    )


def evidence(persons: Cases) -> str:
    return str(matched(persons, {}).held["evidence"][0])


@pytest.mark.parametrize(
    ("answer", "becomes", "offender_id"), [("1", "clerk", 1), ("2", "clerk", 2), ("new", "M07", None)]
)
def test_a_held_person_becomes_who_the_clerk_says(answer: str, becomes: str, offender_id: int | None) -> None:
    after = matched([HELD], {evidence([HELD]): answer})
    assert after.frame.select("answer", "offender_id").rows() == [(becomes, offender_id)]
    assert after.held.is_empty()


def test_another_value_is_another_question() -> None:
    given = {evidence([HELD]): "2"}
    assert matched([HELD | {"date_of_birth": "1999-09-08"}], given).frame["answer"].to_list() == ["M02"]


def test_a_person_named_twice_is_held() -> None:
    same = {name: text for name, text in KNOWN[1].items() if name != "offender_id"} | {"person_ref": "OM-2"}
    after = matched([HELD, same], {evidence([HELD]): "2"})
    assert after.frame["answer"].to_list() == ["M06", "M06"]


def test_a_person_known_to_the_clerk_has_no_finding() -> None:
    assert matched([HELD], {evidence([HELD]): "1"}).findings.is_empty()


def test_a_held_person_is_shown_with_what_agrees_and_no_value() -> None:
    (line,) = matched([HELD], {}).held.iter_rows(named=True)
    assert (line["rule"], line["offender_id"]) == ("M02", 1)
    assert line["agrees"].startswith("CRN: yes")
    assert "surname: no" in line["agrees"]


def test_a_satellite_row_of_nobody_is_set_aside() -> None:
    base = ndelius(offender=KNOWN)
    known = candidates(*(base.all("delius", name) for name in ("offender", "identifier", "alias")))
    row = {"crn": "X000001", "surname": "Cook", "date_of_birth": OTHER}
    rows = batch_of("C17", upw={"upw_placement": [row]}).all("upw", "upw_placement")
    held = match_satellites(rows, "upw_placement", known).held["evidence"][0]
    after = match_satellites(rows, "upw_placement", known, answers_given=lines({held: "none"}))
    assert after.findings["rule"].to_list() == ["X02"]
