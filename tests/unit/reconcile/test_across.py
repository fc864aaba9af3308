"""One person or one document carried for two companies is found, whoever judged it."""

from collections.abc import Sequence

import polars as pl
import pytest
from text_world import delivery

from reconcile.proofs.across import CALLED_DIFFERENT, MADE_TWICE, STORED_TWICE, find_carried_twice, only_once
from reconcile.sources.delivery import PLACE, Delivery

NUMBERS = {"pnc_number": "2003/0062845E", "noms_number": "", "cro_number": ""}


def sent(company: str, numbers: dict[str, str], *, is_new: bool = True) -> Delivery:
    found = delivery(company, spg={"offender": [numbers]}, documents={"document": []})
    frame = found.frames["spg"]["offender"]
    found.frames["spg"]["offender"] = frame.with_columns(is_new_person=pl.lit(is_new))
    return found


def told(*deliveries: Delivery, different: Sequence[tuple[str, str]] = ()) -> list[str]:
    """What is told of the deliveries; `different`: company and question of rows called different."""
    rows = pl.concat([only_once(one) for one in deliveries])
    places = rows.select("company", *PLACE).unique()
    answers = pl.DataFrame(different, schema=["company", "shared"], orient="row")
    answers = answers.cast(pl.String).join(places, on="company").select(list(CALLED_DIFFERENT))
    return find_carried_twice(rows, answers)["what"].to_list()


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
    pair = sent("C16", NUMBERS), sent("C17", NUMBERS)
    assert told(*pair, different=[("C16", "one"), ("C17", "one")]) == []


def test_three_who_hang_together_are_one_question() -> None:
    third = {"pnc_number": "", "noms_number": "A1111ZZ"}
    three = (
        sent("C16", NUMBERS),
        sent("C17", NUMBERS | {"noms_number": "A1111ZZ"}),
        sent("C21", NUMBERS | third),
    )
    assert told(*three, different=[("C16", "one"), ("C17", "one"), ("C21", "one")]) == []


@pytest.mark.parametrize(
    "different", [[("C21", "one")], [("C16", "one")], [("C16", "one"), ("C17", "another")]]
)
def test_an_answer_about_others_excuses_nobody(different: list[tuple[str, str]]) -> None:
    other = sent("C21", NUMBERS | {"pnc_number": "2004/0062845E"})
    pair = sent("C16", NUMBERS), sent("C17", NUMBERS)
    assert told(*pair, other, different=different) == [MADE_TWICE] * 2


def test_a_document_is_carried_for_one_company() -> None:
    rows = [delivery(code, documents={"document": [{"alfresco_id": "a"}]}) for code in ("C06", "C17")]
    assert told(*rows) == [STORED_TWICE] * 2
    assert told(rows[0]) == []
