"""The accounts (USER_) of employees who become officers: which moves, which is made, which waits (S14).

A login names one user, and restrictions and exclusions hang on it: the account moves with the employee and is
not copied. Letters of logins and officer codes are compared without case, surnames by their letters alone.
"""

import polars as pl

from mappings.staff.limited_access import as_login
from mappings.staff.officer_codes import EMPLOYEE
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.employment import officer_codes
from vocabulary.findings import findings_of

ACCOUNT_SCHEMA = {
    **dict.fromkeys((*EMPLOYEE, "staff_first_name", "staff_surname"), pl.String),
    "user_id": pl.Int64,
    "login": pl.String,
    "is_new": pl.Boolean,
    "is_confirmed": pl.Boolean,
    "differs": pl.String,
}
"""Of each employee with an officer code: the names that nDelius has (null where it knows no such officer),
the account that moves, the login from Day 1 on (as nDelius spells it; null while it waits), whether a user
is to be made for it, whether nDelius agrees at all that this is the officer, and the words that differ."""

NEW_ACCOUNT_SCHEMA = {**ACCOUNT_SCHEMA, "region": pl.String, "new_officer": pl.String}
"""The same of those who become officers of a region."""

LOGIN, NAME, CODE = "user", "surname", "officer_codes"


def officer_accounts(employees: pl.DataFrame, baseline: Batch, company: str) -> pl.DataFrame:
    """ACCOUNT_SCHEMA of `employees` (assigned rows) who have an officer code, in their order."""
    people = officer_codes(employees).select(*EMPLOYEE, "officer", "officer_code", LOGIN, NAME)
    named = _with_officer(people, baseline, company)
    users = _users(baseline)
    own = _own_accounts(named, users)
    judged = (
        _summed_up(named)
        .join(own, on=EMPLOYEE, how="left", maintain_order="left")
        .join(_best_names(named, own), on=EMPLOYEE, how="left", maintain_order="left")
        .with_columns(as_login(pl.col(LOGIN)).alias("_login"))
        .with_columns(
            pl.col("_login").is_in(users["_login"].implode()).fill_null(False).alias("_is_known"),
            pl.col("_login").is_duplicated().alias("_is_shared"),
        )
    )
    return judged.with_columns(*_decided()).select(*_written(), *_agreement()).select(list(ACCOUNT_SCHEMA))


def account_findings(employees: pl.DataFrame, accounts: pl.DataFrame) -> pl.DataFrame:
    """S14 on each of `employees` of whom something differs; the finding names the words."""
    differing = accounts.filter(pl.col("differs") != "").select(*EMPLOYEE, "differs")
    rows = employees.join(differing, on=EMPLOYEE, how="inner", maintain_order="left")
    found = [
        findings_of(group, "S14", "employee", str(words))
        for (words,), group in rows.group_by("differs", maintain_order=True)
    ]
    return pl.concat(found) if found else findings_of(rows, "S14", "employee", LOGIN)


def with_officers(accounts: pl.DataFrame, officers: pl.DataFrame) -> pl.DataFrame:
    """NEW_ACCOUNT_SCHEMA: `accounts` of who becomes an officer.

    `officers`: company, employee_ref, region, new_officer.
    """
    once = officers.select(*EMPLOYEE, "region", "new_officer").unique(EMPLOYEE, keep="first")
    return accounts.join(once, on=EMPLOYEE, how="inner", maintain_order="left").select(
        list(NEW_ACCOUNT_SCHEMA)
    )


def without_shared(accounts: pl.DataFrame) -> pl.DataFrame:
    """`accounts` of all companies: a login that nDelius does not know is made for one user or for none."""
    is_twice = as_login(pl.col("login")).is_duplicated() & pl.col("is_new")
    return accounts.with_columns(
        pl.when(is_twice).then(pl.lit(False)).otherwise("is_new").alias("is_new"),
        pl.when(is_twice).then(pl.lit(LOGIN)).otherwise("differs").alias("differs"),
        pl.when(~is_twice).then("login").alias("login"),
    )


def _letters(name: pl.Expr) -> pl.Expr:
    """Capitals without accents or marks: `D'Arcy-Lé` is DARCYLE."""
    return name.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}]", "")


def _with_officer(people: pl.DataFrame, baseline: Batch, company: str) -> pl.DataFrame:
    """One row per employee and code with the STAFF row of the company that bears it (null: none)."""
    # Of several rows with one code the one that has not ended, else the one that ended last.
    staff = (
        baseline.carried("delius", "staff")
        .filter(pl.col("area") == company)
        .sort("end_date", nulls_last=True, maintain_order=True)
    )
    known = staff.select(
        "staff_id",
        pl.col("officer").str.to_uppercase(),
        pl.col("officer").alias("_code"),
        pl.col("first_name").alias("staff_first_name"),
        pl.col("surname").alias("staff_surname"),
    ).unique("officer", keep="last", maintain_order=True)
    return people.join(known, on="officer", how="left", maintain_order="left").with_columns(
        (_letters(pl.col("staff_surname")) == _letters(pl.col(NAME))).alias("_has_name"),
        (pl.col("_code") == pl.col("officer_code")).alias("_has_code"),
    )


def _users(baseline: Batch) -> pl.DataFrame:
    """Every account of nDelius: user_id, staff_id, `user`, `_login`, `_is_open`."""
    users = baseline.all("delius", "user")
    return users.select(
        "user_id",
        "staff_id",
        pl.col("user").alias("_user"),
        as_login(pl.col("user")).alias("_login"),
        (pl.col("end_date").is_null() | (pl.col("end_date") >= DAY_1)).alias("_is_open"),
    )


def _own_accounts(named: pl.DataFrame, users: pl.DataFrame) -> pl.DataFrame:
    """EMPLOYEE and the account of their STAFF rows: the open one with the login before another open one.

    `_account`, `_spelled`, `_own_staff`, `_has_login` (it is the login of the return), `_is_elsewhere`: an
    account of somebody else has the login.
    """
    login = as_login(pl.col(LOGIN))
    rows = named.select(*EMPLOYEE, LOGIN, "staff_id").drop_nulls("staff_id")
    open_ones = (
        rows.join(users.filter("_is_open"), on="staff_id", how="inner", maintain_order="left")
        .with_columns((pl.col("_login") == login).fill_null(False).alias("_has_login"))
        .sort("_has_login", "user_id", descending=[True, False], maintain_order=True)
        .unique(EMPLOYEE, keep="first", maintain_order=True)
        .select(
            *EMPLOYEE,
            pl.col("user_id").alias("_account"),
            pl.col("_user").alias("_spelled"),
            pl.col("staff_id").alias("_own_staff"),
            "_has_login",
        )
    )
    bearers = named.select(*EMPLOYEE, login.alias("_login")).unique().join(users, on="_login", how="inner")
    elsewhere = bearers.join(
        rows.select(*EMPLOYEE, "staff_id").unique(), on=[*EMPLOYEE, "staff_id"], how="anti"
    ).select(EMPLOYEE)
    everybody = named.select(EMPLOYEE).unique(maintain_order=True)
    marked = elsewhere.unique().with_columns(_is_elsewhere=pl.lit(True))
    return everybody.join(open_ones, on=EMPLOYEE, how="left").join(marked, on=EMPLOYEE, how="left")


def _summed_up(named: pl.DataFrame) -> pl.DataFrame:
    """One row per employee: LOGIN, and how its codes and names agree with nDelius."""
    return named.group_by(EMPLOYEE, maintain_order=True).agg(
        pl.col(LOGIN).first(),
        pl.col("staff_id").is_not_null().any().alias("_has_staff"),
        pl.col("_has_name").any().fill_null(False).alias("_has_a_name"),
        (~pl.col("_has_name")).any().fill_null(False).alias("_name_differs"),
        (~pl.col("_has_code")).any().fill_null(False).alias("_code_differs"),
    )


def _best_names(named: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """The names of the STAFF row whose account moves, else of one whose surname agrees, else of the first."""
    account = own.select(*EMPLOYEE, "_own_staff", "_has_login")
    rows = named.drop_nulls("staff_id").join(account, on=EMPLOYEE, how="left", maintain_order="left")
    has_account = (pl.col("staff_id") == pl.col("_own_staff")) & pl.col("_has_login")
    return (
        rows.with_columns(has_account.fill_null(False).alias("_has_account"))
        .sort("_has_account", "_has_name", descending=True, nulls_last=True, maintain_order=True)
        .unique(EMPLOYEE, keep="first", maintain_order=True)
        .select(*EMPLOYEE, "staff_first_name", "staff_surname")
    )


def _decided() -> list[pl.Expr]:
    """`_moves`: the account moves. `_is_made`: a user is made. `_login_differs`, `_is_doubted`."""
    given, has_login = pl.col("_login").is_not_null(), pl.col("_has_login").fill_null(False)
    elsewhere, has_account = pl.col("_is_elsewhere").fill_null(False), pl.col("_account").is_not_null()
    differs = given & ~has_login & (pl.col("_is_known") | has_account)
    # Neither name nor login is this officer's: two codes may be swapped, so nobody's account goes along.
    doubted = pl.col("_has_staff") & ~pl.col("_has_a_name") & differs
    is_made = given & ~pl.col("_is_known") & ~has_account & ~pl.col("_is_shared")
    return [
        (has_account & (has_login | (~elsewhere & ~doubted))).alias("_moves"),
        is_made.alias("_is_made"),
        (differs | (given & ~pl.col("_is_known") & ~has_account & pl.col("_is_shared"))).alias("_differs"),
        doubted.alias("_is_doubted"),
    ]


def _written() -> list[pl.Expr | str]:
    return [
        *EMPLOYEE,
        "staff_first_name",
        "staff_surname",
        pl.when("_moves").then("_account").alias("user_id"),
        pl.when("_moves").then("_spelled").when("_is_made").then(LOGIN).alias("login"),
        pl.col("_is_made").alias("is_new"),
    ]


def _agreement() -> list[pl.Expr]:
    words = {LOGIN: "_differs", NAME: "_name_differs", CODE: "_code_differs"}
    said = [pl.when(name).then(pl.lit(word)) for word, name in words.items()]
    return [
        (~pl.col("_is_doubted")).alias("is_confirmed"),
        pl.concat_str(said, separator=";", ignore_nulls=True).alias("differs"),
    ]
