"""The payroll total: the salaries of the return and every difference, each explained (staff_functions.md)."""

import polars as pl

from mappings.staff.assignment import OUTCOMES, TRANSFERRING
from mappings.staff.exact_money import MONEY
from vocabulary.batch import NOT_IN_SCOPE

RETURN, REPEATED, UNPRICED, UPLIFT, PAYROLL = "return", "repeated", "unpriced", "uplift", "payroll"
"""Lines beside the outcomes: salaries as delivered, rows sent twice (T10), employees without hours to reckon
by, what the next pay points add, and the payroll build itself."""


def payroll_account(employees: pl.DataFrame, paid: pl.DataFrame) -> pl.DataFrame:
    """`line, employees, amount`: the return, what is taken off or added, and the payroll build.

    Args:
        employees: every row of the return with `row_outcome` as it was before the assignment.
        paid: the assigned rows with pay.

    The lines before `payroll` sum to it, to the penny; `amount` is signed, in pounds a year.
    """
    coming = paid.filter(pl.col("outcome").is_in(TRANSFERRING))
    priced = coming.filter(pl.col("new_salary").is_not_null())
    salary = pl.col("salary")
    lines = [
        _line(RETURN, employees, salary),
        _line(REPEATED, employees.filter(pl.col("row_outcome") == NOT_IN_SCOPE), -salary),
        *(
            _line(outcome, paid.filter(pl.col("outcome") == outcome), -salary)
            for outcome in OUTCOMES
            if outcome not in TRANSFERRING
        ),
        _line(UNPRICED, coming.filter(pl.col("new_salary").is_null()), -salary),
        _line(UPLIFT, priced.filter(pl.col("uplift") != 0), pl.col("uplift")),
        _line(PAYROLL, priced, pl.col("new_salary") + pl.col("protected_pay")),
    ]
    return pl.concat(lines)


def _line(name: str, rows: pl.DataFrame, amount: pl.Expr) -> pl.DataFrame:
    return rows.select(
        pl.lit(name).alias("line"),
        pl.len().cast(pl.Int64).alias("employees"),
        amount.cast(MONEY).sum().cast(MONEY).alias("amount"),
    )
