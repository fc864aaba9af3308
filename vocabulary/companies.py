"""The 21 companies: who owns them, what they deliver, where they go. Data, so that a 22nd needs no Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from vocabulary.errors import ConfigError, UsageError
from vocabulary.fields import exports
from vocabulary.resources import text_table

ABOUT = ("company", "name", "owner", "employer", "regions")
"""Columns of companies.csv that say what a company is; every other one is an export."""

EXPORTS = tuple(name for name in text_table("vocabulary", "companies.csv").columns if name not in ABOUT)
"""Every export kind of the data supply agreement."""

BASELINE_COMPANY = "N00"
"""Company code of the baseline: nDelius itself on the evening of 25 June."""


@dataclass(frozen=True)
class Company:
    """One row of companies.csv, but for the legal employer, which the samples alone ask for."""

    code: str
    name: str
    owner: str
    regions: tuple[str, ...]
    exports: frozenset[str]


@cache
def companies() -> dict[str, Company]:
    """All companies by code, in the order of companies.csv.

    Raises:
        ConfigError: an export has fields, and no column here says who delivers it.
    """
    if unknown := {*exports()} - {*EXPORTS}:
        raise ConfigError(
            f"vocabulary/companies.csv has no column {', '.join(sorted(unknown))}: nobody would deliver that "
            f"export. Add the column, Y where a company does."
        )
    return {
        row["company"]: Company(
            code=row["company"],
            name=row["name"],
            owner=row["owner"],
            regions=tuple(row["regions"].split(";")),
            exports=frozenset(export for export in EXPORTS if row[export] == "Y"),
        )
        for row in text_table("vocabulary", "companies.csv").iter_rows(named=True)
    }


def company(code: str) -> Company:
    """The company of `code`.

    Raises:
        ConfigError: companies.csv has no such company.
    """
    known = companies()
    if code not in known:
        raise ConfigError(f"Company {code!r} is not in vocabulary/companies.csv. Known: {', '.join(known)}.")
    return known[code]


def require_companies(codes: Iterable[str]) -> None:
    """Every one of `codes` is a company's.

    Raises:
        UsageError: some are not.
    """
    unknown = sorted({*codes} - {*companies()})
    if unknown:
        raise UsageError(f"Unknown company {', '.join(unknown)}. Known: {', '.join(companies())}.")
