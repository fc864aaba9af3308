"""The second cascade answers every case that is drawn of matching.md, without the first one."""

import pytest
from text_world import baseline, delivery

from reconcile.people.claims import Claim, claims_of
from reconcile.people.known_people import KnownPeople, collect_numbers, known_people
from reconcile.people.merged import Survivors, last_survivors
from reconcile.people.whose import NEW_PERSON, NOBODY, Verdict, whose
from reconcile.sources.baseline import Baseline
from tests.spec import matching_cases as drawn_cases
from tests.spec.drawn_tables import label

Row = dict[str, str]
COMPANY = "C17"
DELETED = {"": "0", "Y": "1"}


def as_text(rows: list[Row]) -> list[Row]:
    return [row | {"is_deleted": DELETED[row.get("is_deleted", "")]} for row in rows]


def known(claims: list[Claim]) -> KnownPeople:
    everybody = baseline(
        offender=as_text(drawn_cases.BASELINE),
        identifier=as_text(drawn_cases.ADDITIONAL),
        alias=as_text(drawn_cases.ALIASES),
    )
    drawn = ("offender", "identifier", "alias")
    standing = {entity: everybody[entity].filter(is_deleted="0") for entity in drawn}
    return known_people(claims, Baseline.of(standing), survivors(), collect_numbers(standing))


def survivors() -> Survivors:
    everybody = baseline(offender=as_text(drawn_cases.BASELINE), identifier=as_text(drawn_cases.ADDITIONAL))
    return last_survivors(everybody["offender"], everybody["identifier"])


def claims(rows: list[Row], export: str, entity: str) -> list[Claim]:
    words = {"case", "answer", "is"}
    said = [{word: text for word, text in row.items() if word not in words} for row in rows]
    return claims_of(
        delivery(COMPANY, **{export: {entity: said}}).all(export, entity), export, entity, COMPANY
    )


def verdict(row: Row, export: str, entity: str, own: dict[str, Verdict] | None = None) -> Verdict:
    (claim,) = claims([row], export, entity)
    return whose(claim, known([claim]), own or {}, NEW_PERSON if export == "spg" else NOBODY)


@pytest.mark.parametrize("case", drawn_cases.PERSONS, ids=lambda case: case["case"])
def test_a_person_is_known_new_or_held(case: Row) -> None:
    assert verdict(case, "spg", "offender") == (case["answer"], case["is"])


@pytest.mark.parametrize("case", drawn_cases.PARTLY, ids=label)
def test_a_match_that_disagrees_in_part_is_held(case: Row) -> None:
    person = "" if case["answer"] == "M10" else "12"
    assert verdict(case | {"crn": "X000012"}, "spg", "offender") == (case["answer"], person)


@pytest.mark.parametrize("case", drawn_cases.PLACEMENTS, ids=lambda case: case["case"])
def test_a_placement_belongs_to_somebody(case: Row) -> None:
    own = {row["person_ref"]: verdict(row, "spg", "offender") for row in drawn_cases.OWN_PERSONS}
    assert [answer for answer, _ in own.values()] == [row["answer"] for row in drawn_cases.OWN_PERSONS]
    assert verdict(case, "upw", "upw_placement", own) == (case["answer"], case["is"])


@pytest.mark.parametrize("case", drawn_cases.NAMELESS, ids=label)
def test_without_names_the_crn_decides(case: Row) -> None:
    assert verdict({"crn": case["crn"]}, "documents", "document")[0] == case["answer"]


def test_a_chain_ends_with_who_is_left_of_it() -> None:
    left = survivors()
    assert left["X100010"] == {"2"}
    assert left["X100012"] == {"2", "3"}
    assert not left.keys() & {"X000011", "X100011", "X100003", "X100005"}
