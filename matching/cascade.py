"""Who a delivered person is: the cascade of matching.md, step by step; the first answer counts."""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from matching.agreement import IN_PART, confirm
from matching.baseline import Candidates, identifier_keys, person_keys, unpivot_identifiers
from matching.clerk import CANDIDATE_SCHEMA, NO_ANSWERS, answered, evidence, possible, with_weights
from matching.linkage.model import Weights
from matching.linkage.weighing import ASKED, LINKED, WEIGHED_SCHEMA, Left, Weighed
from matching.linkage.words import LINE_SCHEMA
from matching.namesakes import namesakes
from vocabulary.decisions import NEW, NOBODY
from vocabulary.findings import PROVENANCE, collect, findings_of

NAMESAKE = "M05"
HELD = ("M02", NAMESAKE, "M06", "M08", IN_PART, ASKED)
"""Answers that wait for a clerk: nothing of the person is written until then."""

FOUND = ("M01", "M04")
"""Answers of identifiers that names and date of birth agree with: weights learn from these."""

NEW_PERSON = "M07"
NO_PERSON = "X02"
"""A satellite row whose person nobody knows (matching.md, step 6)."""

BY_CLERK = "clerk"
"""A person whom a clerk named (decisions/matches.csv): no rule is left to tell of."""

LOOKED_AT = {
    "M01": "crn",
    "M02": "crn;surname;date_of_birth",
    "M03": "crn",
    NAMESAKE: "surname;first_name;date_of_birth",
    LINKED: "surname;first_name;date_of_birth",
    ASKED: "surname;first_name;date_of_birth",
    "M08": "surname;date_of_birth",
    IN_PART: "surname;first_name;date_of_birth",
    "X02": "crn",
}
"""The words a finding names, where they are always the same."""

HELD_SCHEMA = {
    **dict.fromkeys((*PROVENANCE, "entity", "evidence", "rule"), pl.String),
    **{name: kind for name, kind in CANDIDATE_SCHEMA.items() if name != "row"},
}
"""A held row and one person whom it may be; a row that may be several stands on several lines, best first."""

ANSWER_SCHEMA = {"row": pl.UInt32, "answer": pl.String, "offender_id": pl.Int64}
"""What a step gives: the rows it answers, with the baseline's person or null when held."""

Step = Callable[[pl.DataFrame, Candidates], pl.DataFrame]
Weigh = Callable[[Left], Weighed]
"""Compares those whom no identifier finds with nDelius (matching.linkage.weighing)."""

EVIDENCE_SCHEMA = {
    **dict.fromkeys(PROVENANCE, pl.String),
    **{name: WEIGHED_SCHEMA[name] for name in ("offender_id", "weight", "agrees")},
}
"""A person whom weighed evidence linked, and what it was."""

COMPARED_SCHEMA = {
    **dict.fromkeys(PROVENANCE, pl.String),
    **{name: kind for name, kind in LINE_SCHEMA.items() if name != "row"},
}
"""A row, one person whom it may be, and one thing in which they were compared."""


@dataclass(frozen=True)
class Matched:
    """What became of the rows, in their order.

    `frame`: provenance, person_ref (if the rows have it), answer, offender_id (Int64; null when held, new or
    unknown), is_held. `findings`: one line per row, of its answer. `held`: HELD_SCHEMA, what a clerk is told
    of the held ones. `linked`: EVIDENCE_SCHEMA; `weights`: what it was weighed with, if anybody was compared.
    `lines`: COMPARED_SCHEMA of everybody who was weighed and is worth telling of.
    """

    frame: pl.DataFrame
    findings: pl.DataFrame
    held: pl.DataFrame
    linked: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=EVIDENCE_SCHEMA))
    weights: Weights | None = None
    lines: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=COMPARED_SCHEMA))


def match_persons(
    persons: pl.DataFrame,
    known: Candidates,
    answers_given: pl.DataFrame = NO_ANSWERS,
    weigh: Weigh | None = None,
) -> Matched:
    """Matches the persons of a full record (spg `offender`), typed and in scope.

    Two persons that match the same person of the baseline are both held (M06), whoever said so.
    `answers_given`: what a clerk answered about this company, export and entity (matching.clerk).
    `weigh`: asked about those whom no identifier finds and no clerk answered about; without it they are new.
    """
    keys = compared_keys(persons)
    steps = [_by_clerk(answers_given), _by_crn, _by_former_crn, _by_identifiers, _by_name]
    answers = _climb(keys, known, steps, NEW_PERSON)
    weighed = weigh(_left(answers, keys, answers_given)) if weigh else None
    if weighed:
        said = _for_one_row_each(weighed.answers, answers)
        answers = pl.concat([answers.join(said, on="row", how="anti"), said]).sort("row")
    is_shared = pl.col("offender_id").is_not_null() & pl.col("offender_id").is_duplicated()
    held = answers.with_columns(
        pl.when(is_shared).then(pl.lit("M06")).otherwise("answer").alias("answer"),
        pl.when(~is_shared).then("offender_id").alias("offender_id"),
    )
    return _matched(persons, keys, held, "offender", known, weighed)


def match_satellites(
    rows: pl.DataFrame,
    entity: str,
    known: Candidates,
    own_persons: pl.DataFrame | None = None,
    answers_given: pl.DataFrame = NO_ANSWERS,
) -> Matched:
    """Matches the rows of a satellite entity, typed and in scope; a row without person is X02.

    `own_persons`: `Matched.frame` of the company's own spg delivery. A row that gives a person_ref and no CRN
    that anybody knows takes over the answer of that person, held or not.
    """
    keys = compared_keys(rows)
    steps = [_by_clerk(answers_given), _by_crn, _by_former_crn, _by_identifiers, _by_name]
    if own_persons is not None and "person_ref" in rows.columns:
        steps.insert(steps.index(_by_identifiers), _by_person_ref(own_persons))
    return _matched(rows, keys, _climb(keys, known, steps, NO_PERSON), entity, known)


def _for_one_row_each(said: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """ANSWER_SCHEMA of evidence `said`: a person who is another row's too, by an identifier or by evidence,
    is no link but a question about the row that has no identifier; a namesake stays held as such."""
    taken = pl.concat([answers["offender_id"].drop_nulls(), said["offender_id"].drop_nulls()])
    is_taken = pl.col("offender_id").is_in(taken.filter(taken.is_duplicated()).implode()).fill_null(False)
    asked = said.with_columns(
        pl.when(is_taken).then(pl.lit(ASKED)).otherwise("answer").alias("answer"),
        pl.when(~is_taken).then("offender_id").alias("offender_id"),
    )
    namesakes = answers.filter(answer=NAMESAKE).select("row", is_namesake=pl.lit(True))
    told = asked.join(namesakes, on="row", how="left")
    is_held = (pl.col("answer") == ASKED) & pl.col("is_namesake").fill_null(False)
    return told.filter(~is_held).select(list(ANSWER_SCHEMA))


def _left(answers: pl.DataFrame, keys: pl.DataFrame, answers_given: pl.DataFrame) -> Left:
    """Who is compared: nobody about whom a clerk has spoken."""
    said = answered(keys, answers_given, {NEW: NEW_PERSON, NOBODY: NO_PERSON}, BY_CLERK)
    is_new = said.filter(answer=NEW_PERSON)["row"]
    unsaid = answers.filter(~pl.col("row").is_in(is_new.implode()))
    agreed = answers.filter(pl.col("answer").is_in(FOUND)).select(pl.col("row").cast(pl.Int64), "offender_id")
    return Left(unsaid.filter(answer=NEW_PERSON)["row"], unsaid.filter(answer=NAMESAKE)["row"], agreed)


def compared_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """row, crn, person_ref and the comparable names, birth date and identifiers."""
    given = [
        pl.col(name) if name in rows.columns else pl.lit(None, pl.String).alias(name)
        for name in ("crn", "person_ref")
    ]
    return rows.select(*given, *person_keys(rows), *identifier_keys(rows)).with_row_index("row")


def _climb(keys: pl.DataFrame, known: Candidates, steps: list[Step], last: str) -> pl.DataFrame:
    """The first answer of `steps` for every row; `last` where none answers."""
    answered = []
    for step in steps:
        if keys.is_empty():
            break
        answers = step(keys, known).select(list(ANSWER_SCHEMA))
        answered.append(answers)
        keys = keys.join(answers, on="row", how="anti")
    unanswered = keys.select("row", answer=pl.lit(last), offender_id=pl.lit(None, pl.Int64))
    return pl.concat([*answered, unanswered]).sort("row")


def _by_clerk(answers: pl.DataFrame) -> Step:
    """Before all others: what a clerk answered about exactly these values.

    Whom nDelius has merged since is followed to the last survivor; an answer that names nobody who is left is
    none, and the row is asked about again.
    """

    def step(keys: pl.DataFrame, known: Candidates) -> pl.DataFrame:
        if answers.is_empty():
            return pl.DataFrame(schema=ANSWER_SCHEMA)
        said = answered(keys, answers, {NEW: NEW_PERSON, NOBODY: NO_PERSON}, BY_CLERK)
        after = said.join(
            known.successors.rename({"offender_id": "left"}),
            left_on="offender_id",
            right_on="gone",
            how="left",
        )
        followed = after.with_columns(pl.coalesce("left", "offender_id").alias("offender_id"))
        is_there = pl.col("offender_id").is_in(known.persons["offender_id"].implode())
        return followed.filter(is_there | (pl.col("answer") != BY_CLERK))

    return step


def _by_crn(keys: pl.DataFrame, known: Candidates) -> pl.DataFrame:
    """Step 1: the CRN stands in the baseline; one that two persons bear decides nothing (M06)."""
    found = keys.join(known.persons, on="crn", how="inner", suffix="_known")
    answers = _one_person(found, "M01")
    one = found.join(answers.filter(answer="M01"), on="row", how="semi")
    return pl.concat([answers.filter(answer="M06"), confirm(_compared(one), "M01", "M02")])


def _by_former_crn(keys: pl.DataFrame, known: Candidates) -> pl.DataFrame:
    """Step 2: the CRN was merged into another."""
    return _one_person(keys.join(known.former_crns, on="crn", how="inner"), "M03")


def _by_person_ref(own_persons: pl.DataFrame) -> Step:
    """The answer of the person of that LocalReference in the company's own full record."""
    answers = own_persons.select("person_ref", "answer", "offender_id").unique("person_ref", keep="first")

    def step(keys: pl.DataFrame, _known: Candidates) -> pl.DataFrame:
        return keys.join(answers, on="person_ref", how="inner")

    return step


def _by_identifiers(keys: pl.DataFrame, known: Candidates) -> pl.DataFrame:
    """Step 4: whoever PNC, prison number and CRO find."""
    given = unpivot_identifiers(keys.select("row", "pnc", "noms", "cro"), "row")
    found = given.join(known.identifiers, on=["kind", "value"], how="inner")
    answers = _one_person(found, "M04")
    one = answers.filter(answer="M04").join(keys, on="row").drop("answer")
    found = one.join(known.persons.drop("crn"), on="offender_id", suffix="_known")
    return pl.concat([answers.filter(answer="M06"), confirm(_compared(found), "M04", "M08")])


def _compared(found: pl.DataFrame) -> pl.DataFrame:
    """Delivered words beside those of the person found, which bear the suffix _known."""
    return found.rename({"alias_names": "alias_names_known"})


def _by_name(keys: pl.DataFrame, known: Candidates) -> pl.DataFrame:
    """Step 5: both names and date of birth of somebody known."""
    found = namesakes(keys, known.persons).select("row").unique()
    return found.select("row", answer=pl.lit(NAMESAKE), offender_id=pl.lit(None, pl.Int64))


def _one_person(found: pl.DataFrame, answer: str) -> pl.DataFrame:
    """`answer` for rows for which one single person was found, M06 for those with several."""
    persons = found.group_by("row").agg(pl.col("offender_id").unique())
    is_one = pl.col("offender_id").list.len() == 1
    return persons.select(
        "row",
        pl.when(is_one).then(pl.lit(answer)).otherwise(pl.lit("M06")).alias("answer"),
        pl.when(is_one).then(pl.col("offender_id").list.first()).alias("offender_id"),
    )


def _matched(
    rows: pl.DataFrame,
    keys: pl.DataFrame,
    answers: pl.DataFrame,
    entity: str,
    known: Candidates,
    weighed: Weighed | None = None,
) -> Matched:
    kept = [name for name in (*PROVENANCE, "person_ref") if name in rows.columns]
    frame = pl.concat([rows.select(kept), answers.drop("row")], how="horizontal")
    findings = [
        findings_of(group, str(answer), entity, LOOKED_AT.get(str(answer), ""))
        for (answer,), group in frame.group_by("answer", maintain_order=True)
        if answer != BY_CLERK
    ]
    marked = frame.with_columns(pl.col("answer").is_in(HELD).alias("is_held"))
    numbered = marked.select(*PROVENANCE, "answer", "is_held", "offender_id").with_row_index("row")
    pairs = weighed.pairs if weighed else pl.DataFrame(schema=WEIGHED_SCHEMA)
    held = _held(numbered.drop("offender_id"), keys, known, pairs)
    linked = numbered.filter(answer=LINKED).join(pairs, on=["row", "offender_id"], how="left")
    return Matched(
        marked,
        collect(findings),
        held.with_columns(entity=pl.lit(entity)).select(list(HELD_SCHEMA)),
        linked.select(list(EVIDENCE_SCHEMA)),
        weighed.weights if weighed else None,
        _lines(numbered, weighed),
    )


def _lines(numbered: pl.DataFrame, weighed: Weighed | None) -> pl.DataFrame:
    if weighed is None:
        return pl.DataFrame(schema=COMPARED_SCHEMA)
    places = numbered.select("row", *PROVENANCE)
    return places.join(weighed.lines, on="row", maintain_order="left_right").select(list(COMPARED_SCHEMA))


def _held(rows: pl.DataFrame, keys: pl.DataFrame, known: Candidates, pairs: pl.DataFrame) -> pl.DataFrame:
    """HELD_SCHEMA but for the entity. `pairs`: WEIGHED_SCHEMA of those who were compared."""
    held = rows.filter("is_held").drop("is_held").rename({"answer": "rule"})
    if held.is_empty():
        return pl.DataFrame(schema={name: kind for name, kind in HELD_SCHEMA.items() if name != "entity"})
    own = keys.join(held, on="row", how="semi", maintain_order="left")
    asked = held.with_columns(evidence(own))
    told = with_weights(possible(own, known), pairs.join(held, on="row", how="semi"))
    return asked.join(told, on="row", how="left", maintain_order="left_right")
