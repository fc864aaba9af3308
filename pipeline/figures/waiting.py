"""What a person must still decide or look at, with the number of rows that wait. The first page lists it."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.parsing.decided_codes import DecidedCodes
from mappings.registry import Inserts
from mappings.staff.account_claims import waiting_accounts
from mappings.staff.decisions import open_questions
from mappings.unpaid_work.lacking import lacking_appointments
from mappings.writes.provisional_codes import undecided_of_ours
from pipeline.stages.plan import CLAIMS, PLAN
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reports.data import Waiting
from vocabulary.batch import Batch

CODE_ACTION = "Loaded as provisional: decide the target code (day1 decisions export)."
HELD_ACTION = "No user who may see them comes along. Sign-off waits: name one (day1 decisions export)."
GAP_ACTION = "They go to the region's unallocated team: name a receiver (day1 decisions export)."
PANEL_ACTION = "Ask the panel, and answer in the workbook of day1 decisions export."
SCHEDULE_ACTION = "Ask the company: see the list by project in the region's book of unpaid work."
TWICE_ACTION = "Ask who ran the project, and answer in the workbook of day1 decisions export."
STAFF_ACTION = "Answer them in the workbook of day1 decisions export, or in decisions/staff.csv."
DOUBT_ACTION = (
    "Surname and login are another officer's: are two codes swapped? The company corrects its return, or "
    "answer in the workbook of day1 decisions export."
)
LOGIN_ACTION = "The account stays where it is: say which one moves in the workbook of day1 decisions export."
UNUSED_ACTION = "Nobody asks this any more: take the lines out of decisions/staff.csv."


def waiting_for(workspace: Workspace, batch: Batch, differences: pl.DataFrame) -> tuple[Waiting, ...]:
    """Codes without decision, and SPG records that nDelius has otherwise."""
    codes = read_frame(workspace.stage_folder(batch.company, "map"), "waiting")
    by_code = codes.group_by("target_list", "code", maintain_order=True).agg(pl.col("rows").sum())
    found = [
        Waiting("code", f"{target_list}: {code}", rows, CODE_ACTION)
        for target_list, code, rows in by_code.sort("target_list", "code").iter_rows()
    ]
    counts = differences.group_by("entity", "column", maintain_order=True).len().sort("entity", "column")
    found += [
        Waiting(
            "difference",
            f"{entity}.{column}",
            rows,
            "The company's record differs from nDelius; nDelius counts.",
        )
        for entity, column, rows in counts.iter_rows()
    ]
    return tuple(found)


def undecided_writes(
    workspace: Workspace, company: str, inserts: Inserts, decided: DecidedCodes
) -> tuple[Waiting, ...]:
    """Codes that Day 1 writes of its own accord and nobody has decided; those delivered too stand above."""
    delivered = read_frame(workspace.stage_folder(company, "map"), "waiting").select(
        pl.col("target_list").alias("list_name"), "code"
    )
    own = undecided_of_ours(inserts, company, decided).join(delivered, on=["list_name", "code"], how="anti")
    return tuple(
        Waiting("code", f"{list_name}: {code}", rows, CODE_ACTION)
        for list_name, code, rows in own.select("list_name", "code", "rows").iter_rows()
    )


def routing_gaps(moving: pl.DataFrame, baseline: Batch, company: str) -> tuple[Waiting, ...]:
    """Teams of the company that nDelius has and routing does not know, with their live cases (O04)."""
    return tuple(
        Waiting("routing", f"team {team} has no receiving team", cases, GAP_ACTION)
        for team, cases in unrouted_teams(moving, baseline, company).iter_rows()
    )


def unrouted_teams(moving: pl.DataFrame, baseline: Batch, company: str) -> pl.DataFrame:
    """`team` and number of cases (`len`) of those teams, by team."""
    known = baseline.standing("team").filter(pl.col("area") == company)["code"].implode()
    lost = moving.filter(pl.col("is_team_unknown") & pl.col("team").is_in(known))
    return lost.group_by("team").len().sort("team")


def panel_questions(findings: pl.DataFrame) -> tuple[Waiting, ...]:
    """Structured interventions that do not go on while the panel has not decided (A05)."""
    rows = findings.filter(pl.col("rule") == "A05").height
    return (Waiting("intervention", "without a decision of the panel", rows, PANEL_ACTION),) if rows else ()


def schedule_questions(batch: Batch, baseline: Batch) -> tuple[Waiting, ...]:
    """Appointments of nDelius that the unpaid work schedule lacks (U22)."""
    if not batch.has("upw"):
        return ()
    rows = lacking_appointments(CaseModel(batch, baseline)).height
    what = "appointments of nDelius that it lacks"
    return (Waiting("unpaid work schedule", what, rows, SCHEDULE_ACTION),) if rows else ()


def hours_twice(findings: pl.DataFrame) -> tuple[Waiting, ...]:
    """Sessions of the schedule in the time of an appointment of nDelius (U20)."""
    rows = findings.filter(pl.col("rule") == "U20").height
    what = "sessions in the time of an appointment of nDelius"
    return (Waiting("unpaid work schedule", what, rows, TWICE_ACTION),) if rows else ()


def staff_questions(workspace: Workspace, batch: Batch, findings: pl.DataFrame) -> tuple[Waiting, ...]:
    """Open questions about employees and accounts, answers nobody asks for, and restrictions held by L03."""
    if not batch.has("staff"):
        return ()
    folder = workspace.stage_folder(batch.company, "validate") / "staff"
    asked = open_questions(read_frame(folder, "assigned"))
    found = [
        Waiting("staff", question, rows, STAFF_ACTION)
        for question, rows in asked.group_by("decision", maintain_order=True).len().iter_rows()
    ]
    found += _accounts(read_frame(workspace.stage_folder(batch.company, PLAN) / "staff", CLAIMS))
    if unused := read_frame(folder, "unused").height:
        found.append(Waiting("staff", "answers not asked for", unused, UNUSED_ACTION))
    if held := findings.filter(pl.col("rule") == "L03").height:
        found.append(Waiting("limited access", "restriction rows held", held, HELD_ACTION))
    return tuple(found)


def _accounts(claims: pl.DataFrame) -> list[Waiting]:
    """Officers whom nDelius does not confirm, logins not theirs there or of two (S14): no account moves."""
    waits = waiting_accounts(claims)
    doubted = waits.filter(~pl.col("is_confirmed")).height
    lines = {
        ("officers not confirmed", DOUBT_ACTION): doubted,
        ("logins of somebody else or of two", LOGIN_ACTION): waits.height - doubted,
    }
    return [Waiting("account", what, rows, action) for (what, action), rows in lines.items() if rows]
