"""Accounts of employees who became officers: which moved, which was made, from return and nDelius alone.

Source: staff_functions.md, officer and user. An account is moved, never copied: a login names one user.
Whose it is stands in reconcile.allocation.account_claims.
"""

import polars as pl

from reconcile.allocation.account_claims import MADE, claims, is_open_account, known_accounts, known_officers
from reconcile.differences import ACCESS, differences_of
from reconcile.expected.changes import expect
from reconcile.expected.stamps import DAY_1
from reconcile.proofs.fields import Expected
from reconcile.sources.evidence import Country, Evidence

USER, AREA_USER = "USER_", "PROBATION_AREA_USER"
TWO_USERS = "A login names two users after the load and did not before: readers look for exactly one."


def with_accounts(evidence: Evidence, employees: pl.DataFrame) -> pl.DataFrame:
    """`employees` (officer_codes, user, surname, first_name) with what nDelius makes of them.

    Adds `account`: key of the account that moves, MADE where one is made, null where none is;
    `known_surname`, `known_first_name`: the names of the new STAFF row.
    """
    claimed = evidence.country.claimed
    baseline = evidence.country.baseline
    known = known_officers(baseline, evidence.company, known_accounts(baseline))
    found = [
        (claimed.settled(claim), claim.surname, claim.first_name)
        for claim in claims(employees, evidence.delivery, known)
    ]
    names = ("account", "known_surname", "known_first_name")
    return employees.with_columns(
        pl.Series(name, [line[place] for line in found], pl.String) for place, name in enumerate(names)
    )


def expected_account_changes(officers: pl.DataFrame) -> pl.DataFrame:
    """EXPECTED_CHANGE: the accounts that belong to the new STAFF row.

    `officers`: `with_accounts`, with `staff`, the key of that row.
    """
    moved = officers.filter(pl.col("account").is_not_null() & (pl.col("account") != MADE))
    return expect(moved.with_columns(pl.col("account").alias("key")), USER, "STAFF_ID", pl.col("staff"))


def expected_areas(evidence: Evidence, officers: pl.DataFrame, writer: str) -> Expected:
    """The region among the areas of every account that moved or was made, where it was not there before.

    `officers`: `with_accounts`, with `home` (the region) and `new_user`, the key of the account made.
    """
    areas = evidence.country.lists.codes("PROBATION AREA").select(pl.col("code").alias("home"), "id")
    rows = (
        officers.filter(pl.col("account").is_not_null())
        .with_columns(
            pl.when(pl.col("account") == MADE).then("new_user").otherwise("account").alias("user_id"),
            pl.col("home").alias("area"),
        )
        .join(areas, on="home", how="left", maintain_order="left")
        .with_columns(pl.concat_str("user_id", "id", separator=":").alias("key"))
    )
    there = evidence.country.snapshot.has(AREA_USER, rows["key"].drop_nulls())
    return Expected(AREA_USER, writer, rows.filter(~pl.col("key").is_in(there.implode()).fill_null(False)))


def find_double_logins(country: Country) -> pl.DataFrame:
    """Differences of logins that name more users in use after the load than before, and more than one."""
    before = country.baseline["user"].filter(is_open_account()).select(_login(pl.col("user")).alias("login"))
    ends = pl.col("END_DATE")
    after = (
        country.lists.table(USER)
        .filter(ends.is_null() | (ends > DAY_1))
        .select("key", _login(pl.col("DISTINGUISHED_NAME")).alias("login"))
    )
    counts = before.group_by("login").len("before")
    told = after.with_columns(pl.len().over("login").alias("after")).join(counts, on="login", how="left")
    wrong = told.filter((pl.col("after") > 1) & (pl.col("after") > pl.col("before").fill_null(0)))
    named = wrong.select("key", pl.lit(USER).alias("table"), pl.lit("DISTINGUISHED_NAME").alias("column"))
    return differences_of(named, ACCESS, TWO_USERS)


def _login(user: pl.Expr) -> pl.Expr:
    return user.str.to_lowercase()
