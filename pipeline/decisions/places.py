"""Questions about employees and teams: where an employee goes, and who receives the cases of a team."""

from functools import cache
from typing import Any

import polars as pl

from mappings.allocation.routing import receivers
from mappings.basis import team_marks
from mappings.staff.account_claims import account_choices, waiting_accounts
from mappings.staff.decisions import choices, open_questions
from mappings.staff.reassignment import functions
from pipeline.decisions.files import decided_for
from pipeline.figures.waiting import unrouted_teams
from pipeline.stages.plan import CLAIMS, PLAN
from pipeline.storage.batches import DECIDED
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.batch import Batch
from vocabulary.companies import company as known_company
from vocabulary.decisions import STAFF, TEAMS
from vocabulary.employment import (
    ACCOUNT_QUESTION,
    DYNAMIC_FRAMEWORK,
    GIVEN_LOGIN,
    NO_ACCOUNT,
    NO_SERVICE,
    OWN_ACCOUNT,
    ROLE_QUESTION,
    SHARES,
)
from vocabulary.resources import text_table

ASKED = {
    "mixed_role": "no function reaches the threshold alone (S04)",
    "appeal_open": "an appeal is open (S07)",
    ROLE_QUESTION: "the role at a supplier has no service on Day 1 (S15)",
    "region": "the workplace says no region",
    "pension": "exactly half probation work, not in the LGPS (S13)",
}
"""Question to what raises it."""

MEANS = {
    **dict(functions().select("function", "goes_to").iter_rows()),
    DYNAMIC_FRAMEWORK: "goes to the framework supplier (TUPE)",
    NO_SERVICE: "stays with the supplier",
}
"""What an answer says, in words."""


NOT_FOLLOWED = "the answer that there is cannot be followed: give another"


def staff_questions(workspace: Workspace, company: str) -> list[Question]:
    """One question per employee and thing to decide; several per employee where several wait."""
    folder = workspace.stage_folder(company, "validate") / "staff"
    if not folder.is_dir():
        return []
    assigned = read_frame(folder, "assigned")
    employees = assigned.unique("employee_ref", keep="first").with_columns(_shares().alias("shares"))
    asked = open_questions(assigned).join(employees, on="employee_ref", how="left", maintain_order="left")
    waiting = waiting_accounts(read_frame(workspace.stage_folder(company, PLAN) / "staff", CLAIMS))
    accounts = waiting.join(employees, on="employee_ref", how="left", maintain_order="left").with_columns(
        pl.col("employee_ref").is_in(_not_followed(workspace, company).implode()).alias("is_again")
    )
    return [
        *(_of_employee(company, line) for line in asked.iter_rows(named=True)),
        *(_of_account(company, line) for line in accounts.iter_rows(named=True)),
    ]


def _not_followed(workspace: Workspace, company: str) -> pl.Series:
    """employee_ref of answers about accounts that the last run had, and that have not been changed since.

    Of a question that the run raises all the same, such an answer could not be followed.
    """
    used = read_frame(workspace.stage_folder(company, "validate") / DECIDED, STAFF)
    given = decided_for(workspace, STAFF, company).filter(decision=ACCOUNT_QUESTION)
    return given.join(used, on=["employee_ref", "decision", "answer"], how="semi")["employee_ref"]


def _shares() -> pl.Expr:
    """The shares that are not nought, in words."""
    told = [
        pl.when(pl.col(share) > 0).then(
            pl.format(
                "{} {}",
                pl.lit(share.removeprefix("share_").replace("_", " ")),
                pl.col(share).cast(pl.Float64),
            )
        )
        for share in SHARES
    ]
    return pl.concat_str(told, separator=", ", ignore_nulls=True)


def _of_employee(company: str, line: dict[str, str | None]) -> Question:
    question = str(line["decision"])
    return Question(
        kind=STAFF,
        key=(company, str(line["employee_ref"]), question),
        rows=1,
        context=f"{_raised(question, line)}; per cent: {line['shares']}",
        choices=tuple(Choice(answer, MEANS.get(answer, "")) for answer in choices(question, company)),
        personal=_name(line),
    )


def _of_account(company: str, line: dict[str, Any]) -> Question:
    """The logins themselves, which name people, are shown on request only."""
    means = {
        OWN_ACCOUNT: f"the account of {line['officer_codes']} in nDelius moves",
        GIVEN_LOGIN: "the account with the login of the return, which is in this employee's name, moves",
        NO_ACCOUNT: "no account moves and none is made",
    }
    again = f"; {NOT_FOLLOWED}" if line["is_again"] else ""
    logins = {"return": line["given_login"], "nDelius": line["own_login"]}
    shown = ", ".join(f"login in {where}: {login}" for where, login in logins.items() if login)
    return Question(
        kind=STAFF,
        key=(company, str(line["employee_ref"]), ACCOUNT_QUESTION),
        rows=1,
        context=f"{_doubt(line)} (S14); officer code {line['officer_codes']}{again}",
        choices=tuple(Choice(answer, means[answer]) for answer in account_choices(line)),
        personal=f"{_name(line)}; {shown}",
        is_again=line["is_again"],
    )


def _doubt(line: dict[str, Any]) -> str:
    if not line["is_confirmed"]:
        return "neither surname nor login is the officer's in nDelius: are two codes swapped?"
    if line["wanted"] is not None:
        return "two employees give one login, which nDelius does not know"
    return "in nDelius the login is another's, or its account has ended"


def _name(line: dict[str, Any]) -> str:
    return " ".join(str(name) for word in ("first_name", "surname") if (name := line[word]))


def _raised(question: str, line: dict[str, str | None]) -> str:
    """What raises the question, and of a role at a supplier which one it is."""
    if question != ROLE_QUESTION:
        return ASKED[question]
    return f"{ASKED[question]}: {_roles().get(line['sub_contracted_role'] or '', 'none named')}"


@cache
def _roles() -> dict[str, str]:
    """Role code to what it is."""
    codes = text_table("mappings", "codes", "sub_contracted_role.csv")
    return {
        code: f"{label} ({code})" for code, label in codes.select("source_code", "source_label").iter_rows()
    }


def team_questions(workspace: Workspace, company: str, baseline: Batch) -> list[Question]:
    """One question per team of the company that nDelius has and routing does not know."""
    moving = read_frame(workspace.stage_folder(company, PLAN), "moving")
    names = dict(baseline.standing("team").select("code", "name").iter_rows())
    own = receivers().filter(pl.col("region").is_in(known_company(company).regions))
    marked = own.join(team_marks().rename({"team": "n_team"}), on="n_team", maintain_order="left")
    choices = tuple(
        Choice(team, f"{name} ({mark} code)")
        for team, name, mark in marked.select("n_team", "name", "mark").iter_rows()
    )
    return [
        Question(TEAMS, (company, team), cases, f"{names.get(team, team)}; live cases wait", choices)
        for team, cases in unrouted_teams(moving, baseline, company).iter_rows()
    ]
