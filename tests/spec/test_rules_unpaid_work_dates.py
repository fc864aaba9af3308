"""U12, U13, U14: dates of an order counted to Day 1, drawn as tables. Every case is a person of its own."""

import polars as pl
from drawn_tables import drawn

from mappings.case.case_model import CaseModel
from mappings.unpaid_work.late import late_findings
from mappings.unpaid_work.progress import order_progress
from mappings.writes.schedule import placements_with_orders
from tests.spec.drawn_batch import Cases, batch_of, drawn_rules, ndelius, rules_of
from vocabulary.batch import Batch

LONG_AGO = "2020-01-02"
RECORDED = ("assessment_date", "review_6m_date", "review_9m_date")
"""Dates of a placement; a table that leaves one out has it recorded."""


def baseline_of(cases: Cases) -> Batch:
    """An order of 6,000 minutes per case, its number the person's, sentenced as the case says; `left` of them
    to work, the first session at `first`."""
    numbered = list(enumerate(cases, start=1))
    return ndelius(
        offender=[{"offender_id": str(n)} for n, _ in numbered],
        event=[{"event_id": str(n), "is_active": case.get("is_live", "Y")} for n, case in numbered],
        disposal=[
            {"disposal_id": str(n), "event_id": str(n), "sentence_date": case["sentence_date"]}
            for n, case in numbered
        ],
        requirement=[
            {"disposal_id": str(n), "main_category": kind}
            for n, case in numbered
            for kind in ("W", *filter(None, [case.get("beside")]))
        ],
        upw_order=[
            {"upw_order_id": str(n), "offender_id": str(n), "disposal_id": str(n), "ordered": "6000"}
            | {"team": "C06U02"}
            for n, _ in numbered
        ],
        upw_session=[
            {"upw_order_id": str(n), "date": first, "credited": str(6000 - int(case.get("left", "6000")))}
            for n, case in numbered
            if (first := case.get("first", LONG_AGO))
        ],
    )


def delivered(cases: Cases, *, placed: bool) -> Batch:
    """The same orders as the company delivers them, and who is placed."""
    placements = [
        {"person_id": str(number), "placement_ref": f"P{number}"}
        | {word: case.get(word, LONG_AGO) for word in RECORDED}
        for number, case in enumerate(cases, start=1)
    ]
    orders = [{"upw_order_id": str(number)} for number in range(1, len(cases) + 1)]
    return batch_of("C06", delius={"upw_order": orders}, upw={"upw_placement": placements if placed else []})


def found_in(cases: Cases, *, placed: bool = True) -> list[pl.DataFrame]:
    """Findings on the orders of `cases`."""
    batch = delivered(cases, placed=placed)
    model = CaseModel(batch, baseline_of(cases))
    return late_findings(order_progress(model, placements_with_orders(batch, model.orders)))


YEAR = drawn("""
case                               | sentence_date | left | is_live | rules
twelve months end on Day 1         | 2020-06-27    | 1    | Y       |
they ended the day before          | 2020-06-26    | 1    | Y       | U12
nothing is left                    | 2020-06-26    | 0    | Y       |
more is credited than ordered      | 2020-06-26    | -60  | Y       |
the order has ended                | 2020-06-26    | 1    | N       |
sentenced on 29 February           | 2020-02-29    | 1    | Y       | U12
""")


def test_a_year_ends_the_day_before_the_anniversary() -> None:
    assert rules_of(found_in(YEAR), "upw_order", YEAR) == drawn_rules(YEAR)


REVIEWS = drawn("""
case                                   | sentence_date | review_6m_date | review_9m_date | is_live | rules
six months end on Day 1                | 2020-12-26    |                |                | Y       | U13
one day later                          | 2020-12-27    |                |                | Y       |
six months recorded, nine not due      | 2020-12-26    | 2021-06-25     |                | Y       |
nine months end on Day 1               | 2020-09-26    | 2021-03-26     |                | Y       | U13
one day later                          | 2020-09-27    | 2021-03-26     |                | Y       |
six months not recorded, nine recorded | 2020-09-26    |                | 2021-06-20     | Y       | U13
both recorded                          | 2020-09-26    | 2021-03-26     | 2021-06-20     | Y       |
the order has ended                    | 2020-09-26    |                |                | N       |
""")


def test_a_review_is_due_six_and_nine_months_after_sentence() -> None:
    assert rules_of(found_in(REVIEWS), "upw_placement", REVIEWS) == drawn_rules(REVIEWS)


def test_a_review_that_is_not_recorded_is_named_by_its_column() -> None:
    [case] = [case for case in REVIEWS if case["case"] == "nine months end on Day 1"]
    found = pl.concat(found_in([case])).filter(pl.col("rule") == "U13")
    assert found["column"].to_list() == ["review_9m_date"]


ASSESSED = drawn("""
case                                      | sentence_date | assessment_date | rules
the tenth business day                    | 2021-05-21    | 2021-06-07      |
the eleventh; 31 May is a holiday         | 2021-05-21    | 2021-06-08      | U14
the Saturday after the tenth              | 2021-06-11    | 2021-06-26      |
not done, Day 1 is after the tenth day    | 2021-06-11    |                 |
not done, Day 1 is after the eleventh day | 2021-06-10    |                 | U14
over Easter, the tenth                    | 2021-03-29    | 2021-04-14      |
over Easter, the eleventh                 | 2021-03-29    | 2021-04-15      | U14
before the sentence                       | 2021-05-21    | 2021-05-20      |
""")


def test_the_assessment_is_done_within_ten_business_days() -> None:
    assert rules_of(found_in(ASSESSED), "upw_placement", ASSESSED) == drawn_rules(ASSESSED)


STARTED = drawn("""
case                                      | sentence_date | first      | beside | rules
the fifteenth business day                | 2021-05-28    | 2021-06-21 |        |
the sixteenth; 31 May is a holiday        | 2021-05-28    | 2021-06-22 |        | U14
booked for after Day 1, too late          | 2021-05-28    | 2021-07-03 |        | U14
booked for after Day 1, in time           | 2021-06-21    | 2021-07-03 |        |
nothing booked, Day 1 is after the 15th   | 2021-06-04    |            |        |
nothing booked, Day 1 is after the 16th   | 2021-06-03    |            |        | U14
late, but with rehabilitation days beside | 2021-05-28    | 2021-06-22 | F      |
late, more unpaid work beside             | 2021-05-28    | 2021-06-22 | W      | U14
late, the order was extended              | 2021-05-28    | 2021-06-22 | W1     | U14
""")


def test_a_stand_alone_order_starts_within_fifteen_business_days() -> None:
    assert rules_of(found_in(STARTED), "upw_placement", STARTED) == drawn_rules(STARTED)


UNPLACED = drawn("""
case        | sentence_date | first | rules
long ago    | 2020-06-26    |       | U12 U13 U14
not overdue | 2021-06-25    |       |
""")


def test_an_order_without_placement_is_named_itself() -> None:
    assert rules_of(found_in(UNPLACED, placed=False), "upw_order", UNPLACED) == drawn_rules(UNPLACED)


def test_they_are_for_information_and_belong_to_reconcile() -> None:
    found = pl.concat(found_in(UNPLACED, placed=False))
    assert found.select("severity", "stage").unique().rows() == [("info", "reconcile")]
