"""Parents exist (X02), children go with their parents (X01), known rows are in the baseline (X06).

Gives every row its outcome. Walks the entities parents first, so that one pass is enough.
"""

from collections.abc import Mapping, Sequence

import polars as pl

from validators.parents import ABSENT, WRONG_PERSON, parent_of
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, OUT_OF_SCOPE, SET_ASIDE, Batch
from vocabulary.findings import collect, findings_of, no_findings
from vocabulary.invisible import invisible_characters
from vocabulary.links import Link, links, parents_first

ROW = ["source_file", "source_row"]
UNREADABLE = ("T01", "T02")
"""Rules whose rows have no words to look at: their references cannot be judged."""

FLAG_AND_DATE = ("E04", "R01", "O06")
"""Rules by which an active flag and a closing date agree."""

OUTCOME = "outcome"
_MARKS = ("is_set_aside", "is_repeated", "is_unreadable", "is_merged")


def propagate_outcomes(
    batch: Batch, export: str, findings: pl.DataFrame, baseline_keys: Mapping[str, pl.Series]
) -> pl.DataFrame:
    """Set `row_outcome` on every frame of `export` and return the findings of X01, X02 and X06.

    Args:
        batch: its frames are replaced by ones with `outcome`; an entity in it
            has those it hangs on beside it.
        findings: all findings so far; a row with one of severity set_aside starts as set aside.
        baseline_keys: per entity the keys (text) of the baseline.
    """
    marks = _marks(findings.filter(pl.col("export") == export))
    states: dict[tuple[str, str], pl.DataFrame] = {}
    found = []
    for entity in parents_first(export):
        if entity not in batch.frames[export]:
            continue  # of the nation only some are asked for
        frame = batch.all(export, entity)
        if frame.is_empty():
            batch.frames[export][entity] = _with_outcome(frame, pl.Series([], dtype=pl.String))
            continue
        own, parents = links(export).get(entity, ()), []
        for link in own:
            parents.append(parent_of(frame, batch.all(export, link.parent), link, baseline_keys, states))
        seen = _look(frame, entity, export, marks, parents, baseline_keys.get(entity))
        outcome, failures = _settle(frame, entity, export, seen, own)
        batch.frames[export][entity] = _with_outcome(frame, outcome)
        found += failures
    return collect(found)


def _with_outcome(frame: pl.DataFrame, outcome: pl.Series) -> pl.DataFrame:
    if "row_outcome" in frame.columns:
        return frame.with_columns(outcome.alias("row_outcome"))
    return frame.hstack([outcome.alias("row_outcome")])


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


def _look(
    frame: pl.DataFrame,
    entity: str,
    export: str,
    marks: pl.DataFrame,
    parents: list[pl.Expr],
    keys: pl.Series | None,
) -> pl.DataFrame:
    """What can be seen of each row before any outcome is settled, in one pass: OUTCOME that it has by itself,
    whether it is_unreadable and is_merged, the state of each parent by its number, and whether it is_unknown
    to the baseline.
    """
    rows = frame.lazy()
    has = dict.fromkeys(_MARKS, pl.repeat(False, pl.len(), dtype=pl.Boolean))
    if marks.height:
        rows = rows.join(marks.lazy(), on=ROW, how="left", maintain_order="left")
        has = {name: pl.col(name).fill_null(False) for name in _MARKS}
    is_unknown = pl.repeat(False, pl.len(), dtype=pl.Boolean)
    if keys is not None and export in ("delius", "spg"):
        is_unknown = _is_unknown(entity, export, keys)
    return rows.select(
        _own_outcome(frame, has).alias(OUTCOME),
        has["is_unreadable"].alias("is_unreadable"),
        has["is_merged"].alias("is_merged"),
        *(state.alias(str(number)) for number, state in enumerate(parents)),
        is_unknown.alias("is_unknown"),
    ).collect()


def _own_outcome(frame: pl.DataFrame, has: dict[str, pl.Expr]) -> pl.Expr:
    """The outcome a row has by itself. A deleted row is not in scope (delius.md), nor what
    mappings.parsing.out_of_scope says."""
    leaving = [
        pl.col(name).fill_null(False) for name in ("is_deleted", OUT_OF_SCOPE) if name in frame.columns
    ]
    return (
        pl.when(has["is_set_aside"])
        .then(pl.lit(SET_ASIDE))
        .when(pl.any_horizontal(has["is_repeated"], *leaving))
        .then(pl.lit(NOT_IN_SCOPE))
        .otherwise(pl.lit(CARRIED))
    )


def _is_unknown(entity: str, export: str, keys: pl.Series) -> pl.Expr:
    """A row of a provider extract is not in the baseline; a record's own nDelius key, unless 0, is not
    (spg.md)."""
    if export == "delius":
        return ~pl.col("key").is_in(keys.implode()).fill_null(True)
    key = pl.col(f"{entity}_id")
    return ((key != 0) & ~key.cast(pl.String).is_in(keys.implode())).fill_null(False)


def _settle(
    frame: pl.DataFrame, entity: str, export: str, seen: pl.DataFrame, own: Sequence[Link]
) -> tuple[pl.Series, list[pl.DataFrame]]:
    """The outcome of each row, and the findings of X01, X02 and X06."""
    outcome, found = seen[OUTCOME], []
    if export == "spg":
        # A merged person's own key went with the CRN: matching has found the survivor (M03).
        is_lost = seen["is_unknown"] & ~seen["is_merged"] & (outcome == CARRIED)
        if is_lost.any():
            outcome = _set_aside(outcome, is_lost)
            found.append(findings_of(frame.filter(is_lost), "X02", entity, f"{entity}_id"))
    for number, link in enumerate(own):
        state = seen[str(number)]
        if not (state != CARRIED).any():
            continue
        is_judged = ~seen["is_unreadable"] & (outcome != NOT_IN_SCOPE)
        is_lost = is_judged & ((state == ABSENT) | (state == WRONG_PERSON)).fill_null(False)
        is_below = is_judged & (state == SET_ASIDE).fill_null(False)
        is_out = is_judged & (state == NOT_IN_SCOPE).fill_null(False) & (outcome == CARRIED)
        if is_lost.any():
            lost = frame.filter(is_lost)
            found.append(findings_of(lost, "X02", link.entity, link.word))
            found += invisible_characters(lost, "X02", link.entity, link.word)
        if is_below.any():
            found.append(findings_of(frame.filter(is_below), "X01", link.entity, link.word))
        outcome = _set_aside(outcome, is_lost | is_below).zip_with(~is_out, _all(NOT_IN_SCOPE, outcome))
    if export == "delius":
        is_unknown = seen["is_unknown"] & (outcome == CARRIED)
        if is_unknown.any():
            outcome = _set_aside(outcome, is_unknown)
            found.append(findings_of(frame.filter(is_unknown), "X06", entity))
    return outcome, found


def _set_aside(outcome: pl.Series, where: pl.Series) -> pl.Series:
    return outcome.zip_with(~where, _all(SET_ASIDE, outcome))


def _all(value: str, rows: pl.Series) -> pl.Series:
    return pl.Series(rows.name, [value]).new_from_index(0, len(rows))
