"""Where a company's records hang in nDelius."""

from unacknowledged import known, london

from mappings.case.event_places import event_places
from tests.spec.drawn_batch import batch_of, ndelius


def test_an_event_has_its_places_in_ndelius_or_gets_them() -> None:
    rows = event_places(london(), known()).sort("local_event_ref")
    assert rows.select(
        "event_ref", "disposal_ref", "custody_ref", "is_new_event", "is_new_custody"
    ).rows() == [
        ("spg:event:E1", "spg:disposal:E1", "spg:custody:E1", True, True),
        ("12", "22", "spg:custody:E2", False, True),
        ("spg:event:E3", None, None, True, False),
    ]


def test_custody_that_ndelius_has_is_used() -> None:
    batch = batch_of(
        "C17",
        spg={
            "event": [{"local_ref": "E1", "event_id": "11"}],
            "pss_requirement": [{"local_event_ref": "E1", "pss_requirement_id": "0"}],
        },
    )
    baseline = ndelius(
        disposal=[{"disposal_id": "21", "event_id": "11"}],
        custody=[{"custody_id": "31", "disposal_id": "21"}],
    )
    row = event_places(batch, baseline).row(0, named=True)
    assert (row["custody_ref"], row["is_new_custody"]) == ("31", False)


def test_records_that_ndelius_has_need_no_new_custody() -> None:
    batch = batch_of(
        "C17",
        spg={
            "event": [{"local_ref": "E1", "event_id": "11"}],
            "pss_requirement": [{"local_event_ref": "E1", "pss_requirement_id": "51"}],
            "key_date": [{"local_event_ref": "E1", "key_date_id": "52"}],
            "custody_release": [{"local_event_ref": "E1"}],
        },
    )
    baseline = ndelius(disposal=[{"disposal_id": "21", "event_id": "11"}])
    assert event_places(batch, baseline)["is_new_custody"].to_list() == [False]


def test_an_empty_delivery_has_no_places() -> None:
    assert event_places(batch_of("C17", spg={}), ndelius()).is_empty()
