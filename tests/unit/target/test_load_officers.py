"""A new officer in the target: the row in OFFICER, membership, user with an old login; and out again."""

import datetime as dt
from dataclasses import replace

import polars as pl
import sqlalchemy as sa
from small_plan import DAY_1, PLAN, SOURCE
from small_target import frame

from target.bulk import read
from target.database import transaction
from target.dump import dump
from target.load import load
from target.plan import Plan
from target.undo import undo


def people(engine: sa.Engine) -> Plan:
    """One officer with the login of a user who is there, and a restriction that names the new user."""
    with transaction(engine) as connection:
        login = str(read(connection, "USER_", ["USER_ID", "DISTINGUISHED_NAME"]).sort("USER_ID")[-1, 1])
    staff, user = "staff:N51A999", "user:N51A999"
    name = {"surname": "Zzdell", "first_name": "Qxanna"}
    inserts = {
        "STAFF": frame(
            natural_key=staff, **SOURCE, **name, start_date=DAY_1, officer="N51A999", area="N51", grade="PSM"
        ),
        "STAFF_TEAM": frame(natural_key="member", **SOURCE, staff_id=staff, team_id="N51A01"),
        "USER_": frame(natural_key=user, **SOURCE, **name, staff_id=staff, user=login),
        "RESTRICTION": frame(
            natural_key="restriction:1",
            **SOURCE,
            offender_id="2500000002",
            user=user,
            start_date=DAY_1,
            start_time=dt.time(),
            reason="OTHER",
            start_staff_id=staff,
            start_team_id="N51A01",
        ),
    }
    return replace(PLAN, inserts=inserts, changes=(), provisional=PLAN.provisional.clear())


def test_each_new_officer_stands_in_officer_too(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, people(target), "one")
        staff = read(connection, "STAFF").filter(pl.col("OFFICER_CODE") == "N51A999")["STAFF_ID"]
        officers = read(connection, "OFFICER", ["STAFF_EMPLOYEE_ID", "TRUST_PROVIDER_FLAG"])
        members = read(connection, "STAFF_TEAM", ["STAFF_ID"])["STAFF_ID"]
    assert officers.filter(pl.col("STAFF_EMPLOYEE_ID") == staff[0])["TRUST_PROVIDER_FLAG"].to_list() == [0]
    assert members.to_list().count(staff[0]) == 1


def test_a_restriction_names_the_new_user_not_the_old_one_with_the_login(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, people(target), "one")
        users = read(connection, "USER_", ["USER_ID", "DISTINGUISHED_NAME"]).sort("USER_ID")
        named = read(connection, "RESTRICTION", ["RESTRICTION_ID", "USER_ID"]).sort("RESTRICTION_ID")
    assert named["USER_ID"][-1] == users["USER_ID"][-1]
    assert users["DISTINGUISHED_NAME"].to_list().count(users["DISTINGUISHED_NAME"][-1]) == 2


def test_undo_takes_officer_membership_and_user_out_again(target: sa.Engine) -> None:
    with target.connect() as connection:
        before = dump(connection)
    with transaction(target) as connection:
        load(connection, people(target), "one")
    with transaction(target) as connection:
        undo(connection, "C06")
    with target.connect() as connection:
        assert dump(connection) == before
