"""A small target: one region, one company area, two invented persons."""

import datetime as dt
from typing import Any

import polars as pl
import sqlalchemy as sa

from target.baseline import load_baseline
from target.create import Organisation, create
from target.database import transaction
from target.resolve import Resolver
from target.teams_and_officers import add_teams

DAY = dt.date(2020, 11, 3)
CHANGED = dt.datetime.combine(dt.date(2021, 6, 24), dt.time(16, 5, 9))

ORGANISATION = Organisation(
    regions=pl.DataFrame({"region": ["N51"], "region_name": ["North West"]}),
    units=pl.DataFrame({"region": ["N51"], "code": ["N51D01"], "name": ["Sample PDU"]}),
)
CODES = pl.DataFrame(
    {"list_name": ["DISPOSAL TYPE"], "code": ["329"], "description": ["ORA Community Order"]}
)
RECEIVERS = pl.DataFrame(
    {
        "code": ["N51A01"],
        "name": ["Sample receiving team"],
        "area": ["N51"],
        "pdu": ["N51D01"],
        "is_unpaid_work_team": [False],
    }
)


def frame(**words: Any) -> pl.DataFrame:
    """A frame of equal columns: a scalar stands in every row."""
    height = max([len(value) for value in words.values() if isinstance(value, list)], default=1)
    return pl.DataFrame(
        {word: value if isinstance(value, list) else [value] * height for word, value in words.items()},
        infer_schema_length=None,
    )


def baseline_frames() -> dict[str, pl.DataFrame]:
    """Typed frames of entities as mappings.parsing.convert makes them; ids as nDelius gives them."""
    return _persons() | _registers() | _case() | _organisation()


def _persons() -> dict[str, pl.DataFrame]:
    no_date = pl.lit(None, pl.Date)
    persons = frame(
        offender_id=[2500000001, 2500000002],
        crn=["X500001", "X500002"],
        first_name="Qxelan",
        surname=["Zzbramwick", "Zzcarrow"],
        second_name=[None, "Qxora"],
        date_of_birth=dt.date(1985, 3, 14),
        gender="M",
        has_current_disposal=True,
        is_excluded=False,
        is_restricted=[False, True],
        has_pending_transfer=False,
        is_deleted=False,
        row_version=3,
        last_updated=CHANGED,
    )
    managers = frame(
        manager_id=[2500002001, 2500002002],
        offender_id=[2500000001, 2500000002],
        area=["C06", "N51"],
        team=["C06S01", None],
        officer=["C06A012", None],
        start_date=DAY,
        allocation_reason="IN1",
        is_active=True,
        is_deleted=False,
    ).with_columns(no_date.alias("end_date"))
    return {
        "offender": persons,
        "offender_manager": managers,
    }


def _registers() -> dict[str, pl.DataFrame]:
    return {
        "registration": frame(
            registration_id=2500003501,
            offender_id=2500000001,
            type="ALSH",
            date=DAY,
            team="C06S01",
            officer="C06A012",
            is_deregistered=False,
            is_deleted=False,
        ),
        "restriction": frame(
            restriction_id=2500003601,
            offender_id=2500000002,
            user="zzsample.user",
            start_date=DAY,
            start_time=dt.time(9),
            reason="OTHER",
        ),
    }


def _case() -> dict[str, pl.DataFrame]:
    return {
        "event": frame(
            event_id=2500001001,
            offender_id=2500000001,
            event_number="1",
            referral_date=DAY,
            is_active=True,
            is_in_breach=False,
            failure_to_comply_count=0,
            has_pending_transfer=False,
            is_deleted=False,
        ),
        "disposal": frame(
            disposal_id=2500001201,
            event_id=2500001001,
            offender_id=2500000001,
            type="329",
            sentence_date=DAY,
            length=12,
            length_unit="M",
            is_active=True,
            has_unpaid_work=True,
            is_deleted=False,
        ),
        "court_report": frame(
            court_report_id=2500001801,
            event_id=2500001001,
            offender_id=2500000001,
            type="PSA",
            requested_date=DAY,
            required_date=DAY,
            is_deleted=False,
        ),
        "contact": frame(
            contact_id=[2500003301],
            offender_id=2500000001,
            event_id=2500001001,
            type="COAI",
            date=dt.date(2021, 7, 1),
            start_time=dt.time(10, 30),
            area="C06",
            team="C06S01",
            officer="C06A012",
            is_rar=False,
            is_sensitive=True,
            notes="Sample note",
            is_deleted=False,
        ),
    }


def _organisation() -> dict[str, pl.DataFrame]:
    return {
        "team": frame(
            team_id=2500004001,
            code="C06S01",
            name="Sample team",
            area="C06",
            pdu="N51D01",
            is_unpaid_work_team=False,
            start_date=DAY,
        ),
        "staff": frame(
            staff_id=2500004101,
            officer="C06A012",
            first_name="Qxbel",
            surname="Zzcarrow",
            grade="CRCM",
            area="C06",
            start_date=DAY,
        ),
        "staff_team": frame(staff_id=2500004101, team_id=2500004001),
        "user": frame(
            user_id=2500004201,
            staff_id=2500004101,
            user="zzsample.user",
            first_name="Qxbel",
            surname="Zzcarrow",
        ),
    }


def fill(engine: sa.Engine) -> None:
    """Create the target and load the small baseline."""
    create(engine, ORGANISATION, CODES)
    with transaction(engine) as connection:
        load_baseline(connection, baseline_frames())
        add_teams(Resolver(connection), RECEIVERS)
