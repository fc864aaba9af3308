"""What slips out of scope without saying so, and a CRN that became somebody else: drawn as tables."""

import polars as pl
import pytest
from text_world import baseline, delivery

from reconcile.identity import SECOND, SOMEBODY_ELSE, find_wrong_matches
from reconcile.scope import HAS_REASON, NO_REASON, find_wrong_scope
from tests.spec.drawn_tables import drawn
from vocabulary.findings import findings_of

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


IDENTITIES = drawn("""
case                     | crn     | person | answer | told
the person of the CRN    | X500001 | 1      | M01    |
another person           | X500001 | 2      | M01    | else
nobody                   | X500001 |        | M07    | second
a clerk said so          | X500001 | 2      | 2      |
a clerk said new         | X500001 |        | new    |
unknown CRN              | X999999 | 2      | M02    |
no CRN                   |         | 2      | M02    |
""")


@pytest.mark.parametrize("case", IDENTITIES, ids=lambda case: case["case"])
def test_a_known_crn_is_that_person(case: dict[str, str]) -> None:
    row = {"crn": case["crn"], "person_id": case["person"]}
    sent = delivery("C06", documents={"document": [row]})
    frames = sent.frames["documents"]
    frames["document"] = frames["document"].with_columns(answer=pl.lit(case["answer"]))
    known = baseline(
        offender=[{"offender_id": "1", "crn": "X500001"}, {"offender_id": "2", "crn": "X500002"}]
    )
    found = find_wrong_matches(sent, known)
    assert found["what"].to_list() == {"else": [SOMEBODY_ELSE], "second": [SECOND], "": []}[case["told"]]


def test_a_merged_crn_may_be_another_person() -> None:
    sent = delivery("C06", documents={"document": [{"crn": "X500001", "person_id": "2"}]})
    frames = sent.frames["documents"]
    frames["document"] = frames["document"].with_columns(answer=pl.lit("M03"), company=pl.lit("C06"))
    merged = findings_of(frames["document"], "M03", "document", "crn")
    known = baseline(offender=[{"offender_id": "1", "crn": "X500001"}])
    assert find_wrong_matches(sent, known).height == 1
    told = delivery("C06", merged, documents={"document": []})
    assert find_wrong_matches(type(sent)("C06", "day-1", sent.frames, told.findings), known).is_empty()
