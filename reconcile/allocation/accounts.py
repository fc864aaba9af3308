"""Accounts of employees who became officers: which moved, which was made, from return and nDelius alone.

Employee by employee, as a clerk would: whose STAFF row bears the code, whose account has the login. Source:
staff_functions.md, officer and user. An account is moved, never copied: a login names one user.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from reconcile.differences import ACCESS, differences_of
from reconcile.expected.changes import expect
from reconcile.expected.stamps import DAY_1
from reconcile.proofs.fields import Expected
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Country, Evidence
from reconcile.sources.reading import read_day
from vocabulary.calendar import DAY_1 as NIGHT
from vocabulary.companies import BASELINE_COMPANY

USER, AREA_USER = "USER_", "PROBATION_AREA_USER"
TWO_USERS = "A login names two users after the load and did not before: readers look for exactly one."
MADE = "made"

Row = dict[str, str | None]


@dataclass(frozen=True)
class Known:
    """What nDelius has: the company's STAFF rows by code (capitals), and every account."""

    staff: dict[str, Row]
    accounts: Sequence[Row]


def with_accounts(evidence: Evidence, employees: pl.DataFrame) -> pl.DataFrame:
    """`employees` (officer_codes, user, surname, first_name) with what nDelius makes of them.

    Adds `account`: key of the account that moves, MADE where one is made, null where none is;
    `known_surname`, `known_first_name`: the names of the new STAFF row.
    """
    known = _known(evidence)
    withheld = _withheld(evidence)
    found = [_of_employee(row, known, withheld) for row in employees.iter_rows(named=True)]
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
    before = country.baseline["user"].filter(_is_open()).select(_login(pl.col("user")).alias("login"))
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


def letters_of(name: str | None) -> str:
    """A surname as it is compared: capitals, accents removed, letters only."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name or "").upper() if sign.isalpha())


def _of_employee(
    employee: Row, known: Known, withheld: set[tuple[str | None, ...]]
) -> tuple[str | None, ...]:
    codes = [code.strip().upper() for code in (employee["officer_codes"] or "").split(";")]
    staff = [known.staff[code] for code in codes if code in known.staff]
    login = (employee["user"] or "").lower()
    own = {row["staff_id"] for row in staff}
    open_ones = [one for one in known.accounts if one["staff_id"] in own and one["is_open"]]
    with_login = [one for one in open_ones if one["login"] == login]
    bearers = [one for one in known.accounts if login and one["login"] == login]
    same_name = [row for row in staff if letters_of(row["surname"]) == letters_of(employee["surname"])]
    account = None
    if with_login:
        account = with_login[0]["user_id"]
    elif any(one["staff_id"] not in own for one in bearers):
        account = None  # somebody else's
    elif open_ones:
        account = open_ones[0]["user_id"] if same_name or not login else None
    elif login and not bearers and tuple(employee[word] for word in PLACE) not in withheld:
        account = MADE
    theirs = [row for row in staff if with_login and row["staff_id"] == with_login[0]["staff_id"]]
    named = next(iter([*theirs, *same_name, *staff]), employee)
    return account, named["surname"], named["first_name"]


def _known(evidence: Evidence) -> Known:
    frames = evidence.country.baseline
    ended = read_day("delius", "staff", "end_date", BASELINE_COMPANY)
    staff = frames["staff"].filter(area=evidence.company).sort(ended, nulls_last=True, maintain_order=True)
    accounts = (
        frames["user"]
        .with_columns(_login(pl.col("user")).alias("login"), _is_open().alias("is_open"))
        .sort(pl.col("user_id").cast(pl.Int64))
    )
    return Known({str(row["officer"]).upper(): row for row in _rows(staff)}, list(_rows(accounts)))


def _rows(frame: pl.DataFrame) -> Iterable[Row]:
    return frame.iter_rows(named=True)


def _withheld(evidence: Evidence) -> set[tuple[str | None, ...]]:
    """PLACE of employees of whom the first page says that their login waits (S14)."""
    told = evidence.delivery.findings.filter(
        (pl.col("rule") == "S14") & pl.col("column").str.split(";").list.contains("user")
    )
    return set(told.select(PLACE).iter_rows())


def _login(user: pl.Expr) -> pl.Expr:
    return user.str.to_lowercase()


def _is_open() -> pl.Expr:
    end = read_day("delius", "user", "end_date", BASELINE_COMPANY)
    return end.is_null() | (end >= NIGHT)
