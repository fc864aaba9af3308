"""A new officer in the target: the row in OFFICER, membership, the account that moves; and out again."""

from dataclasses import replace

import polars as pl
import sqlalchemy as sa
from small_plan import DAY_1, PLAN, SOURCE
from small_target import frame

from target.bulk import read
from target.database import transaction
from target.load import load
from target.plan import Change, Plan
from target.undo import undo
from tests.target_dump import dump

OFFICER = "N51A999"
STAFF, NEW_USER = f"staff:{OFFICER}", f"user:{OFFICER}"


def account(engine: sa.Engine) -> int:
    """USER_ID of an account of the company."""
    with transaction(engine) as connection:
        return int(read(connection, "USER_", ["USER_ID"])["USER_ID"].max())  # type: ignore[arg-type]


def area_users(connection: sa.Connection) -> list[tuple[int, str]]:
    """USER_ID and area code of every row of PROBATION_AREA_USER."""
    query = "SELECT USER_ID, CODE FROM PROBATION_AREA_USER JOIN PROBATION_AREA USING (PROBATION_AREA_ID)"
    return [(int(user), str(code)) for user, code in connection.exec_driver_sql(query + " ORDER BY 1, 2")]


def give_area(connection: sa.Connection, user: int, area: str) -> None:
    """nDelius gave the user an area before Day 1."""
    connection.exec_driver_sql(
        "INSERT INTO PROBATION_AREA_USER (USER_ID, PROBATION_AREA_ID, CREATED_DATETIME, CREATED_BY_USER_ID, "
        "LAST_UPDATED_DATETIME, LAST_UPDATED_USER_ID) SELECT ?, PROBATION_AREA_ID, '2020-01-01 00:00:00', 1, "
        "'2020-01-01 00:00:00', 1 FROM PROBATION_AREA WHERE CODE = ?",
        (user, area),
    )


def people(user: int) -> Plan:
    """One officer whose account moves, and who sees the region from then on."""
    name = {"surname": "Zzdell", "first_name": "Qxanna"}
    inserts = {
        "STAFF": frame(
            natural_key=STAFF, **SOURCE, **name, start_date=DAY_1, officer=OFFICER, area="N51", grade="PSM"
        ),
        "STAFF_TEAM": frame(natural_key="member", **SOURCE, staff_id=STAFF, team_id="N51A01"),
        "PROBATION_AREA_USER": frame(natural_key="sees", **SOURCE, user_id=str(user), area="N51"),
    }
    changes = (Change("USER_", "repoint", frame(key=user, STAFF_ID=STAFF)),)
    return replace(PLAN, inserts=inserts, changes=changes, provisional=PLAN.provisional.clear())


def test_each_new_officer_stands_in_officer_too(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, people(account(target)), "one")
        staff = read(connection, "STAFF").filter(pl.col("OFFICER_CODE") == OFFICER)["STAFF_ID"]
        officers = read(connection, "OFFICER", ["STAFF_EMPLOYEE_ID", "TRUST_PROVIDER_FLAG"])
        members = read(connection, "STAFF_TEAM", ["STAFF_ID"])["STAFF_ID"]
    assert officers.filter(pl.col("STAFF_EMPLOYEE_ID") == staff[0])["TRUST_PROVIDER_FLAG"].to_list() == [0]
    assert members.to_list().count(staff[0]) == 1


def test_the_account_moves_and_is_not_copied(target: sa.Engine) -> None:
    user = account(target)
    with transaction(target) as connection:
        before = read(connection, "USER_")
        load(connection, people(user), "one")
        after = read(connection, "USER_")
        staff = read(connection, "STAFF").filter(pl.col("OFFICER_CODE") == OFFICER)["STAFF_ID"][0]
        assert area_users(connection) == [(user, "N51")]
    stamps = ["STAFF_ID", "ROW_VERSION", "LAST_UPDATED_USER_ID", "LAST_UPDATED_DATETIME"]
    assert after.filter(pl.col("USER_ID") == user)["STAFF_ID"].to_list() == [staff]
    assert after.drop(stamps).sort("USER_ID").equals(before.drop(stamps).sort("USER_ID"))


def test_a_new_account_sees_the_region(target: sa.Engine) -> None:
    user = frame(
        natural_key=NEW_USER, **SOURCE, surname="Zzdell", first_name="Qxanna", staff_id=STAFF, user="zznew"
    )
    sees = frame(natural_key="sees", **SOURCE, user_id=NEW_USER, area="N51")
    plan = people(account(target))
    with transaction(target) as connection:
        inserts = {**plan.inserts, "USER_": user, "PROBATION_AREA_USER": sees}
        load(connection, replace(plan, inserts=inserts, changes=()), "one")
        new = read(connection, "USER_").filter(pl.col("DISTINGUISHED_NAME") == "zznew")["USER_ID"][0]
        assert area_users(connection) == [(new, "N51")]


def test_an_area_that_the_user_has_is_neither_written_again_nor_taken_by_an_undo(target: sa.Engine) -> None:
    user = account(target)
    with transaction(target) as connection:
        give_area(connection, user, "N51")
        counts = load(connection, people(user), "one").inserted
        assert counts["PROBATION_AREA_USER"] == 0
        assert area_users(connection) == [(user, "N51")]
        undo(connection, "C06")
        assert area_users(connection) == [(user, "N51")]


def test_undo_takes_the_region_alone_from_who_has_another_area(target: sa.Engine) -> None:
    user = account(target)
    with transaction(target) as connection:
        give_area(connection, user, "C06")
        load(connection, people(user), "one")
        assert area_users(connection) == [(user, "C06"), (user, "N51")]
        undo(connection, "C06")
        assert area_users(connection) == [(user, "C06")]


def test_undo_takes_officer_and_membership_out_and_gives_the_account_back(target: sa.Engine) -> None:
    with target.connect() as connection:
        before = dump(connection)
    with transaction(target) as connection:
        load(connection, people(account(target)), "one")
    with transaction(target) as connection:
        undo(connection, "C06")
    with target.connect() as connection:
        assert dump(connection) == before
