"""What a clerk answered about a person, and what is shown for it: who it may be, and what agrees."""

import hashlib

import polars as pl

from matching.agreement import begins_with_other
from matching.baseline import Candidates, unpivot_identifiers
from matching.namesakes import namesakes
from vocabulary.decisions import KINDS, MATCHES

KEYS = (
    "crn", "person_ref", "surname_key", "first_name_key", "second_name_key", "date_of_birth", "pnc", "noms",
    "cro",
)  # fmt: skip
HASHED = 16
"""Hexadecimal digits of a hash that stand for the values: 64 bits."""

CANDIDATE_SCHEMA = {"row": pl.UInt32, "offender_id": pl.Int64, "agrees": pl.String, "score": pl.UInt32}
STANDS_ON = {
    "CRN": ("crn",),
    "PNC, prison or CRO number": ("pnc", "noms", "cro"),
    "surname": ("surname_key",),
    "first name": ("first_name_key",),
    "date of birth": ("date_of_birth",),
}
"""What is told of a candidate, to the words of the row: where it gives none of them, nothing disagrees."""

NO_ANSWERS = pl.DataFrame(schema=dict.fromkeys((*KINDS[MATCHES].key, "answer"), pl.String))


def evidence(keys: pl.DataFrame) -> pl.Series:
    """A hash per row over everything that matching looks at, in its comparable form."""
    joined = pl.concat_str([pl.col(name).cast(pl.String).fill_null("") for name in KEYS], separator="\n")
    texts = keys.select(joined.alias("evidence"))["evidence"].to_list()
    hashes = [hashlib.sha256(text.encode()).hexdigest()[:HASHED] for text in texts]
    return pl.Series("evidence", hashes, dtype=pl.String)


def answered(keys: pl.DataFrame, answers: pl.DataFrame, meaning: dict[str, str], found: str) -> pl.DataFrame:
    """`row, answer, offender_id` of the rows that a clerk answered.

    `answers`: NO_ANSWERS with lines of one company, export and entity. `meaning` says what NEW and NOBODY are
    called in `answer`; a person is called `found`.
    """
    given = answers.select("evidence", pl.col("answer").alias("given"))
    joined = keys.select("row", evidence(keys)).join(given, on="evidence", how="inner")
    return joined.select(
        "row",
        pl.col("given").replace_strict(meaning, default=found, return_dtype=pl.String).alias("answer"),
        pl.col("given").cast(pl.Int64, strict=False).alias("offender_id"),
    )


def possible(keys: pl.DataFrame, known: Candidates) -> pl.DataFrame:
    """CANDIDATE_SCHEMA: everybody who agrees with a row in a number or in name and date of birth, best first.

    `agrees` says in words what does and does not; there is no value in it.
    """
    numbers = unpivot_identifiers(keys.select("row", "pnc", "noms", "cro"), "row")
    found = [
        keys.join(known.persons, on="crn", how="inner"),
        keys.join(known.former_crns, on="crn", how="inner"),
        numbers.join(known.identifiers, on=["kind", "value"], how="inner"),
        namesakes(keys, known.persons),
    ]
    pairs = pl.concat([one.select("row", "offender_id") for one in found]).unique()
    theirs = known.persons.select("offender_id", pl.all().exclude("offender_id").name.suffix("_known"))
    compared = pairs.join(keys, on="row").join(theirs, on="offender_id").join(
        _shared_numbers(numbers, known), on=["row", "offender_id"], how="left"
    )  # fmt: skip
    marks = {
        "CRN": _same("crn"),
        "PNC, prison or CRO number": _is_shared("numbers"),
        "surname": _same("surname_key"),
        "first name": _same("first_name_key"),
        "date of birth": _same("date_of_birth"),
        "names changed over": _same("surname_key", "first_name_key") & _same("first_name_key", "surname_key"),
    }
    is_short = begins_with_other(pl.col("first_name_key"), pl.col("first_name_key_known"))
    in_part = {"first name": is_short}
    told = [
        pl.concat_str(
            pl.lit(f"{name}: "),
            pl.when(mark)
            .then(pl.lit("yes"))
            .when(_is_not_given(*STANDS_ON.get(name, ())))
            .then(pl.lit("not given"))
            .when(in_part.get(name, pl.lit(False)))
            .then(pl.lit("in part"))
            .otherwise(pl.lit("no")),
        )
        for name, mark in marks.items()
    ]
    return compared.select(
        "row",
        "offender_id",
        pl.concat_str(told, separator=", ").alias("agrees"),
        pl.sum_horizontal(mark.cast(pl.UInt32) for mark in marks.values()).alias("score"),
    ).sort("row", "score", "offender_id", descending=[False, True, False])


def with_weights(found: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """CANDIDATE_SCHEMA: `found` (the same) and whom weighing found, each with what spoke for and against.

    `pairs`: matching.linkage.weighing.WEIGHED_SCHEMA. Who was weighed stands first, the heaviest on top.
    """
    weighed = pairs.select("row", "offender_id", "weight", pl.col("agrees").alias("weighs"))
    both = found.join(weighed, on=["row", "offender_id"], how="full", coalesce=True)
    return (
        both.with_columns(
            pl.concat_str("agrees", "weighs", separator="; ", ignore_nulls=True).alias("agrees")
        )
        .sort("row", "weight", "score", "offender_id", descending=[False, True, True, False], nulls_last=True)
        .with_columns(pl.col("score").fill_null(0))
        .select(list(CANDIDATE_SCHEMA))
    )


def _shared_numbers(numbers: pl.DataFrame, known: Candidates) -> pl.DataFrame:
    shared = numbers.join(known.identifiers, on=["kind", "value"], how="inner")
    return shared.group_by("row", "offender_id").agg(pl.len().alias("numbers"))


def _is_not_given(*words: str) -> pl.Expr:
    return pl.all_horizontal(pl.col(word).is_null() for word in words) if words else pl.lit(False)


def _same(word: str, theirs: str = "") -> pl.Expr:
    return (pl.col(word) == pl.col(f"{theirs or word}_known")).fill_null(False)


def _is_shared(word: str) -> pl.Expr:
    return pl.col(word).is_not_null()
