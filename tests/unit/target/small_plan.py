"""A plan for the small target: a transferred person, a new person with an order, a future contact."""

import datetime as dt
from dataclasses import replace

import polars as pl

from target.plan import Change, Plan
from tests.unit.target.small_target import frame

DAY_1 = dt.date(2021, 6, 26)
SOURCE = {"export": "spg", "source_file": "C06_spg.xml", "source_row": "1"}
NO_CODES = pl.DataFrame(schema={"list_name": pl.String, "code": pl.String, "description": pl.String})


def _transfer() -> dict[str, pl.DataFrame]:
    return {
        "MASTER_TRANSFER": frame(
            natural_key="person:1", **SOURCE, offender_id="2500000001", date=DAY_1, target_area="N51"
        ),
        "OFFENDER_TRANSFER": frame(
            natural_key="OM:1",
            **SOURCE,
            offender_id="2500000001",
            master_transfer_id="person:1",
            origin_team="C06S01",
            origin_officer="C06A012",
            receiving_team="N51A01",
            receiving_officer="N51A01U",
            request_date=DAY_1,
            status_date=DAY_1,
        ),
        "RESPONSIBLE_OFFICER": frame(
            natural_key="OM:1", **SOURCE, offender_id="2500000001", manager_id="OM:1", start_date=DAY_1
        ),
    }


def _managers() -> pl.DataFrame:
    return frame(
        natural_key=["OM:1", "OM:2"],
        **SOURCE,
        offender_id=["2500000001", "new"],
        area="N51",
        team="N51A01",
        officer="N51A01U",
        start_date=DAY_1,
        is_active=True,
        transfer_id=["OM:1", None],
    )


def _new_person() -> dict[str, pl.DataFrame]:
    return {
        "OFFENDER": frame(
            natural_key="new",
            **SOURCE,
            first_name="Qxanna",
            surname="Zzdell",
            gender="WAITS",
            date_of_birth=dt.date(1990, 1, 2),
        ),
        "EVENT": frame(
            natural_key="E1",
            **SOURCE,
            offender_id="new",
            event_number="1",
            referral_date=DAY_1,
            is_active=True,
        ),
        "DISPOSAL": frame(
            natural_key="D1",
            **SOURCE,
            event_id="E1",
            offender_id="new",
            type="329",
            sentence_date=DAY_1,
            is_active=True,
        ),
        "UPW_DETAILS": frame(
            natural_key="U1",
            **SOURCE,
            disposal_id="D1",
            offender_id="new",
            ordered=7200,
            status="WIP",
            status_date=DAY_1,
            allocated_date=DAY_1,
            team="N51A01",
            officer="N51A01U",
        ),
    }


def _changes() -> tuple[Change, ...]:
    return (
        Change("OFFENDER_MANAGER", "close", frame(key=2500002001, END_DATE=DAY_1, ACTIVE_FLAG=0)),
        Change(
            "CONTACT",
            "repoint",
            frame(key=2500003301, TEAM_ID="N51A01", STAFF_ID="N51A01U", PROBATION_AREA_ID="N51"),
        ),
    )


PROVISIONAL = pl.DataFrame(
    {"list_name": ["GENDER", "UPW STATUS"], "code": ["WAITS", "WIP"], "description": ["Waits", "Working"]}
)

PLAN = Plan(
    company="C06",
    cycle="day-1",
    inserts={**_new_person(), **_transfer(), "OFFENDER_MANAGER": _managers()},
    changes=_changes(),
    provisional=PROVISIONAL,
)


def other_company() -> Plan:
    """A plan of another company that needs one of the same waiting codes."""
    person = PLAN.inserts["OFFENDER"]
    return replace(
        PLAN, company="C17", inserts={"OFFENDER": person}, changes=(), provisional=PROVISIONAL.head(1)
    )
