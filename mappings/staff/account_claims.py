"""Accounts that more than one employee claims, of one company or several, and what waits for an answer (S14).

A login names one user: what two claim goes to neither, unless one of them has it by nDelius itself.
"""

import polars as pl

from mappings.staff.accounts import ACCOUNT_SCHEMA, LOGIN
from mappings.staff.officer_codes import EMPLOYEE
from vocabulary.employment import ACCOUNT_QUESTION, GIVEN_LOGIN, NO_ACCOUNT, OWN_ACCOUNT
from vocabulary.findings import findings_of

NO_ACCOUNTS = pl.DataFrame(schema=ACCOUNT_SCHEMA)


def settle_claims(accounts: pl.DataFrame) -> pl.DataFrame:
    """ACCOUNT_SCHEMA of all companies together: each login with one user, each account with one employee.

    A login that nDelius does not know is made for one user or for none. An account that an answer takes to an
    employee stays where somebody else claims it too, by nDelius or by another answer; the question is open
    again. Who waits is offered no account that moves with another.
    """
    is_twice = pl.col("is_new") & pl.col("wanted").is_duplicated()
    is_lost = (pl.col("answer") == GIVEN_LOGIN).fill_null(False) & pl.col("user_id").is_duplicated()
    stays = is_twice | is_lost
    settled = accounts.with_columns(
        pl.when(is_twice).then(_with_login()).otherwise("differs").alias("differs"),
        (pl.col("is_new") & ~is_twice).alias("is_new"),
        *(pl.when(~stays).then(name).alias(name) for name in ("user_id", "login", "answer")),
    )
    taken = settled["user_id"].drop_nulls()
    is_free = ~pl.col("login_account").is_in(taken.implode()) | (pl.col("answer") == GIVEN_LOGIN)
    return settled.with_columns(pl.when(is_free).then("login_account").alias("login_account")).select(
        list(ACCOUNT_SCHEMA)
    )


def shared_findings(employees: pl.DataFrame, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """S14 of `employees` whose login another gives as well: a user was to be made and is not.

    `before`, `after`: ACCOUNT_SCHEMA of the company without and with the claims of all.
    """
    withheld = after.filter(~pl.col("is_new")).join(before.filter("is_new"), on=EMPLOYEE, how="semi")
    rows = employees.join(withheld.select(EMPLOYEE), on=EMPLOYEE, how="semi", maintain_order="left")
    return findings_of(rows, "S14", "employee", LOGIN)


def waiting_accounts(settled: pl.DataFrame) -> pl.DataFrame:
    """Those of whom the login differs, no account moves and nobody has answered."""
    names_login = pl.col("differs").str.split(";").list.contains(LOGIN)
    return settled.filter(names_login & pl.col("user_id").is_null() & pl.col("answer").is_null())


def account_questions(settled: pl.DataFrame) -> pl.DataFrame:
    """`employee_ref, decision`: the questions about accounts, beside those of mappings.staff.decisions."""
    return waiting_accounts(settled).select("employee_ref", pl.lit(ACCOUNT_QUESTION).alias("decision"))


def account_choices(waiting: dict[str, str | None]) -> tuple[str, ...]:
    """The answers that there are for one of `waiting_accounts`."""
    offered = {OWN_ACCOUNT: waiting["own_account"], GIVEN_LOGIN: waiting["login_account"]}
    return (*(answer for answer, account in offered.items() if account is not None), NO_ACCOUNT)


def _with_login() -> pl.Expr:
    others = pl.when(pl.col("differs") != "").then("differs")
    return pl.concat_str(pl.lit(LOGIN), others, separator=";", ignore_nulls=True)
