"""Who may see a restricted person, per person and login, before and after: drawn on the small target."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from loaded_target import do
from text_world import NO_TRAIL, baseline, country_of, delivery

from reconcile.differences import ACCESS
from reconcile.proofs.access import (
    COMES_IN,
    GAINED,
    KEPT_OUT,
    LOST,
    OPEN_TO_ALL,
    compare_access,
    named_logins,
    told_rows,
)
from reconcile.sources.evidence import Country, Evidence
from reconcile.target.snapshot import Snapshot, take_snapshot
from reconcile.target.trail import Trail, read_trail
from target.database import transaction
from target.schema.shape import columns
from vocabulary.decisions import ACCESS as ANSWERS
from vocabulary.findings import findings_of

PERSON, USER, RESTRICTION = 2500000002, "zzsample.user", 2500003601
WORLD = {
    "offender": [{"offender_id": str(PERSON), "crn": "X500002"}],
    "restriction": [
        {"restriction_id": str(RESTRICTION), "offender_id": str(PERSON), "user": USER, "reason": "OTHER"}
    ],
    "staff": [{"staff_id": "2500004101", "area": "C06"}],
    "user": [{"user_id": "2500004201", "staff_id": "2500004101", "user": USER}],
}
NEW_USER = (
    "INSERT INTO USER_ (USER_ID, DISTINGUISHED_NAME, SURNAME, FORENAME, STAFF_ID, PRIVATE, ORGANISATION_ID) "
    "SELECT 7, '{}', SURNAME, FORENAME, STAFF_ID, PRIVATE, ORGANISATION_ID FROM USER_ "
    f"WHERE DISTINGUISHED_NAME = '{USER}'"
)
SET_USER = "UPDATE RESTRICTION SET USER_ID = 7"
END = "UPDATE RESTRICTION SET RESTRICTION_END_DATE = '2021-06-26 00:00:00'"
END_OLD = f"{END} WHERE RESTRICTION_ID <> 8"
COPY = (
    "CREATE TEMP TABLE one AS SELECT * FROM RESTRICTION",
    "UPDATE one SET RESTRICTION_ID = 8, USER_ID = 7",
    "INSERT INTO RESTRICTION SELECT * FROM one",
)
ASKED = [one.name for one in columns("EXCLUSION").values() if not one.is_nullable and one.default is None]
EXCLUDE = (
    f"INSERT INTO EXCLUSION ({', '.join(ASKED)}) "
    f"SELECT {', '.join(ASKED).replace('EXCLUSION', 'RESTRICTION')} FROM RESTRICTION"
)
"""The person's record is kept from the user whom the restriction lets in."""

CASES = {
    "as it was": ((), []),
    "account in capitals": (("UPDATE USER_ SET DISTINGUISHED_NAME = upper(DISTINGUISHED_NAME)",), []),
    "written anew for the same login": ((NEW_USER.format(USER.upper()), SET_USER), []),
    "old row ended, a new one written": (
        (NEW_USER.format(USER), *COPY, END_OLD),
        [],
    ),
    "moved to another user": ((NEW_USER.format("zzother"), SET_USER), [LOST, GAINED]),
    "another user may see as well": ((NEW_USER.format("zzother"), *COPY), [GAINED]),
    "ended": ((END,), [LOST, OPEN_TO_ALL]),
    "dropped": (("DELETE FROM RESTRICTION",), [LOST, OPEN_TO_ALL]),
    "another person's": (("UPDATE RESTRICTION SET OFFENDER_ID = 2500000001",), [LOST, GAINED, OPEN_TO_ALL]),
    "ends later": (("UPDATE RESTRICTION SET RESTRICTION_END_DATE = '2021-06-27 00:00:00'",), []),
    "exclusion that came from nowhere": ((EXCLUDE,), [KEPT_OUT]),
}
"""What happens to the target, and what is said of it."""


def country(connection: sa.Connection, folder: Path, **tables: list[dict[str, str]]) -> Country:
    frames = baseline(**(WORLD | tables))
    digest = folder / "snapshot"
    if not digest.exists():
        take_snapshot(connection, digest)
    entries = read_trail(connection, "day-1", folder / "crosswalk").rows.collect()
    return country_of(frames, connection, Snapshot.open(digest), Trail(entries))


NOBODY = pl.DataFrame(schema=dict.fromkeys(("person", "login"), pl.String))
NOTHING = pl.DataFrame(schema=dict.fromkeys(("entity", "key"), pl.String))


def sentences(found: pl.DataFrame) -> list[str]:
    assert set(found["proof"]) <= {ACCESS}
    return found["what"].to_list()


@pytest.mark.parametrize("case", CASES)
def test_access_is_compared_per_person_and_login(case: str, target: sa.Engine, tmp_path: Path) -> None:
    statements, said = CASES[case]
    with transaction(target, dry_run=True) as connection:
        do(connection, "PRAGMA defer_foreign_keys = ON", *statements)
        found = compare_access(country(connection, tmp_path), NOTHING, NOBODY)
    assert sentences(found) == said


def test_a_difference_is_the_company_s_that_had_the_login(target: sa.Engine, tmp_path: Path) -> None:
    with transaction(target, dry_run=True) as connection:
        do(connection, "DELETE FROM RESTRICTION")
        found = compare_access(country(connection, tmp_path), NOTHING, NOBODY)
    assert found.select("company", "table", "key", "source_row").row(0) == (
        "C06", "RESTRICTION", str(RESTRICTION), "2",
    )  # fmt: skip


def test_a_dropped_exclusion_is_told(target: sa.Engine, tmp_path: Path) -> None:
    excluded = [{"exclusion_id": str(RESTRICTION), "offender_id": str(PERSON), "user": USER}]
    with transaction(target, dry_run=True) as connection:
        before = country(connection, tmp_path, exclusion=excluded)
        assert sentences(compare_access(before, NOTHING, NOBODY)) == [COMES_IN]
        do(connection, EXCLUDE)
        after = country(connection, tmp_path, exclusion=excluded)
        assert sentences(compare_access(after, NOTHING, NOBODY)) == []


OF_REGION = (
    NEW_USER.format("zzregion"),
    "UPDATE USER_ SET STAFF_ID = (SELECT min(STAFF_ID) FROM STAFF JOIN PROBATION_AREA "
    "USING (PROBATION_AREA_ID) WHERE CODE = 'N51') WHERE USER_ID = 7",
    "UPDATE USER_ SET STAFF_ID = (SELECT STAFF_ID FROM STAFF WHERE OFFICER_CODE = 'C06A012') "
    "WHERE USER_ID <> 7",
)
"""User 7 is of a region, the others of the company."""

MOVED = "UPDATE USER_ SET STAFF_ID = (SELECT STAFF_ID FROM USER_ WHERE USER_ID = 7)"
BOTH = [{"restriction_id": str(RESTRICTION)}, {"restriction_id": "8", "user": "zzregion"}]
REMAINS = {"restriction": [{**WORLD["restriction"][0], **one} for one in BOTH]}
ALONE = {"restriction": WORLD["restriction"]}

TOLD = {
    "the user stays behind, another remains": (REMAINS, (), [str(RESTRICTION)]),
    "the account has moved": (REMAINS, (MOVED,), []),
    "nobody else remains": (ALONE, (), []),
}


@pytest.mark.parametrize("case", TOLD)
def test_a_finding_explains_the_end_of_a_row_only_by_the_rule(
    case: str, target: sa.Engine, tmp_path: Path
) -> None:
    world, statements, said = TOLD[case]
    with transaction(target, dry_run=True) as connection:
        do(connection, *OF_REGION, *statements)
        own = country(connection, tmp_path, **world)
        rows = own.baseline["restriction"].with_columns(company=pl.lit("C06"))
        findings = findings_of(rows, "L02", "restriction", "user")
        evidence = Evidence(delivery("C06", findings, delius={}), own, Trail(NO_TRAIL))
        assert told_rows(evidence)["key"].to_list() == said


def test_without_a_finding_nothing_is_explained(target: sa.Engine, tmp_path: Path) -> None:
    with transaction(target, dry_run=True) as connection:
        do(connection, *OF_REGION)
        evidence = Evidence(
            delivery("C06", delius={}), country(connection, tmp_path, **REMAINS), Trail(NO_TRAIL)
        )
        assert told_rows(evidence).is_empty()


def test_whom_an_operator_names_may_see_the_person(target: sa.Engine, tmp_path: Path) -> None:
    answers = pl.DataFrame({"offender_id": [str(PERSON)], "answer": ["ZZOther"]})
    with transaction(target, dry_run=True) as connection:
        do(connection, NEW_USER.format("zzother"), *COPY)
        own = country(connection, tmp_path)
        sent = replace(delivery("C06", delius={}), decided={ANSWERS: answers})
        named = named_logins(Evidence(sent, own, Trail(NO_TRAIL)))
        assert named.rows() == [(str(PERSON), "zzother")]
        assert sentences(compare_access(own, NOTHING, named)) == []
