"""Who is left of a CRN that was merged into another: the chain followed in nDelius's own text (M03).

A chain passes through persons who are deleted, so it is read from all rows, not from those that still stand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import polars as pl

from extractors.base import read_entity
from reconcile.sources.reading import blank_as_null

MERGED = ("PCRN", "DOFF")
"""Additional identifiers that hold a CRN which was merged into that of their person."""

DELETED = "1"
Survivors = Mapping[str, frozenset[str]]
"""A merged CRN to the keys of the persons who are left: one, or several where it was merged twice. So is
the key of a deleted person, behind PERSON: a clerk may have named that."""

PERSON = "person "


def read_survivors(folder: Path) -> Survivors:
    """The survivors of the baseline that extract left under `folder`."""
    offenders, identifiers = (
        blank_as_null(read_entity(folder / "delius", entity), "delius", entity)
        for entity in ("offender", "identifier")
    )
    return last_survivors(offenders, identifiers)


def last_survivors(offenders: pl.DataFrame, identifiers: pl.DataFrame) -> Survivors:
    """The survivors of every merged CRN, from text with deleted rows; without those that lead to nobody."""
    listed: dict[str, set[str]] = defaultdict(set)
    named = identifiers.filter(pl.col("type").is_in(MERGED)).select("identifier", "offender_id", "is_deleted")
    for crn, person, is_deleted in named.iter_rows():
        if is_deleted != DELETED and crn and person:
            listed[crn].add(person)
    gone = dict(offenders.filter(pl.col("is_deleted") == DELETED).select("offender_id", "crn").iter_rows())
    standing = set(offenders["offender_id"]) - set(gone)
    found = {crn: frozenset(_follow([crn], listed, gone, standing)) for crn in listed}
    found |= {f"{PERSON}{person}": found[crn] for person, crn in gone.items() if crn in found}
    return {crn: persons for crn, persons in found.items() if persons}


def _follow(
    begin: Iterable[str], listed: Mapping[str, set[str]], gone: Mapping[str, str], standing: set[str]
) -> set[str]:
    """The persons who stand at the ends of every way from the CRNs `begin`; a ring has no end."""
    waiting, seen, ends = list(begin), set(begin), set[str]()
    while waiting:
        for person in listed.get(waiting.pop(), ()):
            if person in standing:
                ends.add(person)
            elif (own := gone.get(person)) and own not in seen:
                seen.add(own)
                waiting.append(own)
    return ends
