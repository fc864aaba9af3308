"""Whose row it is: the cascade of matching.md, said a second time, one claim after another."""

import datetime as dt
from collections.abc import Mapping

from reconcile.people.claims import Claim, Names
from reconcile.people.known_people import KnownPeople

Verdict = tuple[str, str]
"""The rule that answers, and OFFENDER_ID; blank of somebody new, held or unknown."""

NEW_PERSON, NOBODY = "M07", "X02"
SEVERAL, NAMESAKE, IN_PART = "M06", "M05", "M10"
LINKED, ASKED = "M11", "M12"
"""Answers of weighed evidence, which is not weighed again here: linked to somebody, or a question."""

HELD = ("M02", NAMESAKE, SEVERAL, "M08", IN_PART, ASKED)
"""Rules under which a row waits for a clerk."""

YEARS_APART = 5
LEAP_DAY, DAY_BEFORE = "02-29", "02-28"


def whose(claim: Claim, known: KnownPeople, own: Mapping[str, Verdict], last: str) -> Verdict:
    """The first answer that counts.

    Args:
        own: the verdicts of the company's own persons by their number, for rows of its other exports.
        last: NEW_PERSON of a full record, NOBODY of any other row.
    """
    if found := known.crns.get(claim.crn):
        return _confirmed(claim, found, known, "M01", "M02")
    if left := known.survivors.get(claim.crn):
        return ("M03", next(iter(left))) if len(left) == 1 else (SEVERAL, "")
    if claim.person_ref in own:
        return own[claim.person_ref]
    if found := {person for number in claim.numbers for person in known.numbers.get(number, ())}:
        return _confirmed(claim, found, known, "M04", "M08")
    namesakes = known.born.get(claim.names.born, ())
    if any(_is_namesake(claim.names, known.names[person]) for person in namesakes):
        return NAMESAKE, ""
    return last, ""


def _confirmed(claim: Claim, found: set[str], known: KnownPeople, agrees: str, differs: str) -> Verdict:
    """Whoever an identifier finds, unless names and day of birth speak against it."""
    if len(found) > 1:
        return SEVERAL, ""
    (person,) = found
    ours, theirs = claim.names, known.names[person]
    if not ours.surname and not ours.born:
        return agrees, person  # nothing that could disagree
    is_surname = bool(ours.surname) and ours.surname == theirs.surname
    is_born = bool(ours.born) and ours.born == theirs.born
    if not (is_surname or is_born):
        return differs, ""
    if is_surname and _may_be_another(ours, theirs, known.aliases.get(person, set()), is_born=is_born):
        return IN_PART, ""
    return agrees, person


def _may_be_another(ours: Names, theirs: Names, aliases: set[str], *, is_born: bool) -> bool:
    """Of one surname: a twin, a father or a son."""
    if not (ours.first_name and theirs.first_name):
        return _years_apart(ours.born, theirs.born)
    if _is_short_form(ours.first_name, theirs.first_name):
        return False
    same = {theirs.second_name, *aliases}
    if ours.first_name in same or theirs.first_name == ours.second_name:
        return False
    return is_born or not _is_slip(ours.born, theirs.born)


def _is_namesake(ours: Names, theirs: Names) -> bool:
    """Both names agree, the first one also in a short form, the two also changed over."""
    if not (ours.surname and ours.first_name and theirs.first_name and theirs.surname):
        return False
    straight = ours.surname == theirs.surname and _is_short_form(ours.first_name, theirs.first_name)
    crossed = ours.first_name == theirs.surname and _is_short_form(ours.surname, theirs.first_name)
    return straight or crossed


def _is_short_form(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _is_slip(ours: str, theirs: str) -> bool:
    """Day and month changed over, or two digits side by side within day, month or year; a day that one side
    lacks does not differ."""
    if not (ours and theirs):
        return True
    year, month, day = ours.split("-")
    turned = {f"{year}-{day}-{month}"}
    for place in range(len(ours) - 1):
        pair = ours[place : place + 2]
        if "-" not in pair:
            turned.add(ours[:place] + pair[::-1] + ours[place + 2 :])
    return theirs in turned


def _years_apart(ours: str, theirs: str) -> bool:
    """More than five years lie between two days of birth."""
    if not (ours and theirs):
        return False
    earlier, later = sorted((ours, theirs))
    year, day = int(earlier[:4]) + YEARS_APART, earlier[5:]
    limit = f"{year:04}-{day if day != LEAP_DAY else DAY_BEFORE}"
    return dt.date.fromisoformat(later) > dt.date.fromisoformat(limit)
