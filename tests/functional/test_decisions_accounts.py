"""Which account moves with an officer whose login is not theirs in nDelius, as an operator says (S14), and a
login that two companies give."""

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from operator_answers import answer, export, questions, taken
from restricted import restrict_person
from sample_runs import assert_clear, by_company, day1, reconciled, rows_of

from samples.cut import baseline
from samples.delivery import Delivery
from samples.exports import draw_delivery, write_files
from samples.make import draw_world
from samples.manifest import write_delivery
from samples.world import Row

pytestmark = pytest.mark.long

CYCLE, OURS, OTHERS = "day-1", "C06", "C17"
SECOND = "zz.second"
"""Login of an account in the name of one of OURS that an officer of OTHERS has."""

WAITS = "logins of somebody else or of two"


@dataclass(frozen=True)
class Asked:
    """A run, and employee numbers of OURS: who gives the login of a region (twice), of OTHERS, and one that
    nDelius does not know and OTHERS gives too. `logins`: employee number to login of the officer code."""

    workspace: Path
    own: str
    nobody: str
    given: str
    shared: str
    others: str
    logins: dict[str, str]
    person: int


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Not to be changed."""
    workspace = tmp_path_factory.mktemp("accounts") / "w"
    world = draw_world([OURS, OTHERS], 24, seed=1)
    before = baseline(world, CYCLE)
    sent = {company: draw_delivery(world, company, CYCLE) for company in (OURS, OTHERS)}
    known = {row["DISTINGUISHED_NAME"].lower() for row in before.rows("delius", "USER_")}
    coming = {company: officers(one, before) for company, one in sent.items()}
    own, nobody, given = [row for row in coming[OURS] if row["user_name"] in known][-4:-1]
    logins = {row["employee_no"]: row["user_name"] for row in (own, nobody, given)}
    own["user_name"] = nobody["user_name"] = world.users["N51A001"]
    person = second_account(before, given)
    given["user_name"] = SECOND.upper()
    ours, others = (
        next(
            row
            for row in coming[company]
            if row["user_name"] and row["user_name"].lower() not in known | {SECOND}
        )
        for company in (OURS, OTHERS)
    )
    others["user_name"] = ours["user_name"].upper()
    for name, one in {**sent, "baseline": before}.items():
        write_delivery(workspace / "deliveries" / CYCLE / name, one, write_files(one))
    day1(workspace, "run")
    numbers = [row["employee_no"] for row in (own, nobody, given, ours, others)]
    return Asked(workspace, *numbers, logins, person)


@pytest.fixture(scope="module")
def answered(asked: Asked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, answered in the workbook and run again. Not to be changed."""
    workspace = Path(shutil.copytree(asked.workspace, tmp_path_factory.mktemp("answered") / "w"))
    said = {
        (OURS, asked.own): "officer",
        (OURS, asked.nobody): "none",
        (OURS, asked.given): "login",
        (OTHERS, asked.others): "none",
    }
    choose = {"Staff": lambda one: said.get((one["company"], one["employee_ref"]), "")}
    done = answer(export(workspace), "done.xlsx", choose)
    assert [line["outcome"] for line in taken(workspace, done)] == ["taken"] * 4
    assert_clear(day1(workspace, "run"), 0)
    return workspace


def officers(sent: Delivery, before: Delivery) -> list[Row]:
    """Employees with an officer code who come along and are named in no restriction."""
    named = {row["USER_NAME"] for row in before.rows("delius", "RESTRICTION")}
    return [
        row
        for row in sent.rows("staff", "Staff")
        if row["officer_codes"] and not row["objected"] and row["user_name"] not in named
    ]


def second_account(before: Delivery, employee: Row) -> int:
    """The employee worked for OTHERS too, and has an account there that alone may see one person."""
    staff, users = (before.rows("delius", name) for name in ("STAFF", "USER_"))
    pattern = next(row for row in staff if row["PROBATION_AREA_CODE"] == OTHERS)
    new = {"STAFF_ID": max(row["STAFF_ID"] for row in staff) + 1, "OFFICER_CODE": f"{OTHERS}Z990"}
    staff.append({**pattern, **new, "SURNAME": employee["surname"]})
    number = max(row["USER_ID"] for row in users) + 1
    user = {"USER_ID": number, "STAFF_ID": new["STAFF_ID"], "DISTINGUISHED_NAME": SECOND}
    users.append({**users[0], **user, "SURNAME": employee["surname"], "END_DATE": None})
    return restrict_person(before, OTHERS, SECOND)


def area_of(workspace: Path, login: str) -> list[str]:
    """Where the account with the login is now."""
    query = """
        SELECT CODE FROM USER_ JOIN STAFF s USING (STAFF_ID)
        JOIN PROBATION_AREA a ON a.PROBATION_AREA_ID = s.PROBATION_AREA_ID WHERE lower(DISTINGUISHED_NAME) = ?
    """
    return [str(code) for (code,) in rows_of(workspace / "target.db", query, login.lower())]


def sees(workspace: Path, person: int) -> list[str]:
    """Logins that may see the person."""
    query = """
        SELECT lower(DISTINGUISHED_NAME) FROM RESTRICTION JOIN USER_ USING (USER_ID)
        WHERE OFFENDER_ID = ? AND RESTRICTION_END_DATE IS NULL
    """
    return [str(login) for (login,) in rows_of(workspace / "target.db", query, person)]


def waiting(workspace: Path) -> dict[str, int]:
    """Company to its lines of WAITS on the first page."""
    companies = by_company(reconciled(workspace)).items()
    return {
        code: sum(one["rows"] for one in company["waiting"] if one["subject"] == WAITS)
        for code, company in companies
    }


def test_the_first_page_counts_every_login_that_waits_of_two_companies_too(asked: Asked) -> None:
    assert waiting(asked.workspace) == {OURS: 4, OTHERS: 1}


@pytest.mark.parametrize(("words", "is_shown"), [((), False), (("--reveal",), True)])
def test_logins_are_in_the_workbook_on_request_only(
    words: tuple[str, ...], *, is_shown: bool, asked: Asked, tmp_path: Path
) -> None:
    workspace = Path(shutil.copytree(asked.workspace, tmp_path / "w"))
    with zipfile.ZipFile(export(workspace, *words)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert [login for login in asked.logins.values() if login.lower() in text.lower()] == (
        list(asked.logins.values()) if is_shown else []
    )


def test_each_is_asked_with_the_answers_that_there_are(asked: Asked, tmp_path: Path) -> None:
    workspace = Path(shutil.copytree(asked.workspace, tmp_path / "w"))
    found = [one for one in questions(export(workspace))["Staff"] if one["decision"] == "account"]
    assert {(one["company"], one["employee_ref"]) for one in found} == {
        *((OURS, number) for number in (asked.own, asked.nobody, asked.given, asked.shared)),
        (OTHERS, asked.others),
    }


def test_the_account_moves_that_the_answer_says(asked: Asked, answered: Path) -> None:
    assert area_of(answered, asked.logins[asked.own]) == ["N51"]
    assert area_of(answered, asked.logins[asked.nobody]) == [OURS]
    assert area_of(answered, asked.logins[asked.given]) == [OURS]
    assert area_of(answered, SECOND) == ["N51"]
    document = reconciled(answered)
    assert document["verdict"] == "clean"
    assert waiting(answered) == {OURS: 0, OTHERS: 0}


def test_what_the_account_may_see_in_another_company_stays(asked: Asked, answered: Path) -> None:
    assert sees(answered, asked.person) == [SECOND]


def test_an_account_that_another_answer_would_move_is_a_difference(answered: Path, tmp_path: Path) -> None:
    """The answers are exchanged behind the load's back."""
    workspace = Path(shutil.copytree(answered, tmp_path / "w"))
    path = workspace / "decisions/staff.csv"
    path.write_text(path.read_text("utf-8").replace(",login,", ",officer,"), "utf-8")
    document = reconciled(workspace)
    assert document["verdict"] == "differences"
    told = {one["table"] for one in by_company(document)[OURS]["differences"]}
    assert {"USER_", "PROBATION_AREA_USER"} <= told


def test_an_answer_that_cannot_be_followed_is_asked_for_again_until_another_is_given(
    asked: Asked, answered: Path, tmp_path: Path
) -> None:
    """The login is a region's: an answer that takes it from there says nothing."""
    workspace = Path(shutil.copytree(answered, tmp_path / "w"))
    path = workspace / "decisions/staff.csv"
    path.write_text(path.read_text("utf-8").replace(",officer,", ",login,", 1), "utf-8")
    day1(workspace, "run")
    (again,) = questions(export(workspace))["Staff"]
    assert (again["company"], again["employee_ref"]) == (OURS, asked.own)
    assert "give another" in str(again["context"])
    done = answer(export(workspace), "again.xlsx", {"Staff": lambda _: "officer"})
    assert [line["outcome"] for line in taken(workspace, done)] == ["taken"]
    assert questions(export(workspace)).get("Staff", []) == []
