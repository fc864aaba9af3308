"""The staff return within validate: who goes where, and who becomes an officer."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl

from mappings.allocation.routing import decided_teams, only_region
from mappings.case.context import CaseContext
from mappings.staff.accounts import account_findings, officer_accounts
from mappings.staff.assignment import TRANSFERRING, assign, assignment_findings, row_outcome
from mappings.staff.decisions import decide, unused_account_answers
from mappings.staff.new_officers import new_officers
from mappings.staff.pay import pay_findings, with_pay
from mappings.staff.payroll import payroll_by_region
from mappings.staff.pension import pension_findings, with_pension
from pipeline.storage.store import write_frame
from validators.references import propagate_outcomes
from validators.registry import ASIDE, WARNING, judge
from validators.rules.lengths import too_long
from vocabulary.batch import Batch
from vocabulary.decisions import STAFF
from vocabulary.employment import with_role_answers
from vocabulary.findings import collect

ROW = ["source_file", "source_row"]
FRAMES = ("assigned", "officers", "accounts", "payroll", "unused")
"""What stays on disk of a return, for plan, reconcile and report."""

_NO_CASES = pl.DataFrame(schema=dict.fromkeys(("company", "officer", "region"), pl.String))


@dataclass(frozen=True)
class Asked:
    """What a person decided: answers to open questions (DECISION_SCHEMA) and the threshold `assign_min`."""

    answers: pl.DataFrame
    assign_min: Decimal


@dataclass(frozen=True)
class StaffReturn:
    """A return after the assignment and the decisions.

    `officers`: company, employee_ref, officer (old code), region of who gets a new code. `accounts`: what
    nDelius says of them (mappings.staff.accounts). `payroll`: the account per region. `unused`: answers that
    nobody asks for.
    """

    assigned: pl.DataFrame
    officers: pl.DataFrame
    accounts: pl.DataFrame
    payroll: pl.DataFrame
    unused: pl.DataFrame
    findings: pl.DataFrame


def assign_staff(batch: Batch, baseline: Batch, before: pl.DataFrame, asked: Asked) -> StaffReturn:
    """Judge and assign the employees of the batch, whose frame gets its outcomes.

    `before` are the findings so far. The rules that set aside come first, warnings look at carried rows only.
    """
    facts = CaseContext(batch, baseline)
    aside = [*too_long(batch, "staff"), *judge("staff", ASIDE, facts)]
    propagate_outcomes(batch, "staff", collect([before, *aside]), {})
    judged = with_role_answers(batch.all("staff", "employee"), batch.decided.get(STAFF))
    teams = decided_teams(batch)
    assigned = assign(judged, collect([before, *aside]), batch.company, asked.assign_min, teams)
    batch.frames["staff"]["employee"] = _with_outcomes(judged, assigned)
    warned = judge("staff", WARNING, facts)
    decided = decide(with_pension(with_pay(assigned)), asked.answers, batch.company)
    coming = decided.assigned.filter(pl.col("outcome").is_in(TRANSFERRING))
    accounts = officer_accounts(coming, baseline, batch.company, batch.decided.get(STAFF))
    found = [assignment_findings(decided.assigned), pay_findings(decided.assigned)]
    found += [pension_findings(decided.assigned), account_findings(coming, accounts)]
    return StaffReturn(
        assigned=decided.assigned,
        officers=new_officers(decided.assigned, _cases(batch, facts)),
        accounts=accounts,
        payroll=payroll_by_region(judged, decided.assigned, batch.company, teams),
        unused=pl.concat([decided.unused, unused_account_answers(asked.answers, accounts)]),
        findings=collect([*aside, *warned, *found]),
    )


def write_staff(folder: Path, staff: StaffReturn) -> None:
    """Keep the frames of a return under `folder`."""
    for name in FRAMES:
        write_frame(folder / "staff", name, getattr(staff, name))


def _with_outcomes(judged: pl.DataFrame, assigned: pl.DataFrame) -> pl.DataFrame:
    """The rows with the outcome that the assignment gave; a repeated row has kept its own."""
    given = assigned.select(*ROW, row_outcome().alias("_given"))
    return (
        judged.join(given, on=ROW, how="left", maintain_order="left")
        .with_columns(pl.coalesce("_given", "row_outcome").alias("row_outcome"))
        .drop("_given")
    )


def _cases(batch: Batch, facts: CaseContext) -> pl.DataFrame:
    """The components that say which region an officer goes to; only where the company lands in two."""
    return _NO_CASES if only_region(batch.company) is not None else facts.allocated
