"""What the staff return says of an employee before anything is decided: expressions over its words.

Rules and assignment share them, because the first answers of staff_functions.md come before any rule.
"""

import polars as pl

from vocabulary.calendar import DAY_1, LAST_CRC_DAY

SHARES = (
    "share_sentence_management", "share_unpaid_work", "share_programmes",
    "share_structured_interventions", "share_resettlement", "share_corporate",
)  # fmt: skip
"""Percentages of the employee's own time, whatever the hours; together 100 within 0.1 (S03)."""

FRAMEWORK = "FRAMEWORK"
"""The one role in the supply chain that has a service of the Dynamic Framework on Day 1 (S05)."""

ROLE_QUESTION = "sub_contracted"
"""What becomes of somebody with another role: asked about each (S15)."""

DYNAMIC_FRAMEWORK, NO_SERVICE = "dynamic_framework", "no_service"
"""Answers beside a function: goes to the framework supplier, or stays with the supplier as it is."""

ACCOUNT_QUESTION = "account"
"""Which account moves with an officer whose login is not theirs in nDelius (S14)."""

OWN_ACCOUNT, GIVEN_LOGIN, NO_ACCOUNT = "officer", "login", "none"
"""Answers: the account of the officer code, the account of the login that the return gives, none at all."""

CODE_MARK = ";"
"""Stands between two officer codes of one employee."""


def is_not_in_post() -> pl.Expr:
    """Left before Day 1, or joins after the companies' last day (S09)."""
    return ((pl.col("end_date") < DAY_1) | (pl.col("start_date") > LAST_CRC_DAY)).fill_null(False)


def with_role_answers(employees: pl.DataFrame, answers: pl.DataFrame | None) -> pl.DataFrame:
    """`employees` with `role_answer`: what an operator said of a role without a service (S15), else null.

    `answers`: employee_ref, decision, answer; None where nobody answered anything.
    """
    if answers is None or answers.is_empty():
        return employees.with_columns(pl.lit(None, pl.String).alias("role_answer"))
    given = answers.filter(decision=ROLE_QUESTION).select("employee_ref", pl.col("answer").alias("_answer"))
    once = given.unique("employee_ref", keep="first", maintain_order=True)
    has_service = (pl.col("sub_contracted_role_target") == FRAMEWORK).fill_null(False)
    is_asked = pl.col("is_sub_contracted").fill_null(False) & ~has_service
    joined = employees.join(once, on="employee_ref", how="left", maintain_order="left")
    return joined.with_columns(pl.when(is_asked).then("_answer").alias("role_answer")).drop("_answer")


def is_placed_elsewhere() -> pl.Expr:
    """Objects (S06), or works for a supplier and no answer gives a function (S05, S15): does not come.

    For rows with `role_answer` (with_role_answers).
    """
    is_with_supplier = pl.col("role_answer").fill_null(NO_SERVICE).is_in([DYNAMIC_FRAMEWORK, NO_SERVICE])
    is_sub_contracted = pl.col("is_sub_contracted").fill_null(False) & is_with_supplier
    return pl.col("has_objected").fill_null(False) | is_sub_contracted


def officer_codes(employees: pl.DataFrame) -> pl.DataFrame:
    """`employees` with one row per officer code: `officer_code` as given, `officer` in capitals, as codes are
    compared; who has none is left out."""
    return (
        employees.with_columns(pl.col("officer_codes").str.split(CODE_MARK).alias("officer_code"))
        .explode("officer_code")
        .with_columns(pl.col("officer_code").str.strip_chars())
        .filter((pl.col("officer_code") != "").fill_null(False))
        .with_columns(pl.col("officer_code").str.to_uppercase().alias("officer"))
    )
