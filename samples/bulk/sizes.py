"""How large each company is drawn: persons by its share of the caseload, staff and projects by these."""

from collections.abc import Sequence

from samples import facts
from samples.areas import GRADES
from samples.make import Size
from samples.satellites.staff import OTHERS

STAFF_PER_PERSON = 16_000 / 230_000
PEOPLE_PER_PROJECT_SET = 250
MOST_PEOPLE = 250_000
"""Persons for whom there are surnames of their own, with those of aliases and staff (samples.draw)."""


class PeopleError(Exception):
    """Fewer persons than every company needs, or more than there are names for."""


def shares(companies: Sequence[str], people: int, least: int) -> dict[str, int]:
    """Company to its persons: `least` each, and what is left of `people` in proportion to its caseload.

    Raises:
        PeopleError: there are not `least` for each, or there are too many.
        MissingLineError: a company has no line in caseload.csv.
    """
    if people > MOST_PEOPLE:
        raise PeopleError(f"{people:,} people are too many: there are names for {MOST_PEOPLE:,}.")
    spare = people - least * len(companies)
    if spare < 0:
        raise PeopleError(
            f"{people:,} people are too few: {len(companies)} companies need {least} each, "
            f"{least * len(companies):,} together. Raise --people, or name fewer with --company."
        )
    load = _caseload(companies)
    whole = sum(load.values())
    given = {company: spare * load[company] // whole for company in companies}
    left = spare - sum(given.values())
    largest = sorted(companies, key=lambda company: -(spare * load[company] % whole))[:left]
    return {company: least + given[company] + (company in largest) for company in companies}


def _caseload(companies: Sequence[str]) -> dict[str, int]:
    known = {line["company"]: int(line["people"]) for line in facts.lines("samples", "bulk", "caseload.csv")}
    for company in companies:
        if company not in known:
            raise facts.MissingLineError(f"samples/bulk/caseload.csv: no line of {company}; add one.")
    return {company: known[company] for company in companies}


def size_of(company: str, people: int, first: int) -> Size:
    """The first part of a company of `people`: at most `first` of them, all staff and projects."""
    grades = sum(len(GRADES.get(line["kind"], ())) for line in facts.company_teams(company))
    officers = round((people * STAFF_PER_PERSON - OTHERS) / grades)
    return Size(min(people, first), max(1, officers), max(1, round(people / PEOPLE_PER_PROJECT_SET)))
