"""A clerk's answer stands before the cascade of matching.md, for exactly the values it was given about."""

import polars as pl
import pytest

from matching.baseline import candidates
from matching.cascade import ANSWER_SCHEMA, Matched, match_persons, match_satellites
from matching.linkage.weighing import WEIGHED_SCHEMA, Left, Weighed
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


GONE = {"offender_id": "3", "crn": "X000003", "surname": "Gone", "first_name": "Guy", "date_of_birth": BORN}
ALSO_GONE = GONE | {"offender_id": "4", "crn": "X000004"}
ALONE = GONE | {"offender_id": "5", "crn": "X000005"}
MERGES = [
    {"offender_id": "4", "type": "PCRN", "identifier": "X000003"},
    {"offender_id": "2", "type": "DOFF", "identifier": "X000004"},
]


@pytest.mark.parametrize(
    ("answer", "becomes", "offender_id"),
    [("3", "clerk", 2), ("4", "clerk", 2), ("5", "M02", None), ("99", "M02", None)],
)
def test_an_answer_follows_a_merge_to_the_last_survivor_or_is_asked_again(
    answer: str, becomes: str, offender_id: int | None
) -> None:
    gone = [person | {"is_deleted": "1"} for person in (GONE, ALSO_GONE, ALONE)]
    base = ndelius(offender=[*KNOWN, *gone], identifier=MERGES)
    known = candidates(*(base.all("delius", name) for name in ("offender", "identifier", "alias")))
    rows = batch_of("C17", spg={"offender": [no_numbers(HELD)]}).all("spg", "offender")
    after = match_persons(rows, known, lines({evidence([HELD]): answer}))
    assert after.frame.select("answer", "offender_id").rows() == [(becomes, offender_id)]


def test_who_a_clerk_called_new_is_not_weighed_again() -> None:
    seen: list[Left] = []

    def weigh(left: Left) -> Weighed:
        seen.append(left)
        return Weighed(pl.DataFrame(schema=ANSWER_SCHEMA), pl.DataFrame(schema=WEIGHED_SCHEMA))

    base = ndelius(offender=KNOWN)
    known = candidates(*(base.all("delius", name) for name in ("offender", "identifier", "alias")))
    other = HELD | {"person_ref": "OM-2", "crn": "", "surname": "Elsezz"}
    rows = batch_of("C17", spg={"offender": [no_numbers(HELD), no_numbers(other)]}).all("spg", "offender")
    match_persons(rows, known, lines({evidence([HELD]): "new"}), weigh)
    assert seen[0].rows.to_list() == [1]
