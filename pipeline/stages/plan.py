"""From judged companies to plans: new officer codes are given over all of them, then each is planned."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from mappings.staff.account_claims import settle_claims, shared_findings
from mappings.staff.accounts import ACCOUNT_SCHEMA, with_officers
from mappings.staff.new_officers import Staffed
from mappings.staff.officer_codes import CODE_SCHEMA, EMPLOYEE, new_officer_codes
from mappings.staff.practitioners import lost_practitioners
from mappings.staff.records import staff_key
from mappings.staff.restricted_persons import ENTITIES as ACCESS
from mappings.staff.restricted_persons import shared_accounts, taken_accounts
from mappings.writes.planning import plan_company
from mappings.writes.repoint import MOVED
from pipeline.failures import Failures, is_through
from pipeline.stages.limited_access import access_rules, apply_blocks
from pipeline.stages.receive import finish_stage, required_account
from pipeline.storage.batches import baseline_batch, company_baseline, planned_batch
from pipeline.storage.fingerprint import fingerprint
from pipeline.storage.plans import write_plan
from pipeline.storage.store import (
    STANDS_ON,
    forget_stage,
    read_frame,
    read_manifest,
    start_stage,
    write_frame,
)
from pipeline.storage.whole import require_before
from pipeline.workspace import Workspace
from target.plan import Plan
from validators.schemas import check_records
from vocabulary.companies import companies
from vocabulary.errors import ConfigError
from vocabulary.findings import collect, no_findings

PLAN = "plan"
"""The part of stage validate that looks at all companies; it has a folder of its own."""

LOST = "lost"
"""Cases that do not stay with their practitioner, and why."""

CLAIMS = "claims"
"""The accounts of everybody who comes, after the claims of all companies; officers or not yet."""

CODES = "officer_codes"
"""The pairs of employee and new code so far, in the cycle's work folder: a pair once given stays."""


def plan_all(workspace: Workspace, codes: Sequence[str], failures: Failures) -> bool:
    """Plan the accepted ones of `codes`; one whose codes and rows are as before keeps its plan. Gives False
    where all of them do."""
    is_new = False
    given = _give_codes(workspace)
    claims = _claims(workspace)
    accounts = with_officers(claims, given)
    moving, taken = _moving(workspace, accounts)
    for company in codes:
        if is_judged(workspace, company):
            with failures.apart(company, PLAN):
                lost = taken.filter(pl.col("area") == company)["user_id"]
                known = pl.concat([moving, lost]).unique().sort()
                is_new |= _plan_anew(workspace, company, _given(company, given, claims, accounts, known))
    return is_new


@dataclass(frozen=True)
class Given:
    """What all companies together give one: new codes, its accounts, and the accounts that move anywhere.

    `codes`: CODE_SCHEMA. `claims`, `accounts`: mappings.staff.accounts of who comes and of who becomes an
    officer. `moving`: user_id, as far as companies share a person whom few may see, or another takes one of
    this company.
    """

    codes: pl.DataFrame
    claims: pl.DataFrame
    accounts: pl.DataFrame
    moving: pl.Series


def _given(
    company: str, codes: pl.DataFrame, claims: pl.DataFrame, accounts: pl.DataFrame, moving: pl.Series
) -> Given:
    is_own = pl.col("company") == company
    return Given(codes.filter(is_own), claims.filter(is_own), accounts.filter(is_own), moving)


def _plan_anew(workspace: Workspace, company: str, given: Given) -> bool:
    """Plan a company unless what its plan stands on is as before (False)."""
    standing = _inputs(workspace, company, given)
    held = read_manifest(workspace.stage_folder(company, PLAN))
    if held is not None and held["inputs"] == standing:
        return False
    require_before(workspace, company, PLAN)
    began = time.perf_counter()
    account = _plan(workspace, company, given)
    judged = str(required_account(workspace, company, "validate")["inputs"])
    account |= {"inputs": standing, STANDS_ON: judged, "seconds": round(time.perf_counter() - began, 3)}
    finish_stage(workspace, company, PLAN, account)
    return True


def _give_codes(workspace: Workspace) -> pl.DataFrame:
    """CODE_SCHEMA of everybody who becomes an officer, in the order of company and old code (routing.md)."""
    judged = [code for code in companies() if is_judged(workspace, code)]
    wanted = [
        found
        for code in judged
        if (found := _frame(workspace, code, "officers")) is not None and found.height
    ]
    if not wanted:
        return pl.DataFrame(schema=CODE_SCHEMA)
    kept = workspace.root / "work" / workspace.cycle
    folders = [workspace.root / "work" / cycle for cycle in workspace.line]
    earlier = [read_frame(each, CODES) for each in folders if (each / f"{CODES}.parquet").exists()]
    known = pl.concat([pl.DataFrame(schema=CODE_SCHEMA), *earlier]).unique(maintain_order=True)
    taken = baseline_batch(workspace, ("staff",)).known("staff")["officer"]
    given = new_officer_codes(pl.concat(wanted), taken, known)
    write_frame(kept, CODES, pl.concat([known, given]).unique([*EMPLOYEE, "region"], maintain_order=True))
    return given


def is_judged(workspace: Workspace, company: str) -> bool:
    """Its delivery is not refused, no error stopped it before, and it has been judged."""
    return is_through(workspace, company, "validate")


def _claims(workspace: Workspace) -> pl.DataFrame:
    """The accounts of everybody who comes: that a login has one user is not one company's to say.

    Also of who has no function yet: an account must not be made or taken before theirs is known.
    """
    found = [
        accounts
        for company in companies()
        if is_judged(workspace, company) and (accounts := _frame(workspace, company, "accounts")) is not None
    ]
    return settle_claims(pl.concat([pl.DataFrame(schema=ACCOUNT_SCHEMA), *found]))


def _moving(workspace: Workspace, accounts: pl.DataFrame) -> tuple[pl.Series, pl.DataFrame]:
    """user_id of the accounts that move: who may see a person is not one company's to say. Beside them
    `user_id, area` of those taken from an officer of another company, which that company must know.

    Of the others no company asks: their moving or not must not void its plan.
    """
    baseline = baseline_batch(workspace, ("offender", "staff", "user", *ACCESS))
    shared = shared_accounts(baseline, accounts["user_id"].drop_nulls())
    return shared, taken_accounts(baseline, accounts)


def _inputs(workspace: Workspace, company: str, given: Given) -> str:
    judged = required_account(workspace, company, "validate")["inputs"]
    frames = (frame.write_csv() for frame in (given.codes, given.claims, given.accounts))
    return fingerprint(PLAN, str(judged), *frames, *given.moving.cast(pl.String))


def _frame(workspace: Workspace, company: str, name: str) -> pl.DataFrame | None:
    """A frame of the company's staff return as validate left it; None when it delivered none."""
    folder = workspace.stage_folder(company, "validate") / "staff"
    return read_frame(folder, name) if folder.is_dir() else None


def _plan(workspace: Workspace, company: str, given: Given) -> dict[str, Any]:
    # Forgotten first: an earlier plan must neither be loaded when this one is refused nor judge its rows.
    forget_stage(workspace.stage_folder(company, PLAN))
    out = start_stage(workspace.stage_folder(company, PLAN))
    batch = planned_batch(workspace, company)
    baseline = company_baseline(workspace, company, is_bare=True, also=MOVED)
    waiting = read_frame(workspace.stage_folder(company, "map"), "waiting")
    staffed = _staffed(workspace, company, given)
    limited = no_findings() if staffed is None else access_rules(batch, baseline, staffed)
    apply_blocks(batch, limited)
    planned = plan_company(batch, baseline, waiting, staffed)
    require_schema(planned.plan)
    write_plan(out / "plan", planned.plan)
    write_frame(out, "moving", planned.moving)
    write_frame(out, LOST, lost_practitioners(planned.moving, None if staffed is None else staffed.assigned))
    shared = no_findings() if staffed is None else _shared_logins(workspace, company, given, staffed)
    write_frame(out, "findings", collect([planned.findings, limited, shared]))
    if staffed is not None:
        write_frame(out / "staff", "officers", officer_list(staffed, planned.plan))
        write_frame(out / "staff", "accounts", staffed.accounts)
        write_frame(out / "staff", CLAIMS, given.claims)
    return {"rows": sum(rows.height for rows in planned.plan.inserts.values())}


def _staffed(workspace: Workspace, company: str, given: Given) -> Staffed | None:
    """The assignment with the new codes beside the old ones, and the accounts."""
    assigned, officers = (_frame(workspace, company, name) for name in ("assigned", "officers"))
    if assigned is None or officers is None:
        return None
    own = given.accounts["user_id"].drop_nulls()
    return Staffed(
        assigned,
        officers.join(given.codes, on=[*EMPLOYEE, "region"], how="inner", maintain_order="left"),
        given.accounts,
        pl.concat([own, given.moving]).unique(),
    )


def _shared_logins(workspace: Workspace, company: str, given: Given, staffed: Staffed) -> pl.DataFrame:
    """S14 of employees whose login somebody else gives as well: a user is made for neither."""
    judged = _frame(workspace, company, "accounts")
    return no_findings() if judged is None else shared_findings(staffed.assigned, judged, given.claims)


def officer_list(staffed: Staffed, plan: Plan) -> pl.DataFrame:
    """One line per new officer: old codes, new code, region, the teams joined, the login from Day 1 on."""
    empty = pl.DataFrame(schema={"staff_id": pl.String, "team_id": pl.String})
    teams = (
        plan.inserts.get("STAFF_TEAM", empty)
        .group_by("staff_id")
        .agg(pl.col("team_id").sort().str.join(";").alias("teams"))
    )
    named = staffed.assigned.select(*EMPLOYEE, "surname", "first_name", "grade_target", "function")
    logins = staffed.accounts.select(*EMPLOYEE, pl.col("login").alias("user"))
    return (
        staffed.officers.group_by(*EMPLOYEE, "region", "new_officer", maintain_order=True)
        .agg(pl.col("officer").str.join(";").alias("old_officer"))
        .with_columns(staff_key(pl.col("new_officer")).alias("staff_id"))
        .join(teams, on="staff_id", how="left", maintain_order="left")
        .join(named.unique(EMPLOYEE, keep="first"), on=EMPLOYEE, how="left", maintain_order="left")
        .join(logins, on=EMPLOYEE, how="left", maintain_order="left")
        .drop("staff_id")
    )


def require_schema(plan: Plan) -> None:
    """Every planned row fits its table's schema.

    Raises:
        ConfigError: names table, column and check, and the first source row; never a value.
    """
    wrong = []
    for table, rows in plan.inserts.items():
        failures = check_records(table, rows)
        for column, check, count in _counted(failures):
            wrong.append(f"{table}.{column}: {check} fails for {count} rows")
    if wrong:
        raise ConfigError(
            f"{plan.company}: the plan does not fit the target.\n  "
            + "\n  ".join(wrong)
            + "\nMend the mapping."
        )


def _counted(failures: pl.DataFrame) -> list[tuple[str, str, int]]:
    if failures.is_empty():
        return []
    counts = failures.group_by("column", "check", maintain_order=True).len()
    return [(str(column), str(check), int(count)) for column, check, count in counts.iter_rows()]
