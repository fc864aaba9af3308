"""Questions about employees and teams: where an employee goes, and who receives the cases of a team."""

import polars as pl

from mappings.allocation.routing import receivers
from mappings.basis import team_marks
from mappings.staff.decisions import choices, open_questions
from pipeline.figures.waiting import unrouted_teams
from pipeline.stages.plan import PLAN
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.batch import Batch
from vocabulary.companies import company as known_company
from vocabulary.decisions import STAFF, TEAMS
from vocabulary.employment import DYNAMIC_FRAMEWORK, NO_SERVICE, ROLE_QUESTION, SHARES

ASKED = {
    "mixed_role": "no function reaches the threshold alone (S04)",
    "appeal_open": "an appeal is open (S07)",
    ROLE_QUESTION: "the role at a supplier has no service on Day 1 (S15)",
    "region": "the workplace says no region",
    "pension": "exactly half probation work, not in the LGPS (S13)",
}
"""Question to what raises it."""

MEANS = {
    DYNAMIC_FRAMEWORK: "goes to the framework supplier (TUPE)",
    NO_SERVICE: "stays with the supplier",
}
"""What an answer says that is no code of a list."""


def staff_questions(workspace: Workspace, company: str) -> list[Question]:
    """One question per employee and thing to decide; several per employee where several wait."""
    folder = workspace.stage_folder(company, "validate") / "staff"
    if not folder.is_dir():
        return []
    assigned = read_frame(folder, "assigned")
    employees = assigned.unique("employee_ref", keep="first").with_columns(_shares().alias("shares"))
    asked = open_questions(assigned).join(employees, on="employee_ref", how="left", maintain_order="left")
    return [_of_employee(company, line) for line in asked.iter_rows(named=True)]


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
        personal=" ".join(name for word in ("first_name", "surname") if (name := line[word])),
    )


def _raised(question: str, line: dict[str, str | None]) -> str:
    """What raises the question, and of a role at a supplier which one it is."""
    if question != ROLE_QUESTION:
        return ASKED[question]
    return f"{ASKED[question]}: {line['sub_contracted_role'] or 'none named'}"


def team_questions(workspace: Workspace, company: str, baseline: Batch) -> list[Question]:
    """One question per team of the company that nDelius has and routing does not know."""
    moving = read_frame(workspace.stage_folder(company, PLAN), "moving")
    names = dict(baseline.carried("delius", "team").select("code", "name").iter_rows())
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
