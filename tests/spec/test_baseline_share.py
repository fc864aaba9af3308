"""Whose rows of nDelius a company's work looks at: drawn, one person per reason."""

import polars as pl
import pytest
from drawn_tables import drawn, label

from pipeline.storage.baseline_share import scan_share, share_persons
from tests.spec.drawn_batch import Cases, batch_of, ndelius
from vocabulary.batch import Batch

PERSONS = drawn("""
offender_id | crn     | why                                            | is_looked_at
1           | X000001 | delivered                                      | yes
2           | X000002 | a row bears the CRN                            | yes
3           | X000003 | match found a row to be about them             | yes
4           | X000004 | a contact of theirs is delivered as another's  | yes
5           | X000005 | a manager row of theirs is delivered           | yes
6           | X000006 | a requirement of theirs is named               | yes
7           | X000007 | an appointment of theirs is named              | yes
8           | X000008 | a document belongs to a contact of theirs      | yes
9           | X000009 | had a manager in the area once                 | yes
10          | X000010 | an event of theirs has a manager in the area   | yes
11          | X000011 | has an order of a team of the area             | yes
12          | X000012 | a user of the area alone may see them          | yes
13          | X000013 | nothing of the company's                       | no
""")
NATION = ndelius(
    offender=[{name: case[name] for name in ("offender_id", "crn")} for case in PERSONS],
    event=[{"event_id": "100", "offender_id": "10"}, {"event_id": "130", "offender_id": "13"}],
    requirement=[{"requirement_id": "600", "offender_id": "6", "disposal_id": "60"}],
    contact=[{"contact_id": f"{number}00", "offender_id": f"{number}"} for number in (4, 8, 13)],
    offender_manager=[
        {"manager_id": "50", "offender_id": "5", "area": "C17"},
        {"manager_id": "90", "offender_id": "9", "area": "C06", "is_active": "0"},
        {"manager_id": "99", "offender_id": "13", "area": "C17"},
    ],
    order_manager=[{"manager_id": "100", "event_id": "100", "area": "C06"}],
    upw_order=[
        {"upw_order_id": "1100", "offender_id": "11", "disposal_id": "110", "team": "C06UPW"},
        {"upw_order_id": "1300", "offender_id": "13", "disposal_id": "130", "team": "C17UPW"},
    ],
    upw_adjustment=[
        {"upw_adjustment_id": "1", "upw_order_id": "1100"},
        {"upw_adjustment_id": "2", "upw_order_id": "1300"},
    ],
    upw_session=[{"upw_session_id": "700", "offender_id": "7", "upw_order_id": "70"}],
    restriction=[{"restriction_id": "12", "offender_id": "12", "user": "zzUSER1"}],
    staff=[{"staff_id": "1", "area": "C06", "officer": "C06A001"}],
    user=[{"user_id": "1", "user": "ZZUser1", "staff_id": "1"}],
)
MATCHED = pl.DataFrame({"person_id": ["3", "offender:P9", None]})


def delivery() -> Batch:
    return batch_of(
        "C06",
        delius={
            "offender": [{"offender_id": "1", "crn": "X000001"}],
            "contact": [{"contact_id": "400", "offender_id": "1"}],
            "offender_manager": [{"manager_id": "50", "offender_id": "1", "area": "C06"}],
        },
        upw={"upw_session": [{"case_system_ref": "700"}], "upw_placement": [{"crn": "X000002"}]},
        programmes={"programme_referral": [{"component_id": "600"}]},
        documents={"document": [{"owner_table": "CONTACT", "owner_id": "800"}]},
    )


def read_whole(batch: Batch) -> dict[str, pl.DataFrame]:
    return {entity: rows.collect() for entity, rows in scan_share(nation(), batch, [MATCHED]).items()}


def nation() -> dict[str, pl.LazyFrame]:
    return {entity: frame.lazy() for entity, frame in NATION.known_frames().items()}


@pytest.mark.parametrize("case", PERSONS, ids=label)
def test_who_can_matter_to_the_company(case: dict[str, str]) -> None:
    persons = share_persons(nation(), delivery(), [MATCHED]).to_list()
    assert (int(case["offender_id"]) in persons) == (case["is_looked_at"] == "yes"), case["why"]


def test_a_row_without_a_person_of_its_own_goes_with_the_row_it_names() -> None:
    share = read_whole(delivery())
    assert share["upw_adjustment"]["upw_adjustment_id"].to_list() == [1]
    assert share["order_manager"]["event_id"].to_list() == [100]


def test_what_hangs_on_no_person_is_whole() -> None:
    share = read_whole(delivery())
    assert {name: share[name].height for name in ("staff", "user")} == {"staff": 1, "user": 1}


def test_notes_stay_on_disk_unless_records_are_compared_with_them() -> None:
    own_system: dict[str, Cases] = {"offender": [{"crn": "X000001"}]}
    assert "notes" not in scan_share(nation(), delivery(), [])["contact"].collect_schema()
    assert "notes" in scan_share(nation(), batch_of("C17", spg=own_system), [])["contact"].collect_schema()
