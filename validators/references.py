"""Parents exist (X02), children go with their parents (X01), known rows are in the baseline (X06).

Gives every row its outcome. Walks the entities parents first, so that one pass is enough.
"""

from collections.abc import Mapping

import polars as pl

from vocabulary.batch import CARRIED, NOT_IN_SCOPE, OUT_OF_SCOPE, SET_ASIDE, Batch
from vocabulary.findings import collect, findings_of, no_findings
from vocabulary.invisible import invisible_characters
from vocabulary.links import Link, links, parents_first

ROW = ["source_file", "source_row"]
UNREADABLE = ("T01", "T02")
"""Rules whose rows have no words to look at: their references cannot be judged."""

FLAG_AND_DATE = ("E04", "R01", "O06")
"""Rules by which an active flag and a closing date agree."""

WORSE = {CARRIED: 0, NOT_IN_SCOPE: 1, SET_ASIDE: 2}
ABSENT, WRONG_PERSON = "absent", "wrong_person"


def propagate_outcomes(
    batch: Batch, export: str, findings: pl.DataFrame, baseline_keys: Mapping[str, pl.Series]
) -> pl.DataFrame:
    """Set `row_outcome` on every frame of `export` and return the findings of X01, X02 and X06.

    Args:
        batch: its frames are replaced by ones with `outcome`.
        findings: all findings so far; a row with one of severity set_aside starts as set aside.
        baseline_keys: per entity the keys (text) of the baseline.
    """
    marks = _marks(findings.filter(pl.col("export") == export))
    found = []
    for entity in parents_first(export):
        frame = _own_outcome(batch.all(export, entity), marks)
        if export == "spg" and entity in baseline_keys:
            frame, failed = _require_acknowledged(frame, entity, baseline_keys[entity])
            found.append(failed)
        for link in links(export).get(entity, ()):
            elsewhere = baseline_keys.get(link.parent) if link.may_be_elsewhere else None
            frame, failures = _follow(frame, link, batch.all(export, link.parent), elsewhere)
            found += failures
        if export == "delius" and entity in baseline_keys:
            frame, failed = _require_known(frame, entity, baseline_keys[entity])
            found.append(failed)
        batch.frames[export][entity] = frame.drop("is_unreadable", "is_merged")
    return collect(found)


def rows_of_held(batch: Batch, export: str, entity: str, held: pl.Series) -> pl.DataFrame:
    """X01 on satellite rows whose person nDelius will not have, new and set aside, or who stays with the
    company: `held`, the person_id of everybody without a region (G01)."""
    found = [held]
    if batch.has("spg"):
        persons = batch.all("spg", "offender")
        found.append(persons.filter("is_new_person", row_outcome=SET_ASIDE)["person_id"].drop_nulls())
    if not sum(map(len, found)):
        return no_findings()
    rows = batch.in_scope(export, entity)
    named = pl.col("person_id").is_in(pl.concat(found).implode())
    return findings_of(rows.filter(named), "X01", entity, "crn")


def person_word(frame: pl.DataFrame) -> str | None:
    """The word that names the person of a row: nDelius's key, or the company's own number."""
    return next((word for word in ("person_ref", "offender_id") if word in frame.columns), None)


def without_unreadable_ends(found: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
    """`found` without whether a flag agrees with a closing date that nobody can read: T13 has said so."""
    unreadable = before.filter(pl.col("rule") == "T13").select("export", *ROW)
    asked = pl.col("rule").is_in(FLAG_AND_DATE)
    return pl.concat(
        [found.filter(~asked), found.filter(asked).join(unreadable, on=["export", *ROW], how="anti")]
    )


def _marks(findings: pl.DataFrame) -> pl.DataFrame:
    """Per row with findings: is it set aside, repeated (T10), unreadable, of a merged person (M03)?"""
    return findings.group_by(ROW).agg(
        (pl.col("severity") == "set_aside").any().alias("is_set_aside"),
        (pl.col("rule") == "T10").any().alias("is_repeated"),
        pl.col("rule").is_in(UNREADABLE).any().alias("is_unreadable"),
        (pl.col("rule") == "M03").any().alias("is_merged"),
    )


def _own_outcome(frame: pl.DataFrame, marks: pl.DataFrame) -> pl.DataFrame:
    """The outcome a row has by itself. A deleted row is not in scope (delius.md), nor what
    mappings.parsing.out_of_scope says."""
    leaving = [
        pl.col(name).fill_null(False) for name in ("is_deleted", OUT_OF_SCOPE) if name in frame.columns
    ]
    is_leaving = pl.any_horizontal(leaving) if leaving else pl.lit(False)
    return (
        frame.drop("row_outcome", strict=False)
        .join(marks, on=ROW, how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("is_set_aside").fill_null(False))
            .then(pl.lit(SET_ASIDE))
            .when(pl.col("is_repeated").fill_null(False) | is_leaving)
            .then(pl.lit(NOT_IN_SCOPE))
            .otherwise(pl.lit(CARRIED))
            .alias("row_outcome"),
            pl.col("is_unreadable", "is_merged").fill_null(False),
        )
        .drop("is_set_aside", "is_repeated")
    )


def _follow(
    frame: pl.DataFrame, link: Link, parent: pl.DataFrame, elsewhere: pl.Series | None
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The outcome after looking at one parent, and the findings of X01 and X02."""
    judged = frame.with_columns(_named_key(link).alias("_key")).join(
        _states(parent, link), on="_key", how="left", maintain_order="left"
    )
    if elsewhere is not None:
        is_there = pl.col("_state").is_null() & pl.col("_key").is_in(elsewhere.implode())
        judged = judged.with_columns(
            pl.when(is_there).then(pl.lit(CARRIED)).otherwise("_state").alias("_state")
        )
    is_judged = (
        pl.col("_key").is_not_null() & ~pl.col("is_unreadable") & (pl.col("row_outcome") != NOT_IN_SCOPE)
    )
    state = pl.coalesce(_wrong_person(frame, parent), pl.col("_state"), pl.lit(ABSENT))
    judged = judged.with_columns(pl.when(is_judged).then(state).alias("_state"))
    lost = judged.filter(pl.col("_state").is_in([ABSENT, WRONG_PERSON]))
    failures = [
        findings_of(lost, "X02", link.entity, link.word),
        *invisible_characters(lost, "X02", link.entity, link.word),
        findings_of(judged.filter(pl.col("_state") == SET_ASIDE), "X01", link.entity, link.word),
    ]
    return _with_parent_outcome(judged).select(frame.columns), failures


def _with_parent_outcome(judged: pl.DataFrame) -> pl.DataFrame:
    return judged.with_columns(
        pl.when(pl.col("_state").is_in([ABSENT, WRONG_PERSON, SET_ASIDE]))
        .then(pl.lit(SET_ASIDE))
        .when((pl.col("_state") == NOT_IN_SCOPE) & (pl.col("row_outcome") == CARRIED))
        .then(pl.lit(NOT_IN_SCOPE))
        .otherwise(pl.col("row_outcome"))
        .alias("row_outcome")
    )


def _named_key(link: Link) -> pl.Expr:
    """The parent's key as text; 0 means that nDelius has not given one yet (spg.md)."""
    text = pl.col(link.word).cast(pl.String)
    return pl.when(text != "0").then(text)


def _states(parent: pl.DataFrame, link: Link) -> pl.DataFrame:
    """Per key of the parent its best outcome (a repeated row must not hide the first) and its person."""
    word = person_word(parent)
    return (
        parent.select(
            pl.col(link.parent_word).cast(pl.String).alias("_key"),
            pl.col("row_outcome").alias("_state"),
            (pl.col(word).cast(pl.String) if word else pl.lit(None, pl.String)).alias("_person"),
        )
        .drop_nulls("_key")
        .sort(pl.col("_state").replace_strict(WORSE, return_dtype=pl.Int8), maintain_order=True)
        .unique("_key", keep="first", maintain_order=True)
    )


def _wrong_person(frame: pl.DataFrame, parent: pl.DataFrame) -> pl.Expr:
    """A lower row must be of the person of its parent (delius.md, keys and relations)."""
    word = person_word(frame)
    if word is None or word != person_word(parent):
        return pl.lit(None, pl.String)
    return pl.when(pl.col(word).cast(pl.String) != pl.col("_person")).then(pl.lit(WRONG_PERSON))


def _require_known(frame: pl.DataFrame, entity: str, keys: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows that are still carried must be in the baseline (X06)."""
    is_unknown = (pl.col("row_outcome") == CARRIED) & ~pl.col("key").is_in(keys.implode())
    return _set_aside(frame, is_unknown), findings_of(frame.filter(is_unknown), "X06", entity)


def _require_acknowledged(
    frame: pl.DataFrame, entity: str, keys: pl.Series
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A record's own nDelius key, unless 0, is in the baseline (X02, spg.md).

    A merged person's own key went with the CRN: matching has found the survivor (M03).
    """
    key = pl.col(f"{entity}_id")
    is_lost = (key != 0) & ~key.cast(pl.String).is_in(keys.implode()) & ~pl.col("is_merged")
    is_unknown = is_lost & (pl.col("row_outcome") == CARRIED)
    return _set_aside(frame, is_unknown), findings_of(frame.filter(is_unknown), "X02", entity, f"{entity}_id")


def _set_aside(frame: pl.DataFrame, condition: pl.Expr) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(condition).then(pl.lit(SET_ASIDE)).otherwise("row_outcome").alias("row_outcome")
    )
