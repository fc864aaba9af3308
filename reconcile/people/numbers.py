"""The numbers that name a person, each in one form; one of wrong form names nobody (matching.md)."""

import re

PNC = re.compile(r"(\d{2}|\d{4})/(\d{7}[A-Z])")
PRISON = re.compile(r"[A-Z]\d{4}[A-Z]{2}")
CRO = re.compile(r"(\d{6}/\d{2}|SF\d{2}/\d{1,6})[A-Z]")
LAST_YEAR_OF_2000S = 21
"""Two-digit years above it are 19yy."""


def long_pnc(pnc: str | None) -> str:
    """The PNC number with four digits of the year; blank where it has no form of one."""
    if not (year := PNC.fullmatch(pnc or "")):
        return ""
    century = "" if len(year[1]) > 2 else "20" if int(year[1]) <= LAST_YEAR_OF_2000S else "19"
    return f"{century}{year[0]}"


def prison_number(prison: str | None) -> str:
    """The prison number; blank where it has no form of one."""
    return prison if prison and PRISON.fullmatch(prison) else ""


def plain_cro(cro: str | None) -> str:
    """The CRO number in capitals without blanks; blank where it has no form of one."""
    plain = "".join((cro or "").split()).upper()
    return plain if CRO.fullmatch(plain) else ""


def numbers_of(pnc: str | None, prison: str | None, cro: str | None) -> list[str]:
    """The numbers that are there, each behind its kind: `PNC 2003/0062845E`."""
    forms = {"PNC": long_pnc(pnc), "prison": prison_number(prison), "CRO": plain_cro(cro)}
    return [f"{kind} {value}" for kind, value in forms.items() if value]
