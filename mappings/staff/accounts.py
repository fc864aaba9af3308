"""The accounts (USER_) of employees who become officers: which moves, which is made, which waits (S14).

A login names one user, and restrictions and exclusions hang on it: the account moves with the employee and is
not copied. Letters of logins and officer codes are compared without case, surnames by their letters alone.
What several employees claim is settled over all companies afterwards (mappings.staff.account_claims).
"""

import polars as pl

from mappings.staff.account_answers import login_accounts, with_account_answers
from mappings.staff.limited_access import as_login
from mappings.staff.officer_codes import EMPLOYEE
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1
from vocabulary.employment import GIVEN_LOGIN, OWN_ACCOUNT, officer_codes
from vocabulary.findings import findings_of

ACCOUNT_SCHEMA = {
    **dict.fromkeys((*EMPLOYEE, "staff_first_name", "staff_surname"), pl.String),
    "user_id": pl.Int64,
    "login": pl.String,
    "is_new": pl.Boolean,
    "is_confirmed": pl.Boolean,
    "differs": pl.String,
    "wanted": pl.String,
    "own_account": pl.Int64,
    "own_login": pl.String,
    "login_account": pl.Int64,
    "given_login": pl.String,
    "answer": pl.String,
}
"""Of each employee with an officer code: the names that nDelius has (null where it knows no such officer),
the account that moves, the login from Day 1 on (as nDelius spells it; null while it waits), whether a user
is to be made for it, whether nDelius agrees at all that this is the officer, and the words that differ.

`wanted`: the login, in small letters, that a user is made for. `own_account`, `own_login`: the open account
of the officer code. `login_account`: the account that the login of the return may bring, else null.
`given_login`: that of the return. `answer`: what an operator said, where it could be said."""

NEW_ACCOUNT_SCHEMA = {**ACCOUNT_SCHEMA, "region": pl.String, "new_officer": pl.String}
"""The same of those who become officers of a region."""

LOGIN, NAME, CODE = "user", "surname", "officer_codes"


def officer_accounts(
    employees: pl.DataFrame, baseline: Batch, company: str, answers: pl.DataFrame | None = None
) -> pl.DataFrame:
    """ACCOUNT_SCHEMA of `employees` (assigned rows) who have an officer code, in their order.

    `answers`: employee_ref, decision, answer; None where nobody answered anything.
    """
    people = officer_codes(employees).select(*EMPLOYEE, "officer", "officer_code", LOGIN, NAME)
    named = _with_officer(people, baseline, company)
    users = _users(baseline)
    own = _own_accounts(named, users)
    judged = (
        _summed_up(named)
        .join(own, on=EMPLOYEE, how="left", maintain_order="left")
        .join(_best_names(named, own), on=EMPLOYEE, how="left", maintain_order="left")
        .join(login_accounts(_given(named), users), on=EMPLOYEE, how="left", maintain_order="left")
        .with_columns(as_login(pl.col(LOGIN)).alias("_login"))
        .with_columns(pl.col("_login").is_in(users["_login"].implode()).fill_null(False).alias("_is_known"))
        .with_columns(*_decided())
    )
    answered = with_account_answers(judged, answers)
    return answered.with_columns(*_written(), *_agreement()).select(list(ACCOUNT_SCHEMA))


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


def _letters(name: pl.Expr) -> pl.Expr:
    """Capitals without accents or marks: `D'Arcy-Lé` is DARCYLE."""
    return name.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}]", "")


def _with_officer(people: pl.DataFrame, baseline: Batch, company: str) -> pl.DataFrame:
    """One row per employee and code with the STAFF row of the company that bears it (null: none)."""
    # Of several rows with one code the one that has not ended, else the one that ended last.
    staff = (
        baseline.standing("staff")
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
    """Every account of nDelius: user_id, staff_id, `_user`, `_login`, `_is_open`, `_user_surname` (letters).

    `_user_area`: of the STAFF row; null of an account that is nobody's, or whose STAFF row there is not.
    """
    areas = baseline.standing("staff").select("staff_id", pl.col("area").alias("_user_area"))
    users = baseline.known("user").join(
        areas.unique("staff_id", keep="first"), on="staff_id", how="left", maintain_order="left"
    )
    return users.select(
        "user_id",
        "staff_id",
        "_user_area",
        _letters(pl.col("surname")).alias("_user_surname"),
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


def _given(named: pl.DataFrame) -> pl.DataFrame:
    """EMPLOYEE, `_login` and `_surname` (its letters) as the return gives them, one row per employee."""
    return named.unique(EMPLOYEE, keep="first", maintain_order=True).select(
        *EMPLOYEE, as_login(pl.col(LOGIN)).alias("_login"), _letters(pl.col(NAME)).alias("_surname")
    )


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
    """`_moves`: the account moves. `_is_made`: a user is made. `_waits`: neither, until somebody answers.
    `_differs`: the login. `_is_doubted`: login and surname. `_is_named`: the surname is not another."""
    given, has_login = pl.col("_login").is_not_null(), pl.col("_has_login").fill_null(False)
    elsewhere, has_account = pl.col("_is_elsewhere").fill_null(False), pl.col("_account").is_not_null()
    differs = given & ~has_login & (pl.col("_is_known") | has_account)
    # Neither name nor login is this officer's: two codes may be swapped, so nobody's account goes along.
    doubted = pl.col("_has_staff") & ~pl.col("_has_a_name") & differs
    is_made = given & ~pl.col("_is_known") & ~has_account
    moves = has_account & (has_login | (~elsewhere & ~doubted))
    return [
        moves.alias("_moves"),
        (differs & ~moves).alias("_waits"),
        (~pl.col("_has_staff") | pl.col("_has_a_name")).alias("_is_named"),
        is_made.alias("_is_made"),
        differs.alias("_differs"),
        doubted.alias("_is_doubted"),
    ]


def _written() -> list[pl.Expr]:
    is_own = pl.col("_moves") | (pl.col("answer") == OWN_ACCOUNT).fill_null(False)
    is_given = (pl.col("answer") == GIVEN_LOGIN).fill_null(False)
    is_made = pl.col("_is_made") & pl.col("answer").is_null()
    return [
        pl.when(is_own).then("_account").when(is_given).then("_login_account").alias("user_id"),
        pl.when(is_own)
        .then("_spelled")
        .when(is_given)
        .then("_login_spelled")
        .when(is_made)
        .then(LOGIN)
        .alias("login"),
        is_made.alias("is_new"),
        pl.when(is_made).then("_login").alias("wanted"),
        pl.when("_waits").then("_account").alias("own_account"),
        pl.when("_waits").then("_spelled").alias("own_login"),
        pl.when(pl.col("_waits") & pl.col("_is_named")).then("_login_account").alias("login_account"),
        pl.col(LOGIN).alias("given_login"),
    ]


def _agreement() -> list[pl.Expr]:
    words = {LOGIN: "_differs", NAME: "_name_differs", CODE: "_code_differs"}
    said = [pl.when(name).then(pl.lit(word)) for word, name in words.items()]
    return [
        (~pl.col("_is_doubted")).alias("is_confirmed"),
        pl.concat_str(said, separator=";", ignore_nulls=True).alias("differs"),
    ]
