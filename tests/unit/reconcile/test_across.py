"""One person or one document carried for two companies is found, whoever judged it."""

import polars as pl
import pytest
from text_world import delivery

from reconcile.across import MADE_TWICE, STORED_TWICE, find_carried_twice, no_answers, only_once
from reconcile.delivery import Delivery

NUMBERS = {"pnc_number": "2003/0062845E", "noms_number": "", "cro_number": ""}


def sent(company: str, numbers: dict[str, str], *, is_new: bool = True) -> Delivery:
    found = delivery(company, spg={"offender": [numbers]}, documents={"document": []})
    frame = found.frames["spg"]["offender"]
    found.frames["spg"]["offender"] = frame.with_columns(is_new_person=pl.lit(is_new))
    return found


def told(*deliveries: Delivery, answers: pl.DataFrame | None = None) -> list[str]:
    rows = pl.concat([only_once(one) for one in deliveries])
    return find_carried_twice(rows, no_answers() if answers is None else answers)["what"].to_list()


@pytest.mark.parametrize(
    ("numbers", "is_new", "times"),
    [
        ({"pnc_number": "03/0062845E"}, True, 2),
        ({"pnc_number": "03/0062845E"}, False, 0),
        ({"pnc_number": "1903/0062845E"}, True, 0),
        ({"pnc_number": "", "noms_number": "A1111ZZ"}, True, 0),
    ],
)
def test_a_new_person_is_carried_for_one_company(numbers: dict[str, str], is_new: bool, times: int) -> None:
    other = sent("C17", NUMBERS | numbers, is_new=is_new)
    assert told(sent("C16", NUMBERS), other) == [MADE_TWICE] * times


def test_whom_a_clerk_called_different_are_two() -> None:
    answers = pl.DataFrame({"rule": ["M09"], "answer": ["all"]})
    assert told(sent("C16", NUMBERS), sent("C17", NUMBERS), answers=answers) == []


def test_a_document_is_carried_for_one_company() -> None:
    rows = [delivery(code, documents={"document": [{"alfresco_id": "a"}]}) for code in ("C06", "C17")]
    assert told(*rows) == [STORED_TWICE] * 2
    assert told(rows[0]) == []
