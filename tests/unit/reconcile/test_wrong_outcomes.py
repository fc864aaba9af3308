"""What slips out of scope without saying so: drawn as tables."""

import pytest
from text_world import delivery

from reconcile.proofs.out_of_scope import HAS_REASON, NO_REASON, find_wrong_scope
from tests.spec.drawn_tables import drawn

SCOPE = drawn("""
case                        | export    | entity           | words               | outcome      | told
deleted                     | delius    | contact          | is_deleted 1        | not_in_scope |
deleted, and carried        | delius    | contact          | is_deleted 1        | carried      | HAS
out for no reason           | delius    | contact          | is_deleted 0        | not_in_scope | NO
set aside                   | delius    | contact          | is_deleted 0        | set_aside    |
carried                     | delius    | contact          | is_deleted 0        | carried      |
draft assessment            | eoc       | assessment       | status DRAFT        | not_in_scope |
finished assessment is out  | eoc       | assessment       | status COMPLETE     | not_in_scope | NO
referral that has ended     | referrals | service_referral | end_date 2021-06-25 | not_in_scope |
referral that ends on Day 1 | referrals | service_referral | end_date 2021-06-26 | not_in_scope | NO
employee who has left       | staff     | employee         | end_date 2021-06-25 | not_in_scope |
employee who stays          | staff     | employee         | end_date 2021-06-26 | not_in_scope | NO
document                    | documents | document         | name Zz             | not_in_scope | NO
""")


@pytest.mark.parametrize("case", SCOPE, ids=lambda case: case["case"])
def test_a_row_out_of_scope_says_why_itself(case: dict[str, str]) -> None:
    word, value = case["words"].split()
    row = {word: value, "row_outcome": case["outcome"]}
    found = find_wrong_scope(delivery("C06", **{case["export"]: {case["entity"]: [row]}}))
    said = {"NO": [NO_REASON], "HAS": [HAS_REASON], "": []}[case["told"]]
    assert found["what"].to_list() == said


def test_what_hangs_on_a_row_out_of_scope_has_its_reason() -> None:
    event = {"event_id": "2", "is_deleted": "1", "row_outcome": "not_in_scope"}
    below = {"disposal_id": "3", "event_id": "2", "is_deleted": "0", "row_outcome": "not_in_scope"}
    other = {"disposal_id": "4", "event_id": "9", "is_deleted": "0", "row_outcome": "not_in_scope"}
    sent = delivery("C06", delius={"event": [event], "disposal": [below, other]})
    assert find_wrong_scope(sent).select("source_row", "what").rows() == [("3", NO_REASON)]


def test_a_row_sent_twice_is_in_scope_once() -> None:
    row = {"document_ref": "D1", "name": "Zz"}
    again = {**row, "row_outcome": "not_in_scope"}
    assert find_wrong_scope(delivery("C06", documents={"document": [row, again]})).is_empty()
    assert find_wrong_scope(delivery("C06", documents={"document": [again, row]})).height == 1
