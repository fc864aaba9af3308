"""From persons whom no identifier finds to those whom evidence links, and those whom a clerk must look at."""

from dataclasses import dataclass, field

import polars as pl

from matching.linkage.blocks import PAIR_SCHEMA, pairs
from matching.linkage.guards import is_the_same_throughout, with_guards
from matching.linkage.model import Weights, stated
from matching.linkage.people import ID, People, plain_name
from matching.linkage.records import bearers, records
from matching.linkage.settings import settings
from matching.linkage.words import LINE_SCHEMA, explained, lines

LINKED, ASKED = "M11", "M12"
FREQUENCY_SCHEMA = {"word": pl.String, "value": pl.String, "share": pl.Float64}
WEIGHED_SCHEMA = {
    "row": pl.UInt32, "offender_id": pl.Int64, "weight": pl.Float64, "against": pl.String,
    "agrees": pl.String,
}  # fmt: skip
"""A pair worth telling of: from the threshold of a question on."""


@dataclass(frozen=True)
class Weighed:
    """What became of the persons who were left. `answers`: row, answer (LINKED or ASKED), offender_id (null
    when asked); whoever is not there stays as the cascade left him. `pairs`: WEIGHED_SCHEMA. `weights`: with
    what it was weighed, None where nobody had to be compared. `lines`: LINE_SCHEMA of
    `pairs`, thing by thing."""

    answers: pl.DataFrame
    pairs: pl.DataFrame
    weights: Weights | None = None
    lines: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=LINE_SCHEMA))


@dataclass(frozen=True)
class Left:
    """Who is left: `rows` that nothing answers, `namesakes` those that M05 holds, `agreed`: row and
    offender_id that identifiers found, from which the weights learn."""

    rows: pl.Series
    namesakes: pl.Series
    agreed: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PAIR_SCHEMA))


def weigh_left(left: Left, delivered: People, known: People) -> Weighed:
    """Compare those whom no identifier finds with nDelius. Two runs over the same give the same.

    `delivered`: persons by row; `known`: by OFFENDER_ID, not deleted.
    """
    open_ones = pl.concat([left.rows, left.namesakes]).cast(pl.Int64)
    near = pairs(delivered.only(open_ones), known)
    if near.is_empty():
        return Weighed(_no_answers(), pl.DataFrame(schema=WEIGHED_SCHEMA))
    weights, scored = _scored(near, left, delivered, known)
    told = with_guards(scored.with_columns(pl.col("row").cast(pl.UInt32)))
    worth = told.filter(pl.col("weight") >= settings().thresholds["hold"])
    answers = _answers(worth, left.namesakes.cast(pl.UInt32))
    told = worth.with_columns(agrees=explained()).select(list(WEIGHED_SCHEMA))
    return Weighed(answers, told, weights, lines(worth))


def _scored(near: pl.DataFrame, left: Left, delivered: People, known: People) -> tuple[Weights, pl.DataFrame]:
    from matching.linkage.scoring import count_shares, weigh  # heavy: only who compares pays

    training = settings().training
    labels = _drawn(left.agreed, "row", training["labels"])
    if labels.height < training["least_labels"]:
        labels = labels.clear()
    strangers = _drawn(known.persons.select(ID), ID, training["rows"])
    if strangers.height < training["least_rows"]:
        strangers = strangers.clear()
    ours = delivered.only(pl.concat([near["row"], labels["row"]]))
    theirs = known.only(pl.concat([near["offender_id"], labels["offender_id"], strangers[ID]]))
    houses = bearers(People(ours.persons, pl.concat([ours.postcodes, theirs.postcodes])), known)
    own, other = records(ours, houses), records(theirs, houses)
    shares = frequencies(known.persons, own)
    weights = count_shares(
        stated(known.persons.height),
        _of(other, strangers[ID]),
        (labels, _of(own, labels["row"]), _of(other, labels["offender_id"])),
        shares,
    )
    scored = weigh(near, _of(own, near["row"]), _of(other, near["offender_id"]), weights, shares)
    return weights, scored


def frequencies(persons: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """FREQUENCY_SCHEMA: how often the known bear the names that `records` give."""
    names = persons.select(
        **{name: plain_name(pl.col(name)) for name in ("surname", "first_name", "second_name")}
    ).with_columns(full_name=pl.concat_str("first_name", "surname", separator=" "))
    found = [pl.DataFrame(schema=FREQUENCY_SCHEMA)]
    for word in settings().rare_words:
        given = names.select(pl.col(word).alias("value")).drop_nulls()
        wanted = records.select(pl.col(word).alias("value")).drop_nulls().unique()
        counts = given.join(wanted, on="value", how="semi").group_by("value").len()
        share = (pl.col("len") / max(given.height, 1)).alias("share")
        found.append(counts.select(pl.lit(word).alias("word"), "value", share).sort("value"))
    return pl.concat(found)


def _answers(worth: pl.DataFrame, namesakes: pl.Series) -> pl.DataFrame:
    """The best candidate of each row, where it may be linked and is far enough ahead; else a question."""
    limits = settings().thresholds
    ranked = worth.sort("row", "weight", "offender_id", descending=[False, True, False])
    best = ranked.group_by("row", maintain_order=True).agg(
        pl.all().first(),
        (pl.col("weight").first() - pl.col("weight").get(1, null_on_oob=True)).alias("ahead"),
    )
    is_namesake = pl.col("row").is_in(namesakes.implode())
    needed = pl.when(is_namesake).then(limits["overwhelming"]).otherwise(limits["link"])
    is_linked = (
        pl.col("against").is_null()
        & (pl.col("weight") >= needed)
        & (pl.col("ahead").is_null() | (pl.col("ahead") >= limits["clear"]))
        & (~is_namesake | is_the_same_throughout())
    )
    judged = best.with_columns(is_linked.alias("is_linked"))
    return judged.filter(pl.col("is_linked") | ~is_namesake).select(
        "row",
        pl.when("is_linked").then(pl.lit(LINKED)).otherwise(pl.lit(ASKED)).alias("answer"),
        pl.when("is_linked").then("offender_id").alias("offender_id"),
    )


def _no_answers() -> pl.DataFrame:
    return pl.DataFrame(schema={"row": pl.UInt32, "answer": pl.String, "offender_id": pl.Int64})


def _drawn(rows: pl.DataFrame, key: str, most: int) -> pl.DataFrame:
    """At most so many of `rows`, drawn by a hash of their key: the same every time."""
    seed = settings().training["seed"]
    mixed = (pl.col(key).cast(pl.UInt64) + seed) * 0x9E3779B97F4A7C15 % (1 << 61)
    return rows.sort(mixed, key).head(most).sort(key)


def _of(records: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    return records.filter(pl.col("unique_id").is_in(ids.implode())).sort("unique_id")
