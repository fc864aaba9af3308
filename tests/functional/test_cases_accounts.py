"""Who sees whom, and whose cases they are, when the staff return writes logins and codes in other letters or
changes two codes over, and when somebody restricts a record after the extract. All in one company."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from restricted import restrict_person
from sample_runs import by_company, day1, findings, reconciled, rows_of

from samples.cut import baseline
from samples.delivery import Delivery
from samples.exports import draw_delivery, write_files
from samples.make import draw_world
from samples.manifest import write_delivery
from samples.world import Row

pytestmark = pytest.mark.runs


COMPANY, CYCLE = "C06", "day-1"
ACTIVE = """
    SELECT OFFENDER_ID, lower(DISTINGUISHED_NAME), a.CODE FROM {0} JOIN USER_ USING (USER_ID)
    JOIN STAFF s USING (STAFF_ID) JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = s.PROBATION_AREA_ID
    WHERE {0}_END_DATE IS NULL
"""


@dataclass(frozen=True)
class Told:
    """What was done to a clean delivery.

    `restricted`: person and login of the restriction that the company never sent. `capitals`, `small`,
    `swapped`: officer codes of the employees it concerns.
    """

    workspace: Path
    before: Delivery
    restricted: tuple[int, str]
    capitals: str
    small: str
    swapped: tuple[str, str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A run of the four cases. Not to be changed."""
    workspace = tmp_path_factory.mktemp("accounts") / "w"
    world = draw_world([COMPANY], 24, seed=1)
    before, delivery = baseline(world, CYCLE), draw_delivery(world, COMPANY, CYCLE)
    officers = [
        row for row in delivery.rows("staff", "Staff") if row["officer_codes"] and row["objected"] is False
    ]
    named = {row["USER_NAME"] for row in before.rows("delius", "RESTRICTION")}
    capitals = next(row for row in officers if row["user_name"] in named)
    capitals["user_name"] = capitals["user_name"].upper()
    first, second, small = [
        row for row in officers[:-1] if row["user_name"] not in named and row is not capitals
    ][-3:]
    told = Told(
        workspace=workspace,
        before=before,
        restricted=(restrict_person(before, COMPANY, small["user_name"]), small["user_name"]),
        capitals=capitals["officer_codes"],
        small=small["officer_codes"],
        swapped=(first["officer_codes"], second["officer_codes"]),
    )
    small["officer_codes"] = small["officer_codes"].lower()
    first["officer_codes"], second["officer_codes"] = second["officer_codes"], first["officer_codes"]
    folder = workspace / "deliveries" / CYCLE
    write_delivery(folder / COMPANY, delivery, write_files(delivery))
    write_delivery(folder / "baseline", before, write_files(before))
    result = day1(workspace, "run")
    assert result.returncode == 0, result.stdout[-3000:]
    return told


def target(told: Told) -> Path:
    return told.workspace / "target.db"


def staff_of(told: Told, code: str) -> Row:
    """The STAFF row of nDelius that bears the code."""
    return next(row for row in told.before.rows("delius", "STAFF") if row["OFFICER_CODE"] == code)


def login_of(told: Told, code: str) -> str:
    """The login of the officer in nDelius."""
    number = staff_of(told, code)["STAFF_ID"]
    return str(
        next(row for row in told.before.rows("delius", "USER_") if row["STAFF_ID"] == number)[
            "DISTINGUISHED_NAME"
        ]
    )


def area_of(told: Told, login: str) -> list[str]:
    """Where the accounts with the login are now."""
    query = """
        SELECT CODE FROM USER_ JOIN STAFF s USING (STAFF_ID)
        JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = s.PROBATION_AREA_ID WHERE lower(DISTINGUISHED_NAME) = ?
    """
    return [str(code) for (code,) in rows_of(target(told), query, login)]


def managers_after(told: Told, code: str) -> set[str]:
    """Surnames of the officers who now manage the persons whom the officer of the code managed."""
    managers = told.before.rows("delius", "OFFENDER_MANAGER")
    mine = [row["OFFENDER_ID"] for row in managers if row["OFFICER_CODE"] == code and row["ACTIVE_FLAG"]]
    query = """
        SELECT SURNAME FROM OFFENDER_MANAGER m JOIN STAFF s ON s.STAFF_ID = m.ALLOCATION_STAFF_ID
        WHERE m.OFFENDER_ID = ? AND m.ACTIVE_FLAG = 1
    """
    return {str(name) for person in mine for (name,) in rows_of(target(told), query, person)}


@pytest.mark.parametrize("table", ["RESTRICTION", "EXCLUSION"])
def test_access_is_as_before_whatever_the_letters_and_whoever_sent_the_row(told: Told, table: str) -> None:
    """Only the user who stays behind is ended."""
    leaver = next(row for row in told.before.rows("delius", "STAFF") if row["SURNAME"].startswith("Zzgoing"))
    gone = login_of(told, leaver["OFFICER_CODE"])
    known = {
        (row["OFFENDER_ID"], row["USER_NAME"])
        for row in told.before.rows("delius", table)
        if not row.get(f"{table}_END_DATE") and row["USER_NAME"] != gone
    }
    after = rows_of(target(told), ACTIVE.format(table))
    assert {(person, login) for person, login, _ in after} == known
    assert {area for _, _, area in after} == {"N51"}


def test_a_restriction_that_was_never_sent_holds(told: Told) -> None:
    assert (*told.restricted, "N51") in rows_of(target(told), ACTIVE.format("RESTRICTION"))


def test_a_login_in_capitals_is_the_same_login(told: Told) -> None:
    assert area_of(told, login_of(told, told.capitals)) == ["N51"]


def test_a_code_in_small_letters_keeps_its_cases_and_is_said(told: Told) -> None:
    assert area_of(told, login_of(told, told.small)) == ["N51"]
    said = [line for line in findings(told.workspace) if line["rule"] == "S14"]
    assert sorted(line["column"] for line in said) == ["officer_codes", "user;surname", "user;surname"]


def test_swapped_codes_leave_each_case_with_the_practitioner_whom_ndelius_names(told: Told) -> None:
    names = [managers_after(told, code) for code in told.swapped]
    assert any(names)
    for code, found in zip(told.swapped, names, strict=True):
        assert found <= {staff_of(told, code)["SURNAME"]}


def test_swapped_codes_move_no_account_and_the_first_page_asks(told: Told) -> None:
    for code in told.swapped:
        assert area_of(told, login_of(told, code)) == [COMPANY]
    waiting = by_company(reconciled(told.workspace))[COMPANY]["waiting"]
    asked = [one for one in waiting if one["subject"] == "officers not confirmed"]
    assert [one["rows"] for one in asked] == [2]
