"""People and cases meet: who keeps a case, who may still see whom, what is paid. Counted from deliveries."""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from delivered_cases import KINDS, Cases
from openpyxl import load_workbook
from sample_runs import SURNAMES, Row, by_company, day1, printed, rows_of

REGIONS = {"C06": "N51", "C17": "N07"}
LISTS = (
    "appeals", "assignment", "counts", "decisions", "objectors", "officers", "payroll", "sub_contracted",
    "suppliers", "vetting",
)  # fmt: skip
ACTIVE = "({0}_END_TIME IS NULL OR {0}_END_TIME > '2021-06-26 00:00:00')"


def employees(workspace: Path, company: str) -> list[dict[str, Any]]:
    """The staff return of a company, read with openpyxl."""
    path = workspace / f"deliveries/day-1/{company}/{company}_staff.xlsx"
    header, *rows = load_workbook(path, read_only=True)["Staff"].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def is_coming(employee: dict[str, Any]) -> bool:
    """In the clean samples: who neither objects nor works for a supplier nor has left."""
    return employee["objected"] == "N" and employee["sub_contracted"] == "N" and not employee["end_date"]


@pytest.fixture(scope="module")
def document(clean_run: Path) -> dict[str, Any]:
    """The reconciliation of the clean run by company."""
    return by_company(printed(clean_run))


def total(document: dict[str, Any], company: str, name: str, scope: str) -> dict[str, int]:
    """The one total of that name and scope."""
    (found,) = (one for one in document[company]["totals"] if (one["name"], one["scope"]) == (name, scope))
    return dict(found)


def test_practitioners_keep_as_many_cases_as_the_delivery_gives_them(
    clean_run: Path, document: dict[str, Any]
) -> None:
    cases = Cases(clean_run / "deliveries/day-1/C06")
    codes = {
        code
        for one in employees(clean_run, "C06")
        if is_coming(one)
        for code in (one["officer_codes"] or "").split(";")
        if code
    }
    kept = 0
    for kind, (table, managers) in KINDS.items():
        live = cases.live(kind)
        kept += len(
            {
                row[f"{table}_ID"]
                for row in cases.rows(managers)
                if row["OFFICER_CODE"] in codes and not row["END_DATE"] and row[f"{table}_ID"] in live
            }
        )
    assert kept
    assert [one["kept"] for one in document["C06"]["officers"]] == [kept]


@pytest.mark.parametrize("company", sorted(REGIONS))
def test_each_employee_with_a_code_is_one_new_officer(
    clean_run: Path, document: dict[str, Any], company: str
) -> None:
    coming = [one for one in employees(clean_run, company) if is_coming(one) and one["officer_codes"]]
    query = """
        SELECT COUNT(*) FROM STAFF JOIN OFFICER ON STAFF_EMPLOYEE_ID = STAFF_ID AND TRUST_PROVIDER_FLAG = 0
        JOIN PROBATION_AREA USING (PROBATION_AREA_ID) WHERE CODE = ? AND STAFF.START_DATE LIKE '2021-06-26%'
    """
    assert rows_of(clean_run / "target.db", query, REGIONS[company]) == [(len(coming),)]
    found = total(document, company, "staff_officers", REGIONS[company])
    assert (found["source"], found["target"]) == (len(coming), len(coming))


@pytest.mark.parametrize("company", sorted(REGIONS))
def test_the_payroll_is_explained_to_the_penny(
    clean_run: Path, document: dict[str, Any], company: str
) -> None:
    salaries = sum(Decimal(str(one["salary"])) for one in employees(clean_run, company))
    found = total(document, company, "payroll_pence", company)
    assert found["source"] == salaries * 100
    assert found["source"] == found["target"] + found["explained"]
    with (clean_run / f"reports/day-1/regions/{REGIONS[company]}/csv/staff-payroll.csv").open(
        newline=""
    ) as file:
        build = [row for row in csv.DictReader(file) if row["company"] == company]
    paid = sum(Decimal(row["new_salary"]) + Decimal(row["protected_pay"]) for row in build)
    assert paid * 100 == found["target"]


@pytest.mark.parametrize("company", sorted(REGIONS))
def test_every_employee_is_counted_once(clean_run: Path, document: dict[str, Any], company: str) -> None:
    counted = Counter(
        {
            one["name"].removeprefix("employees_"): one["target"]
            for one in document[company]["totals"]
            if one["name"].startswith("employees_") and one["scope"] == company
        }
    )
    delivered = employees(clean_run, company)
    assert counted.total() == len(delivered)
    assert counted["objected"] == sum(one["objected"] == "Y" for one in delivered)
    roles = [one["sub_contracted_role"] for one in delivered if one["sub_contracted"] == "Y"]
    assert counted["dynamic_framework"] == roles.count("FRAMEWORK") > 0
    assert counted["sub_contracted"] == len(roles) - roles.count("FRAMEWORK")


def before(workspace: Path, table: str) -> list[Row]:
    """The rows of a table of the baseline."""
    path = workspace / f"deliveries/day-1/baseline/N00_delius_{table}.txt"
    with path.open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))


def staying(workspace: Path) -> set[str]:
    """Logins (small letters) of employees who do not come along."""
    return {
        str(one["user_name"]).lower()
        for company in REGIONS
        for one in employees(workspace, company)
        if one["user_name"] and not is_coming(one)
    }


@pytest.mark.parametrize("table", ["RESTRICTION", "EXCLUSION"])
def test_who_may_see_a_person_is_as_before_but_for_users_who_stay(clean_run: Path, table: str) -> None:
    known = {
        (row["OFFENDER_ID"], row["USER_NAME"])
        for row in before(clean_run, table)
        if not row[f"{table}_END_DATE"]
    }
    query = f"""
        SELECT CAST(OFFENDER_ID AS TEXT), DISTINGUISHED_NAME, PROBATION_AREA.CODE FROM {table}
        JOIN USER_ USING (USER_ID) JOIN STAFF USING (STAFF_ID) JOIN PROBATION_AREA USING (PROBATION_AREA_ID)
        WHERE {ACTIVE.format(table)}
    """
    after = rows_of(clean_run / "target.db", query)
    leaves = staying(clean_run)
    assert known
    assert {(person, login) for person, login, _ in after} == {one for one in known if one[1] not in leaves}
    assert len(after) == len({(person, login) for person, login, _ in after})
    assert {area[0] for _, _, area in after} == {"N"}


@pytest.mark.parametrize("table", ["RESTRICTION", "EXCLUSION"])
def test_no_restriction_or_exclusion_is_written(clean_run: Path, table: str) -> None:
    counted = rows_of(clean_run / "target.db", f"SELECT COUNT(*) FROM {table}")
    assert counted == [(len(before(clean_run, table)),)]


def test_a_login_names_one_user_before_and_after(clean_run: Path) -> None:
    """Readers look a user up by login without case, and expect exactly one."""
    logins = Counter(row["DISTINGUISHED_NAME"].lower() for row in before(clean_run, "USER_"))
    assert set(logins.values()) == {1}
    query = "SELECT COUNT(*) FROM USER_ GROUP BY lower(DISTINGUISHED_NAME)"
    assert {count for (count,) in rows_of(clean_run / "target.db", query)} == {1}


@pytest.mark.parametrize("company", sorted(REGIONS))
def test_the_account_moves_with_the_employee_and_sees_the_region(clean_run: Path, company: str) -> None:
    """The officer behind each login that comes along is of the region; the account is the one it was."""
    known = {row["DISTINGUISHED_NAME"].lower(): int(row["USER_ID"]) for row in before(clean_run, "USER_")}
    query = """
        SELECT lower(DISTINGUISHED_NAME), USER_ID, area.CODE FROM USER_
        JOIN STAFF USING (STAFF_ID)
        JOIN PROBATION_AREA area ON area.PROBATION_AREA_ID = STAFF.PROBATION_AREA_ID
        JOIN PROBATION_AREA_USER sees USING (USER_ID) WHERE sees.PROBATION_AREA_ID = area.PROBATION_AREA_ID
    """
    there = {login: (user, area) for login, user, area in rows_of(clean_run / "target.db", query)}
    coming = [
        str(one["user_name"]).lower()
        for one in employees(clean_run, company)
        if one["user_name"] and is_coming(one)
    ]
    assert coming
    assert {there[login][1] for login in coming} == {REGIONS[company]}
    assert all(there[login][0] == known[login] for login in coming if login in known)
    assert len([login for login in coming if login not in known]) == 1


def test_lists_hold_no_name_until_they_are_asked_to(loaded: Path) -> None:
    regions = loaded / "reports/day-1/regions"
    for region in REGIONS.values():
        wanted = {f"staff-{name}.csv" for name in LISTS}
        assert {path.name for path in (regions / region / "csv").glob("staff-*.csv")} == wanted
        assert (regions / region / "staff.xlsx").is_file()
    said = [path.read_text("utf-8") for path in sorted(regions.glob("*/csv/*.csv"))]
    assert not [name for name in SURNAMES for text in said if name in text]
    assert day1(loaded, "report", "--reveal").returncode == 0
    revealed = loaded / "reports/day-1-revealed/regions"
    assert SURNAMES[0] in (revealed / "N51/csv/staff-assignment.csv").read_text("utf-8")
    audit = (loaded / "work/audit.jsonl").read_text("utf-8").splitlines()
    assert json.loads(audit[-1])["command"] == "report"
