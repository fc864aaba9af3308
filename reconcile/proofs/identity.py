"""Whether each row was matched to the person it is about, decided a second time from the text alone.

Delivery and baseline are read anew and the cascade of matching.md is gone through again
(reconcile.people.whose); a clerk's answer is followed for exactly the values that it was given about. What
must wait for a clerk must wait, and nothing else may. Nothing is weighed a second time: a person linked by
weighed evidence (M11) must be borne out by what both records say (reconcile.people.likeness), and a question
about somebody who would be new (M12) may be asked.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

import polars as pl

from reconcile.differences import FIELD, differences_of, no_differences
from reconcile.people.claims import Claim, claims_of
from reconcile.people.known_people import known_people
from reconcile.people.likeness import bear_each_other_out, beside_delivered, beside_known
from reconcile.people.merged import PERSON, Survivors
from reconcile.people.whose import (
    ASKED,
    HELD,
    LINKED,
    NAMESAKE,
    NEW_PERSON,
    NOBODY,
    SEVERAL,
    Verdict,
    whose,
)
from reconcile.sources.baseline import Baseline
from reconcile.sources.delivery import PLACE, Delivery
from vocabulary.batch import CARRIED
from vocabulary.decisions import MATCHES, NEW
from vocabulary.decisions import NOBODY as NONE
from vocabulary.source import satellites

SOMEBODY_ELSE = "The row is about one person and was matched to another."
SECOND = "The row is about somebody whom nDelius knows, and a second person was made of it."
NOT_THE_SURVIVOR = "The row's CRN was merged, and the row was not matched to the last survivor."
NAMES_AGREE = (
    "Names and date of birth are those of somebody known; the row must wait for a clerk and does not."
)
DISAGREES = "The match disagrees in part; the row must wait for a clerk (M10) and does not."
MUST_WAIT = "The row must wait for a clerk and does not."
NEED_NOT_WAIT = "The row waits for a clerk, and nothing in it says why."
NOT_BORNE_OUT = "The row was linked by evidence, and delivery and nDelius do not bear it out."
ANOTHER_RULE = "The row was matched under another rule than its values say."
NOT_LOOKED_FOR = "The row is carried, and nobody looked for its person."

FULL = ("spg", "offender")
UNKNOWN, HELD_NAMESAKE = (NEW_PERSON, ""), (NAMESAKE, "")
"""Verdicts about those whom no number decides: evidence may say more of them."""

ANSWER, ROW_OUTCOME = "answer", "row_outcome"
BY_CLERK = "clerk"
"""The answer of a row whose person a clerk named."""

WAITING = {NAMESAKE: NAMES_AGREE, "M10": DISAGREES}
Answers = Mapping[str, str]
"""What a clerk said, by the hash of what a row says (Claim.evidence)."""


def find_wrong_matches(
    delivery: Delivery, baseline: Baseline, survivors: Survivors, numbers: pl.DataFrame
) -> pl.DataFrame:
    """Differences of the rows whose person is not whom their values name. `baseline`: without deleted rows;
    `survivors`: of merged CRNs; `numbers`: reconcile.people.known_people.collect_numbers the baseline."""
    judged = {place: delivery.all(*place).filter(pl.col(ANSWER).is_not_null()) for place in _places(delivery)}
    claims = {place: claims_of(rows, *place, delivery.company) for place, rows in judged.items()}
    known = known_people([one for own in claims.values() for one in own], baseline, survivors, numbers)
    found = [no_differences(), *(_not_looked_for(delivery, place) for place in judged)]
    own: dict[str, Verdict] = {}
    for place, rows in judged.items():
        answers = _standing(_answers(delivery, *place), baseline, survivors)
        last = NEW_PERSON if place == FULL else NOBODY
        verdicts = [
            _by_clerk(answers[one.evidence], last)
            if one.evidence in answers
            else whose(one, known, own, last)
            for one in claims[place]
        ]
        if place == FULL:
            weighed = _weighed(rows, claims[place], delivery, baseline)
            verdicts = [
                weighed.get((at, verdict), verdict) if claims[place][at].evidence not in answers else verdict
                for at, verdict in enumerate(verdicts)
            ]
            verdicts = _held_where_shared(verdicts)
            own = _by_number(claims[place], verdicts)
        found.append(_compared(rows, verdicts))
    return pl.concat(found)


def _weighed(
    rows: pl.DataFrame, claims: list[Claim], delivery: Delivery, baseline: Baseline
) -> dict[tuple[int, Verdict], Verdict]:
    """By place in `rows` and what the cascade says: the verdict of weighed evidence, where it may stand. A
    question may be asked of whoever would be new; a link must be borne out, of a namesake too."""
    numbered = rows.with_row_index("at").select("at", "person_ref", ANSWER, "person_id")
    asked = numbered.filter(pl.col(ANSWER) == ASKED)["at"]
    found: dict[tuple[int, Verdict], Verdict] = {(at, UNKNOWN): (ASKED, "") for at in asked}
    linked = numbered.filter(pl.col(ANSWER) == LINKED).drop_nulls()
    if linked.is_empty():
        return found
    ours = beside_delivered(delivery, linked["person_ref"], baseline)
    theirs, known = beside_known(linked["person_id"], baseline)
    for at, ref, _, person in linked.iter_rows():
        own = ours.of(ref, claims[at])
        if person in known and bear_each_other_out(own, theirs.of(person, known[person])):
            found |= dict.fromkeys(((at, UNKNOWN), (at, HELD_NAMESAKE)), (LINKED, person))
    return found


def _places(delivery: Delivery) -> list[tuple[str, str]]:
    """Export and entity of the rows whose person is looked for; the full record first."""
    named = [(export, entity) for export in delivery.frames for entity in satellites(export)]
    return [FULL, *named] if delivery.has(FULL[0]) else named


def _not_looked_for(delivery: Delivery, place: tuple[str, str]) -> pl.DataFrame:
    rows = delivery.all(*place).filter(pl.col(ANSWER).is_null() & (pl.col(ROW_OUTCOME) == CARRIED))
    return differences_of(rows.select(PLACE), FIELD, NOT_LOOKED_FOR)


def _answers(delivery: Delivery, export: str, entity: str) -> Answers:
    given = delivery.decided.get(MATCHES)
    if given is None:
        return {}
    own = given.filter(company=delivery.company, export=export, entity=entity)
    return dict(own.select("evidence", "answer").iter_rows())


def _standing(answers: Answers, baseline: Baseline, survivors: Survivors) -> Answers:
    """The answers with whom nDelius has merged since followed to the last survivor; without those that name
    nobody who is left: they are asked again."""
    followed = {}
    for evidence, answer in answers.items():
        left = survivors.get(f"{PERSON}{answer}", frozenset({answer}))
        followed[evidence] = next(iter(left)) if len(left) == 1 else ""
    named = {answer for answer in followed.values() if answer not in (NEW, NONE)}
    there = baseline.rows("offender", pl.col("offender_id").is_in(list(named)))["offender_id"]
    allowed = {NEW, NONE, *there}
    return {evidence: answer for evidence, answer in followed.items() if answer in allowed}


def _by_clerk(answer: str, last: str) -> Verdict:
    return (last, "") if answer in (NEW, NONE) else (BY_CLERK, answer)


def _held_where_shared(verdicts: list[Verdict]) -> list[Verdict]:
    """Two persons of one company who are one person of nDelius are both held, whoever said so."""
    times = Counter(person for _, person in verdicts if person)
    return [(SEVERAL, "") if times[person] > 1 else (rule, person) for rule, person in verdicts]


def _by_number(claims: Iterable[Claim], verdicts: Iterable[Verdict]) -> dict[str, Verdict]:
    """The verdicts by the company's own number; of a number that is there twice the first."""
    found: dict[str, Verdict] = {}
    for claim, verdict in zip(claims, verdicts, strict=True):
        if claim.person_ref:
            found.setdefault(claim.person_ref, verdict)
    return found


def _compared(rows: pl.DataFrame, verdicts: list[Verdict]) -> pl.DataFrame:
    """Differences between the answers that `rows` bear and `verdicts`."""
    lines = []
    for place, answer, person, verdict in zip(
        rows.select(PLACE).iter_rows(), rows[ANSWER], rows["person_id"].fill_null(""), verdicts, strict=True
    ):
        if (what := _what(verdict, (answer, person))) is not None:
            lines.append((*place, what, " ".join(verdict), f"{answer} {person}"))
    schema = dict.fromkeys((*PLACE, "what", "expected", "found"), pl.String)
    told = pl.DataFrame(lines, schema=schema, orient="row")
    by_what = told.group_by("what", maintain_order=True)
    found = [differences_of(own, FIELD, str(what)) for (what,), own in by_what]
    return pl.concat([no_differences(), *found])


def _what(must: Verdict, found: Verdict) -> str | None:
    """What is wrong with the verdict `found`; None where it is the one that must be."""
    if must == found:
        return None
    (rule, person), (answer, matched) = must, found
    if answer == LINKED:
        return NOT_BORNE_OUT
    if rule in HELD:
        return ANOTHER_RULE if answer in HELD else WAITING.get(rule, MUST_WAIT)
    if answer in HELD:
        return NEED_NOT_WAIT
    if person == matched:
        return ANOTHER_RULE
    if rule == "M03":
        return NOT_THE_SURVIVOR
    return SECOND if answer == NEW_PERSON else SOMEBODY_ELSE
