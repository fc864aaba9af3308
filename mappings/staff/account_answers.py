"""What an operator says of an officer whose login is not theirs in nDelius (S14), and what may be said."""

import polars as pl

from mappings.staff.officer_codes import EMPLOYEE
from vocabulary.companies import companies
from vocabulary.employment import ACCOUNT_QUESTION, GIVEN_LOGIN, NO_ACCOUNT, OWN_ACCOUNT


def login_accounts(given: pl.DataFrame, users: pl.DataFrame) -> pl.DataFrame:
    """EMPLOYEE, `_login_account`, `_login_spelled`: the one open account with the login of the return.

    Only in the name of the employee, and nobody's or an officer's of a company: accounts of areas that go on
    stay with them.

    Args:
        given: EMPLOYEE, `_login`, `_surname` (letters) of the return.
        users: every account with `_login`, `_user_surname` (letters), `_user_area`, `_is_open`.
    """
    bearers = given.join(users.filter("_is_open"), on="_login", how="inner", maintain_order="left")
    is_free = pl.col("staff_id").is_null() | pl.col("_user_area").is_in(list(companies())).fill_null(False)
    is_theirs = (pl.col("_user_surname") == pl.col("_surname")) & (pl.col("_surname") != "")
    return bearers.filter(pl.len().over(EMPLOYEE) == 1, is_free, is_theirs).select(
        *EMPLOYEE, pl.col("user_id").alias("_login_account"), pl.col("_user").alias("_login_spelled")
    )


def with_account_answers(judged: pl.DataFrame, answers: pl.DataFrame | None) -> pl.DataFrame:
    """`judged` with `answer`: what was said where there is something to say, else null.

    No account moves (`_waits`), or a user is to be made and `none` says that it is not. `answers`:
    employee_ref, decision, answer; None where nobody answered anything.
    """
    if answers is None:
        return judged.with_columns(pl.lit(None, pl.String).alias("answer"))
    given = answers.filter(decision=ACCOUNT_QUESTION).select("employee_ref", pl.col("answer").alias("_said"))
    once = given.unique("employee_ref", keep="first", maintain_order=True)
    said, waits = pl.col("_said"), pl.col("_waits")
    can_be = {
        NO_ACCOUNT: waits | pl.col("_is_made"),
        OWN_ACCOUNT: waits & pl.col("_account").is_not_null(),
        GIVEN_LOGIN: waits & pl.col("_is_named") & pl.col("_login_account").is_not_null(),
    }
    is_sayable = pl.any_horizontal((said == answer) & condition for answer, condition in can_be.items())
    return (
        judged.join(once, on="employee_ref", how="left", maintain_order="left")
        .with_columns(pl.when(is_sayable).then(said).alias("answer"))
        .drop("_said")
    )
