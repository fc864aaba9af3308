"""Which links by evidence the proofs let stand: the cases that the model is tested by (linkage_cases)."""

import pytest
from text_world import baseline, delivery

from reconcile.people.known_people import collect_numbers
from reconcile.proofs.identity import NEED_NOT_WAIT, NOT_BORNE_OUT, SECOND, find_wrong_matches
from reconcile.sources.baseline import Baseline
from tests.spec.drawn_tables import label
from tests.spec.linkage_cases import CASES, KNOWN

NDELIUS = ("offender_id", "surname", "first_name", "second_name", "date_of_birth", "pnc_number")
GIVEN = NDELIUS[1:]
HOSTEL = "ZZ9 9HH"
MEANT = {case["surname"]: case["offender_id"] for case in KNOWN}
"""Whom a case might be about, by surname."""

NEVER = (
    "a twin",
    "a slip in the first name, or a twin",
    "twins sentenced together",
    "the same, PNC of another",
    "a son, same day thirty years on",
)


def known() -> Baseline:
    crns = [{"crn": f"X{int(case['offender_id']):06}"} for case in KNOWN]
    persons = [{word: case[word] for word in NDELIUS} | crn for case, crn in zip(KNOWN, crns, strict=True)]
    lodgers = [{"offender_id": "7", "postcode": HOSTEL}] + [
        {"offender_id": str(100 + number), "postcode": HOSTEL} for number in range(30)
    ]
    homes = [{word: case[word] for word in ("offender_id", "postcode")} for case in KNOWN]
    days = [{word: case[word] for word in ("offender_id", "sentence_date")} for case in KNOWN]
    return Baseline.of(baseline(offender=persons, address=homes + lodgers, disposal=days))


def told(case: dict[str, str], answer: str, person: str) -> list[str]:
    """What the proof says of `case` where matching gave it this answer."""
    own = {word: case[word] for word in GIVEN} | {"person_ref": "OM-1", "crn": ""}
    sent = delivery(
        "C17",
        spg={
            "offender": [own | {"answer": answer, "person_id": person}],
            "address": [{"person_ref": "OM-1", "postcode": case["postcode"]}],
            "event": [{"person_ref": "OM-1", "sentence_date": case["sentence_date"]}],
        },
    )
    everybody = known()
    return find_wrong_matches(sent, everybody, {}, collect_numbers(everybody))["what"].to_list()


@pytest.mark.parametrize("case", [case for case in CASES if case["answer"] == "M11"], ids=label)
def test_a_link_is_borne_out(case: dict[str, str]) -> None:
    assert told(case, "M11", case["is"]) == []


@pytest.mark.parametrize("case", [case for case in CASES if case["answer"] == "M11"], ids=label)
def test_a_link_to_somebody_else_is_not(case: dict[str, str]) -> None:
    other = next(one["offender_id"] for one in KNOWN if one["offender_id"] != case["is"])
    assert told(case, "M11", other) == [NOT_BORNE_OUT]


@pytest.mark.parametrize("case", [case for case in CASES if case["case"] in NEVER], ids=label)
def test_twins_fathers_and_contradictions_are_never_borne_out(case: dict[str, str]) -> None:
    assert told(case, "M11", MEANT[case["surname"]]) == [NOT_BORNE_OUT]


@pytest.mark.parametrize("case", [case for case in CASES if case["answer"] in ("M12", "M07")], ids=label)
def test_who_would_be_new_may_be_asked_about(case: dict[str, str]) -> None:
    assert told(case, "M12", "") == []
    assert told(case, "M07", "") == []


def test_who_is_found_by_a_number_is_not_asked_about() -> None:
    case = CASES[0] | {"pnc_number": KNOWN[0]["pnc_number"]}
    assert told(case, "M12", "") == [NEED_NOT_WAIT]
    assert told(case, "M07", "") == [SECOND]
