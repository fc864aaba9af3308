"""Unpaid work orders, and whether they are live."""

import pytest

from mappings.case.orders import all_orders, baseline_orders, own_orders
from tests.spec.drawn_batch import batch_of, ndelius

# event active, requirement: category, sub category, active -> live, breach
KNOWN = [
    ("Y", ("W", "W01", "Y"), True, False),
    ("N", ("W", "W01", "Y"), False, False),
    ("Y", ("W", "W01", "N"), False, False),
    ("Y", ("W", "W03", "Y"), True, True),
    ("Y", ("F", "", "N"), True, False),
]


@pytest.mark.parametrize(("event", "requirement", "is_live", "is_breach"), KNOWN)
def test_an_order_is_live_with_its_event_and_requirement(
    event: str, requirement: tuple[str, str, str], is_live: bool, is_breach: bool
) -> None:
    main, sub, is_active = requirement
    baseline = ndelius(
        event=[{"event_id": "11", "is_active": event}],
        disposal=[{"disposal_id": "21", "event_id": "11"}],
        requirement=[
            {"disposal_id": "21", "main_category": main, "sub_category": sub, "is_active": is_active}
        ],
        upw_order=[{"upw_order_id": "31", "disposal_id": "21", "offender_id": "1"}],
    )
    order = baseline_orders(baseline).row(0, named=True)
    assert (order["order_ref"], order["event_ref"], order["person_id"]) == ("31", "11", "1")
    assert (order["is_live"], order["is_breach"]) == (is_live, is_breach)


# requirements beside the unpaid work, each with whether it is live -> extended, stands alone
BESIDE = [
    ([], False, True),
    ([("W", "Y")], False, True),
    ([("W1", "Y")], True, True),
    ([("W1", "N")], False, True),
    ([("F", "Y")], False, False),
    ([("F", "N")], False, True),
    ([("W1", "Y"), ("F", "Y")], True, False),
]


@pytest.mark.parametrize(("beside", "is_extended", "stands_alone"), BESIDE)
def test_an_extension_leaves_an_order_alone_and_another_requirement_does_not(
    beside: list[tuple[str, str]], is_extended: bool, stands_alone: bool
) -> None:
    baseline = ndelius(
        event=[{"event_id": "11"}],
        disposal=[{"disposal_id": "21", "event_id": "11"}],
        requirement=[
            {"disposal_id": "21", "main_category": main, "is_active": is_active}
            for main, is_active in [("W", "Y"), *beside]
        ],
        upw_order=[{"upw_order_id": "31", "disposal_id": "21", "offender_id": "1"}],
    )
    order = baseline_orders(baseline).row(0, named=True)
    assert (order["is_extended"], order["is_stand_alone"]) == (is_extended, stands_alone)


def test_an_order_without_event_is_nobodys() -> None:
    baseline = ndelius(upw_order=[{"upw_order_id": "31", "disposal_id": "29"}])
    assert baseline_orders(baseline).is_empty()


def test_an_spg_order_is_live_while_its_event_is() -> None:
    batch = batch_of(
        "C17",
        spg={
            "event": [
                {"local_ref": "E1", "event_id": "0"},
                {"local_ref": "E2", "event_id": "12", "end_date": "2021-05-05"},
            ],
            "upw_order": [
                {"local_ref": "U1", "local_event_ref": "E1", "upw_order_id": "0", "person_id": "1"},
                {"local_ref": "U2", "local_event_ref": "E2", "upw_order_id": "32", "person_id": "1"},
            ],
        },
    )
    orders = own_orders(batch).select("order_ref", "event_ref", "is_live").sort("order_ref")
    assert orders.rows() == [("32", "12", False), ("spg:upw_order:U1", "spg:event:E1", True)]


def test_of_a_companys_record_of_an_order_ndelius_says_whether_it_lives() -> None:
    batch = batch_of(
        "C17",
        spg={
            "event": [{"local_ref": "E1", "event_id": "11", "end_date": "2021-05-05"}],
            "upw_order": [{"local_event_ref": "E1", "upw_order_id": "31", "person_id": "1"}],
        },
    )
    baseline = ndelius(
        event=[{"event_id": "11"}],
        disposal=[{"disposal_id": "21", "event_id": "11"}],
        upw_order=[{"upw_order_id": "31", "disposal_id": "21", "offender_id": "1"}],
    )
    assert all_orders(batch, baseline).select("order_ref", "is_live").rows() == [("31", True)]
