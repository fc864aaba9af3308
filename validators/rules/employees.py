"""The staff return: P09, S01 to S03, S08, S10, S11. What the assignment decides is in mappings."""

from decimal import Decimal

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch
from vocabulary.business_days import business_days_after
from vocabulary.calendar import DAY_1
from vocabulary.decisions import STAFF
from vocabulary.employment import (
    SHARES,
    is_not_in_post,
    is_placed_elsewhere,
    officer_codes,
    with_role_answers,
)
from vocabulary.findings import collect
from vocabulary.identifiers import is_national_insurance

WHOLE = 100
SLIP = Decimal("0.1")
"""Percentage points by which the shares may miss the whole: three thirds are 99.99 (S03)."""
APPEAL_DAYS = 15
"""Business days from the letter in which an appeal may be lodged (BR22)."""

CLEARED = "CLEARED"


@judges("staff", rules="S01 S02 S03")
def setting_aside(batch: Batch) -> list[pl.DataFrame]:
    """Findings of S01, S02 and S03, which set the row aside.

    Only rows that no earlier answer has placed already: not in post, objecting, sub-contracted unless an
    operator gave a function (staff_functions.md, assignment 1 to 3). The others still count when numbers and
    codes are compared.
    """
    answered = with_role_answers(batch.all("staff", "employee"), batch.decided.get(STAFF))
    employees = answered.with_columns((_different("ni_number", "employee_ref") > 1).alias("has_two_numbers"))
    is_judged = ~is_not_in_post() & ~is_placed_elsewhere()
    shares = pl.sum_horizontal(SHARES, ignore_nulls=False)
    return [
        failing(employees, is_judged & pl.col("has_two_numbers"), "S01", "employee", "ni_number"),
        collect([failing(_sharing_a_code(employees), is_judged, "S02", "employee", "officer_codes")]),
        failing(employees, is_judged & ((shares - WHOLE).abs() > SLIP), "S03", "employee", ";".join(SHARES)),
    ]


@judges("staff", rules="P09 S08 S10 S11")
def warnings(batch: Batch, baseline: Batch) -> list[pl.DataFrame]:
    """Findings of P09, S08, S10 and S11 on carried rows."""
    employees = batch.carried("staff", "employee")
    last_day = business_days_after(pl.col("letter_date"), APPEAL_DAYS)
    has_number = is_national_insurance(pl.col("ni_number"))
    return [
        failing(employees, ~has_number, "P09", "employee", "ni_number"),
        failing(employees, pl.col("appeal_date") > last_day, "S08", "employee", "appeal_date"),
        failing(employees, pl.col("vetting_status") != CLEARED, "S10", "employee", "vetting_status"),
        failing(employees, pl.col("vetting_expiry_date") < DAY_1, "S10", "employee", "vetting_expiry_date"),
        _unknown_officers(employees, baseline, batch.company),
    ]


def _sharing_a_code(employees: pl.DataFrame) -> pl.DataFrame:
    """The rows, once per code, whose officer code belongs to several employees (BR31)."""
    named = officer_codes(employees)
    return named.filter(_different("employee_ref", "officer") > 1)


def _different(word: str, of: str) -> pl.Expr:
    """How many different values of `word` the rows of one `of` have; a blank is none, and has none."""
    values = pl.col(word).drop_nulls().n_unique().over(of)
    return pl.when(pl.col(of).is_not_null()).then(values)


def _unknown_officers(employees: pl.DataFrame, baseline: Batch, company: str) -> pl.DataFrame:
    staff = baseline.standing("staff").filter(
        (pl.col("area") == company) & (pl.col("end_date").is_null() | (pl.col("end_date") >= DAY_1))
    )
    is_unknown = ~pl.col("officer").is_in(staff["officer"].str.to_uppercase().implode())
    return collect([failing(officer_codes(employees), is_unknown, "S11", "employee", "officer_codes")])
