"""The persons of nDelius whom the claims of a delivery could mean, from the baseline's text alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from reconcile.people.claims import DAY, Claim, Names, claims_of, letters
from reconcile.people.merged import Survivors
from reconcile.people.numbers import numbers_of
from reconcile.sources.baseline import Baseline
from reconcile.sources.delivery import Frames
from reconcile.sources.reading import read_word
from vocabulary.companies import BASELINE_COMPANY

FORMER_PNC, FORMER_PRISON = "APNC", "XNOMS"
NDELIUS = "delius"


@dataclass
class KnownPeople:
    """Persons by what finds them; a person is named by OFFENDER_ID.

    `born`: day of birth to persons, for the claims alone that no CRN decides. `aliases`: first names of a
    person's aliases.
    """

    survivors: Survivors
    names: dict[str, Names] = field(default_factory=dict)
    crns: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    born: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    aliases: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def collect_numbers(baseline: Frames) -> pl.DataFrame:
    """number (reconcile.people.numbers), person: every number that nDelius has of a person."""
    own = baseline["offender"].select("offender_id", "pnc_number", "noms_number", "cro_number")
    given = pl.concat([own, _additional(baseline["identifier"])])
    rows = [(number, person) for person, *numbers in given.iter_rows() for number in numbers_of(*numbers)]
    return pl.DataFrame(rows, schema={"number": pl.String, "person": pl.String}, orient="row")


def known_people(
    claims: Sequence[Claim], baseline: Baseline, survivors: Survivors, numbers: pl.DataFrame
) -> KnownPeople:
    """Whom of the baseline (without deleted rows) any of `claims` finds by CRN, number or day of birth.

    `numbers`: collect_numbers the baseline.
    """
    known = KnownPeople(survivors)
    own_crn = baseline.rows("offender", _is_in("crn", (one.crn for one in claims)))
    for crn, person in own_crn.select("crn", "offender_id").iter_rows():
        known.crns[crn].add(person)
    wanted = list({number for one in claims for number in one.numbers})
    for number, person in numbers.filter(pl.col("number").is_in(wanted)).iter_rows():
        known.numbers[number].add(person)
    undecided = [one for one in claims if one.crn not in known.crns and one.crn not in survivors]
    _add_names(known, baseline, {one.names.born for one in undecided} - {""})
    aliases = baseline.rows("alias", _is_in("offender_id", known.names))
    for person, first_name in aliases.select("offender_id", "first_name").drop_nulls().iter_rows():
        known.aliases[person].add(letters(first_name))
    return known


def _additional(identifiers: pl.DataFrame) -> pl.DataFrame:
    """offender_id and the numbers that a person has beside the own ones, in the columns of OFFENDER."""
    value = pl.col("identifier")
    return identifiers.select(
        "offender_id",
        pl.when(pl.col("type") == FORMER_PNC).then(value).alias("pnc_number"),
        pl.when(pl.col("type") == FORMER_PRISON).then(value).alias("noms_number"),
        pl.lit(None, pl.String).alias("cro_number"),
    )


def _add_names(known: KnownPeople, baseline: Baseline, days: set[str]) -> None:
    """The names of everybody found so far, and of everybody born on one of `days`."""
    found = set().union(*known.crns.values(), *known.numbers.values())
    born = read_word(NDELIUS, "offender", "date_of_birth", BASELINE_COMPANY).str.head(DAY)
    near = baseline.rows("offender", born.is_in(list(days)) | pl.col("offender_id").is_in(list(found)))
    claims = claims_of(near, NDELIUS, "offender", BASELINE_COMPANY)
    for person, claim in zip(near["offender_id"], claims, strict=True):
        if claim.names.born in days:
            known.born[claim.names.born].append(person)
        elif person not in found:
            continue
        known.names[person] = claim.names


def _is_in(word: str, values: Iterable[str]) -> pl.Expr:
    return pl.col(word).is_in(list(set(values) - {""}))
