"""The lists that go out to HR, payroll and suppliers, as frames; reports make workbooks and CSV of them."""

from dataclasses import dataclass

import polars as pl

from mappings.staff.account_claims import NO_ACCOUNTS, account_questions
from mappings.staff.assignment import (
    APPEAL_OPEN,
    OBJECTED,
    OUTCOMES,
    SUB_CONTRACTED,
    TRANSFERRING,
)
from mappings.staff.decisions import DECISION_SCHEMA, open_questions
from mappings.staff.pension import employer_rate
from vocabulary.calendar import DAY_1
from vocabulary.employment import DYNAMIC_FRAMEWORK

WHO = ["company", "source_file", "source_row", "employee_ref", "surname", "first_name"]
FIGURES = ["leading_function", "leading_share", "second_share", "threshold"]
ASSIGNED = ["outcome", "function", "goes_to", "region", "region_from"]
APPEAL = ["letter_date", "appeal_date", "appeal_outcome", "appeal_function"]
PAID = [
    "grade", "grade_target", "contracted_hours", "salary", "fte_salary", "band", "new_point", "point_salary",
    "protected_37_hours", "protected_until", "new_salary", "protected_pay", "uplift", "pension",
]  # fmt: skip
CLEARED = "CLEARED"


@dataclass(frozen=True)
class StaffLists:
    """One frame per list; all but `assignment` hold the employees it concerns.

    `assignment`: every employee with outcome and figures, by region and function. `counts`: region, outcome,
    employees. `decisions`: one line per open question, to be answered. `suppliers`, `appeals`, `objectors`.
    `sub_contracted`: whose role in the supply chain has no service on Day 1, and who decided that it stays so
    (S15).
    `payroll`: who comes, with grade, pay and pension. `vetting`: who comes and is not cleared on Day 1.
    """

    assignment: pl.DataFrame
    counts: pl.DataFrame
    decisions: pl.DataFrame
    suppliers: pl.DataFrame
    sub_contracted: pl.DataFrame
    appeals: pl.DataFrame
    objectors: pl.DataFrame
    payroll: pl.DataFrame
    vetting: pl.DataFrame


def list_rows(assigned: pl.DataFrame, accounts: pl.DataFrame = NO_ACCOUNTS) -> StaffLists:
    """The lists of `assigned`: employees with outcome, pay and pension, after the decisions.

    `accounts`: of who comes, after the claims of all companies (mappings.staff.account_claims)."""
    ordered = _by_region(assigned)
    comes = ordered.filter(pl.col("outcome").is_in(TRANSFERRING))
    is_told = pl.col("appeal_date").is_not_null() | pl.col("appeal_outcome").is_not_null()
    has_appealed = is_told | (pl.col("outcome") == APPEAL_OPEN)
    return StaffLists(
        assignment=ordered.select(*WHO, "job_title", *ASSIGNED, *FIGURES, "step", "rule", *_decided(ordered)),
        counts=_counts(ordered),
        decisions=_questions(ordered, accounts),
        suppliers=ordered.filter(pl.col("outcome") == DYNAMIC_FRAMEWORK).select(*WHO, "supplier", "region"),
        sub_contracted=ordered.filter(pl.col("outcome") == SUB_CONTRACTED).select(
            *WHO, "job_title", "sub_contracted_role", "supplier", "region", "role_answer", *_decided(ordered)
        ),
        appeals=ordered.filter(has_appealed).select(*WHO, *APPEAL, *ASSIGNED, *FIGURES, _is_open()),
        objectors=ordered.filter(pl.col("outcome") == OBJECTED).select(*WHO, "job_title", "region"),
        payroll=comes.select(*WHO, "ni_number", *ASSIGNED, *PAID, employer_rate()),
        vetting=comes.filter(_is_due()).select(
            *WHO, "region", "function", "vetting_status", "vetting_expiry_date"
        ),
    )


def _by_region(assigned: pl.DataFrame) -> pl.DataFrame:
    """Regions and outcomes in their order, then as delivered; without region last."""
    rank = pl.col("outcome").replace_strict({name: rank for rank, name in enumerate(OUTCOMES)})
    return assigned.sort("region", rank, maintain_order=True, nulls_last=True)


def _counts(ordered: pl.DataFrame) -> pl.DataFrame:
    return ordered.group_by("region", "outcome", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("employees")
    )


def _questions(ordered: pl.DataFrame, accounts: pl.DataFrame) -> pl.DataFrame:
    """One line per question with the figures, the choices' columns blank, and room to sign."""
    known = [*WHO, "job_title", "region_from", *FIGURES, "appeal_date", "probation_share"]
    questions = pl.concat([open_questions(ordered), account_questions(accounts)])
    asked = ordered.select(*known).join(questions, on="employee_ref", how="inner")
    blank = [pl.lit(None, pl.String).alias(word) for word in DECISION_SCHEMA if word not in asked.columns]
    return asked.with_columns(blank)


def _decided(ordered: pl.DataFrame) -> list[str]:
    return [word for word in ("decided_by", "decided_on", "decided_why") if word in ordered.columns]


def _is_open() -> pl.Expr:
    return (pl.col("outcome") == APPEAL_OPEN).alias("is_open")


def _is_due() -> pl.Expr:
    """Not cleared, or cleared until a day before Day 1 (S10)."""
    is_expired = (pl.col("vetting_expiry_date") < DAY_1).fill_null(False)
    return (pl.col("vetting_status") != CLEARED) | is_expired
