"""Whether two records that no number joins bear each other out: what agrees is counted, nothing weighed.

A link by weighed evidence (M11) stands only where this says so too. It reads text of its own and knows no
weights: five of seven things must agree, surname and date of birth among them, at most one of them nearly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl
from jellyfish import damerau_levenshtein_distance

from reconcile.people.claims import DAY, Claim, claims_of, letters
from reconcile.sources.baseline import Baseline
from reconcile.sources.delivery import Delivery
from reconcile.sources.reading import read_word
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.short_forms import short_forms

MUST_AGREE = 5
"""Of surname, first name, date of birth, second name, postcode, date of sentence, and part of a number."""

MANY = 25
"""A postcode of more persons is a hostel or a prison: it says nothing."""

LEAST_PART = 3
"""Letters of a part of a surname of several that stands for it."""

TITLES = ("MR", "MRS", "MISS", "MS", "DR", "AKA")

YEARS_OF_A_SLIP = 10
NDELIUS = "delius"


@dataclass(frozen=True)
class Likeness:
    """What is known of one person beside the claim. `surnames`, `first_names`: those of aliases."""

    claim: Claim
    postcodes: frozenset[str] = frozenset()
    sentences: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Beside:
    """Of several persons: postcodes, days of sentence, aliases, by their key."""

    postcodes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sentences: Mapping[str, frozenset[str]] = field(default_factory=dict)
    surnames: Mapping[str, frozenset[str]] = field(default_factory=dict)
    first_names: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, key: str, claim: Claim) -> Likeness:
        """Everything about the person `key`."""
        none: frozenset[str] = frozenset()
        own = (
            each.get(key, none) for each in (self.postcodes, self.sentences, self.surnames, self.first_names)
        )
        return Likeness(claim, *own)


def bear_each_other_out(ours: Likeness, theirs: Likeness) -> bool:
    """Enough agrees, nothing contradicts, and twins, father and son are kept apart."""
    one, other = ours.claim.names, theirs.claim.names
    surname, first, born = _surname(ours, theirs), _first_name(ours, theirs), _born(one.born, other.born)
    second = bool(one.second_name) and one.second_name == other.second_name
    number = _numbers_in_part(ours.claim, theirs.claim)
    place, sentence = bool(ours.postcodes & theirs.postcodes), bool(ours.sentences & theirs.sentences)
    if not (surname and born) or _contradict(ours.claim, theirs.claim):
        return False
    if one.second_name and other.second_name and not _begins(one.second_name, other.second_name):
        return False
    if [surname, first, born].count(NEARLY) > 1:
        return False
    if first != WHOLLY and not (first and (second or number)):
        return False  # a twin at one address, perhaps sentenced on one day
    return sum(map(bool, (surname, first, born, second, place, sentence, number))) >= MUST_AGREE


WHOLLY, NEARLY = "wholly", "nearly"


def _surname(ours: Likeness, theirs: Likeness) -> str:
    one, other = ours.claim.names.surname, theirs.claim.names.surname
    if not (one and other):
        return ""
    is_part = min(len(one), len(other)) >= LEAST_PART and (one in other or other in one)
    if is_part or one == other or one in theirs.surnames or other in ours.surnames:
        return WHOLLY
    return NEARLY if _nearly(one, other) else ""


def _first_name(ours: Likeness, theirs: Likeness) -> str:
    one, other = ours.claim.names, theirs.claim.names
    if not (one.first_name and other.first_name):
        return ""
    forms = [_forms(one.first_name), _forms(other.first_name)]
    known = {other.first_name, other.second_name, *theirs.first_names}
    begins = any(_begins(a, b) for a in forms[0] for b in forms[1])
    if begins or one.first_name in known or other.first_name == one.second_name:
        return WHOLLY
    return NEARLY if _nearly(one.first_name, other.first_name) else ""


def _forms(name: str) -> set[str]:
    """The name, without a title before it, and what it is short for."""
    bare = {name, *(name.removeprefix(title) for title in TITLES)} - {""}
    return bare | {long for long, short in short_forms() if short in bare}


def _begins(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _nearly(one: str, other: str) -> bool:
    return damerau_levenshtein_distance(one, other) <= 1


def _born(one: str, other: str) -> str:
    if not (one and other):
        return ""
    if one == other:
        return "" if one.endswith("-01-01") else WHOLLY  # 1 January stands for a day nobody knows
    turned = one[:4] == other[:4] and one[5:7] == other[8:10] and one[8:10] == other[5:7]
    is_slip = damerau_levenshtein_distance(one, other) <= 1
    return NEARLY if turned or (is_slip and abs(int(one[:4]) - int(other[:4])) < YEARS_OF_A_SLIP) else ""


def _contradict(one: Claim, other: Claim) -> bool:
    """Both have a PNC, prison or CRO number, and it is another one."""
    pairs = ((one.pnc, other.pnc), (one.prison, other.prison), (one.cro, other.cro))
    return any(a and b and damerau_levenshtein_distance(a, b) > 1 for a, b in pairs)


def _numbers_in_part(one: Claim, other: Claim) -> bool:
    pairs = ((one.pnc, other.pnc), (one.cro, other.cro))
    if any(a and b and damerau_levenshtein_distance(a, b) <= 1 for a, b in pairs):
        return True
    return bool(_cores(one) & _cores(other))


def _cores(claim: Claim) -> set[str]:
    """Serial number and year of PNC and CRO, which often are the same."""
    found = set()
    if claim.pnc:
        found.add(f"{int(claim.pnc[5:12])}/{claim.pnc[2:4]}")
    if claim.cro.startswith("SF"):
        year, _, serial = claim.cro[2:-1].partition("/")
        found.add(f"{int(serial)}/{year}")
    elif claim.cro:
        serial, _, year = claim.cro[:-1].partition("/")
        found.add(f"{int(serial)}/{year}")
    return found


def beside_delivered(delivery: Delivery, refs: Iterable[str], baseline: Baseline) -> Beside:
    """What the delivery says of the persons `refs` (its own numbers) in addresses and events."""
    wanted = list(refs)
    addresses = delivery.all("spg", "address").filter(pl.col("person_ref").is_in(wanted))
    events = delivery.all("spg", "event").filter(pl.col("person_ref").is_in(wanted))
    sentence = read_word("spg", "event", "sentence_date", delivery.company).str.head(DAY)
    return Beside(
        _by_key(addresses.select("person_ref", _plain(pl.col("postcode")).alias("postcode")), baseline),
        _sets(events.select("person_ref", sentence.alias("day"))),
    )


def beside_known(persons: Iterable[str], baseline: Baseline) -> tuple[Beside, dict[str, Claim]]:
    """What nDelius has of the persons `persons`, and what it would claim of each."""
    wanted = pl.col("offender_id").is_in(list(persons))
    rows = baseline.rows("offender", wanted)
    claims = claims_of(rows, NDELIUS, "offender", BASELINE_COMPANY)
    sentence = read_word(NDELIUS, "disposal", "sentence_date", BASELINE_COMPANY).str.head(DAY)
    aliases = baseline.rows("alias", wanted).select("offender_id", "surname", "first_name")
    told = Beside(
        _sets(
            baseline.rows("address", wanted).select(
                "offender_id", _plain(pl.col("postcode")).alias("postcode")
            )
        ),
        _sets(baseline.rows("disposal", wanted).select("offender_id", sentence.alias("day"))),
        _letters(aliases.select("offender_id", "surname")),
        _letters(aliases.select("offender_id", "first_name")),
    )
    return told, dict(zip(rows["offender_id"], claims, strict=True))


def _by_key(addresses: pl.DataFrame, baseline: Baseline) -> Mapping[str, frozenset[str]]:
    """Postcodes of each person without those that many persons of nDelius have."""
    codes = addresses["postcode"].drop_nulls().unique()
    near = baseline.rows("address", _plain(pl.col("postcode")).is_in(codes.implode()))
    persons = near.group_by(_plain(pl.col("postcode")).alias("postcode")).agg(
        pl.col("offender_id").n_unique()
    )
    many = persons.filter(pl.col("offender_id") > MANY)["postcode"]
    return _sets(addresses.filter(~pl.col("postcode").is_in(many.implode())))


def _plain(postcode: pl.Expr) -> pl.Expr:
    return postcode.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")


def _sets(rows: pl.DataFrame) -> dict[str, frozenset[str]]:
    """First column to the values of the second that are there."""
    found: dict[str, set[str]] = {}
    for key, value in rows.drop_nulls().iter_rows():
        if value:
            found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _letters(rows: pl.DataFrame) -> dict[str, frozenset[str]]:
    return {key: frozenset(map(letters, values)) for key, values in _sets(rows).items()}
