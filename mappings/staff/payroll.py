"""The payroll total: the salaries of the return and every difference, each explained (staff_functions.md)."""

import polars as pl

from mappings.allocation.routing import NO_TEAMS
from mappings.staff.assignment import OUTCOMES, TRANSFERRING
from mappings.staff.exact_money import MONEY
from mappings.staff.region import with_region
from vocabulary.batch import NOT_IN_SCOPE

RETURN, REPEATED, UNPRICED, UPLIFT, PAYROLL = "return", "repeated", "unpriced", "uplift", "payroll"
"""Lines beside the outcomes: salaries as delivered, rows sent twice (T10), employees without hours to reckon
by, what the next pay points add, and the payroll build itself."""


NO_REGION = "unknown"
"""Stands for the region of who waits for one."""


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


def payroll_by_region(
    employees: pl.DataFrame, paid: pl.DataFrame, company: str, decided: pl.DataFrame = NO_TEAMS
) -> pl.DataFrame:
    """`payroll_account` of each region, with `region`; NO_REGION for employees whom nothing places.

    `decided`: answers about teams (mappings.allocation.routing).
    """
    row = ["source_file", "source_row"]
    # A decision may have placed an employee; a row sent twice is in no assignment, so it is placed here.
    placed = with_region(employees, company, decided).select(*row, pl.col("region").alias("_own"))
    answered = paid.select(*row, pl.col("region").alias("_decided"))
    region = pl.coalesce("_decided", "_own", pl.lit(NO_REGION)).alias("region")
    everybody = (
        employees.join(placed, on=row, how="left", maintain_order="left")
        .join(answered, on=row, how="left", maintain_order="left")
        .with_columns(region)
    )
    known = paid.with_columns(pl.col("region").fill_null(NO_REGION))
    return pl.concat(
        [
            payroll_account(rows, known.filter(pl.col("region") == name)).with_columns(
                pl.lit(name).alias("region")
            )
            for (name,), rows in everybody.group_by("region", maintain_order=True)
        ]
        or [payroll_account(everybody, known).with_columns(pl.lit(NO_REGION).alias("region"))]
    )


def _line(name: str, rows: pl.DataFrame, amount: pl.Expr) -> pl.DataFrame:
    return rows.select(
        pl.lit(name).alias("line"),
        pl.len().cast(pl.Int64).alias("employees"),
        amount.cast(MONEY).sum().cast(MONEY).alias("amount"),
    )
