"""Which account each employee claims, from the return, nDelius and what an operator said, and what two claim.

Employee by employee, as a clerk would: whose STAFF row bears the code, whose account has the login. Source:
staff_functions.md, officer and user. A login names one user, so what two claim goes to neither (S14).
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from reconcile.allocation.staff import EXPORT, MIXED, OPEN_APPEAL, assigned_employees
from reconcile.sources.delivery import Delivery, Frames
from reconcile.sources.reading import read_day
from vocabulary.calendar import DAY_1 as NIGHT
from vocabulary.companies import BASELINE_COMPANY, companies

MADE = "made"
QUESTION = "account"
OFFICERS_OWN, AS_GIVEN, NONE_AT_ALL = "officer", "login", "none"
"""What may be answered: the account of the code, the one of the login in the return, none."""

Row = dict[str, str | None]


@dataclass(frozen=True)
class Known:
    """What nDelius has: the company's STAFF rows by code (capitals), areas by STAFF row, every account."""

    staff: Mapping[str, Row]
    areas: Mapping[str | None, str | None]
    accounts: "Accounts"


@dataclass(frozen=True)
class Accounts:
    """Every account of nDelius, in the order of their keys: by STAFF row, and by login in small letters."""

    of_staff: Mapping[str | None, Sequence[Row]]
    of_login: Mapping[str | None, Sequence[Row]]


@dataclass(frozen=True)
class Claim:
    """`account`: the key of the account that moves, MADE, or None. `is_answered`: an answer takes it from
    somebody else. `login`: in small letters, of a user to be made. The names of the new STAFF row."""

    account: str | None
    is_answered: bool
    login: str | None
    surname: str | None
    first_name: str | None


@dataclass(frozen=True)
class Claimed:
    """How many employees of all companies claim each account, and each login that nDelius does not know."""

    accounts: Counter[str] = field(default_factory=Counter)
    logins: Counter[str] = field(default_factory=Counter)

    def settled(self, claim: Claim) -> str | None:
        """The account of the claim, unless another employee's claim is in its way."""
        if claim.is_answered and claim.account and self.accounts[claim.account] > 1:
            return None
        return None if claim.login and self.logins[claim.login] > 1 else claim.account


def all_claims(deliveries: Iterable[Delivery], baseline: Frames) -> Claimed:
    """The claims of whoever comes, with a function or waiting for one, in all `deliveries`."""
    claimed = Claimed()
    accounts = known_accounts(baseline)
    for delivery in deliveries:
        if not delivery.has(EXPORT):
            continue
        known = known_officers(baseline, delivery.company, accounts)
        employees = assigned_employees(delivery)
        comes = pl.col("function").is_not_null() | pl.col("outcome").is_in([MIXED, OPEN_APPEAL])
        has_code = pl.col("officer_codes").str.contains(r"[^;\s]").fill_null(False)
        for claim in claims(employees.filter(comes, has_code), delivery, known):
            if claim.login:
                claimed.logins[claim.login] += 1
            elif claim.account:
                claimed.accounts[claim.account] += 1
    return claimed


def claims(employees: pl.DataFrame, delivery: Delivery, known: Known) -> Iterator[Claim]:
    """What each of `employees` claims, in their order."""
    said = _answers(delivery.staff_answers)
    for row in employees.iter_rows(named=True):
        yield claim_of(row, known, said.get(row["employee_ref"]))


def claim_of(employee: Row, known: Known, answer: str | None = None) -> Claim:
    """What the employee claims, `answer` being what an operator said."""
    staff = [known.staff[code] for code in _codes(employee) if code in known.staff]
    login, letters = (employee["user"] or "").lower(), letters_of(employee["surname"])
    own = {row["staff_id"] for row in staff}
    owned = [one for staff_id in own for one in known.accounts.of_staff.get(staff_id, ())]
    open_ones = sorted((one for one in owned if one["is_open"]), key=_key)
    with_login = [one for one in open_ones if one["login"] == login]
    bearers = known.accounts.of_login.get(login, ()) if login else ()
    same_name = [row for row in staff if letters_of(row["surname"]) == letters]
    theirs = [row for row in staff if with_login and row["staff_id"] == with_login[0]["staff_id"]]
    named = next(iter([*theirs, *same_name, *staff]), employee)

    def claim(account: Row | None = None, *, is_answered: bool = False, new: str | None = None) -> Claim:
        key = MADE if new else None if account is None else account["user_id"]
        return Claim(key, is_answered, new, named["surname"], named["first_name"])

    if with_login:
        return claim(with_login[0])
    is_elsewhere = any(one["staff_id"] not in own for one in bearers)
    if open_ones and not is_elsewhere and (same_name or not login):
        return claim(open_ones[0])
    if not login or answer == NONE_AT_ALL:
        return claim()
    if not bearers and not open_ones:
        return claim(new=login)
    if answer == OFFICERS_OWN and open_ones:
        return claim(open_ones[0])
    given = [one for one in bearers if one["is_open"]]
    is_doubted = bool(staff) and not same_name
    if answer == AS_GIVEN and len(given) == 1 and not is_doubted and _may_bring(given[0], letters, known):
        return claim(given[0], is_answered=True)
    return claim()


def known_officers(baseline: Frames, company: str, accounts: Accounts) -> Known:
    """What nDelius has of the officers of `company`; `accounts`: known_accounts."""
    ended = read_day("delius", "staff", "end_date", BASELINE_COMPANY)
    staff = baseline["staff"].filter(area=company).sort(ended, nulls_last=True, maintain_order=True)
    return Known(
        {str(row["officer"]).upper(): row for row in _rows(staff)},
        dict(baseline["staff"].select("staff_id", "area").iter_rows()),
        accounts,
    )


def known_accounts(baseline: Frames) -> Accounts:
    """Every account of nDelius."""
    found = baseline["user"].with_columns(
        pl.col("user").str.to_lowercase().alias("login"), is_open_account().alias("is_open")
    )
    of_staff, of_login = defaultdict(list), defaultdict(list)
    for row in _rows(found.sort(pl.col("user_id").cast(pl.Int64))):
        of_staff[row["staff_id"]].append(row)
        of_login[row["login"]].append(row)
    return Accounts(of_staff, of_login)


def letters_of(name: str | None) -> str:
    """A surname as it is compared: capitals, accents removed, letters only."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name or "").upper() if sign.isalpha())


def is_open_account() -> pl.Expr:
    """True of accounts of the baseline that can log in on Day 1."""
    end = read_day("delius", "user", "end_date", BASELINE_COMPANY)
    return end.is_null() | (end >= NIGHT)


def _may_bring(account: Row, letters: str, known: Known) -> bool:
    """In the employee's name, and nobody's or a company's: other areas keep their accounts."""
    holder = account["staff_id"]
    is_free = holder is None or known.areas.get(holder) in companies()
    return is_free and letters != "" and letters_of(account["surname"]) == letters


def _codes(employee: Row) -> list[str]:
    return [code.strip().upper() for code in (employee["officer_codes"] or "").split(";")]


def _answers(answers: pl.DataFrame) -> dict[str | None, str | None]:
    if QUESTION not in answers.columns:
        return {}
    return dict(answers.filter(decision=QUESTION).select("employee_ref", QUESTION).iter_rows())


def _key(account: Row) -> int:
    return int(account["user_id"] or 0)


def _rows(frame: pl.DataFrame) -> Iterable[Row]:
    return frame.iter_rows(named=True)
