"""In which state the parent of a row is: its outcome, absent, or of another person."""

from collections.abc import Mapping

import polars as pl

from vocabulary.batch import CARRIED, NOT_IN_SCOPE, SET_ASIDE
from vocabulary.links import Link

WORSE = {CARRIED: 0, NOT_IN_SCOPE: 1, SET_ASIDE: 2}
ABSENT, WRONG_PERSON = "absent", "wrong_person"


def person_word(frame: pl.DataFrame) -> str | None:
    """The word that names the person of a row: nDelius's key, or the company's own number."""
    return next((word for word in ("person_ref", "offender_id") if word in frame.columns), None)


def parent_of(
    frame: pl.DataFrame,
    parent: pl.DataFrame,
    link: Link,
    baseline_keys: Mapping[str, pl.Series],
    states: dict[tuple[str, str], pl.DataFrame],
) -> pl.Expr:
    """The state of the row of `parent` that each row of `frame` names; null where it names none.

    Args:
        baseline_keys: per entity the keys (text) of the baseline.
        states: what is known of parents already, kept for the next who names them.
    """
    place = (link.parent, link.parent_word)
    if place not in states:
        states[place] = _states(parent, link)
    known, named = states[place], _named_key(link)
    found: list[pl.Expr] = []
    word = person_word(frame)
    if known.height:
        if word is not None and word == person_word(parent):
            person = named.replace_strict(known["key"], known["person"], default=None, return_dtype=pl.String)
            found.append(pl.when(pl.col(word).cast(pl.String) != person).then(pl.lit(WRONG_PERSON)))
        found.append(named.replace_strict(known["key"], known["state"], default=None, return_dtype=pl.String))
    elsewhere = baseline_keys.get(link.parent) if link.may_be_elsewhere else None
    if elsewhere is not None:
        found.append(pl.when(named.is_in(elsewhere.implode())).then(pl.lit(CARRIED)))
    return pl.when(named.is_not_null()).then(pl.coalesce(*found, pl.lit(ABSENT)))


def _named_key(link: Link) -> pl.Expr:
    """The parent's key as text; 0 means that nDelius has not given one yet (spg.md)."""
    text = pl.col(link.word).cast(pl.String)
    return pl.when(text != "0").then(text)


def _states(parent: pl.DataFrame, link: Link) -> pl.DataFrame:
    """Per key of the parent its best outcome (a repeated row must not hide the first) and its person."""
    word = person_word(parent)
    rows = parent.select(
        pl.col(link.parent_word).cast(pl.String).alias("key"),
        pl.col("row_outcome").alias("state"),
        (pl.col(word).cast(pl.String) if word else pl.lit(None, pl.String)).alias("person"),
    )
    if rows["key"].null_count():
        rows = rows.drop_nulls("key")
    if rows["key"].n_unique() == rows.height:
        return rows
    return rows.sort(pl.col("state").replace_strict(WORSE, return_dtype=pl.Int8), maintain_order=True).unique(
        "key", keep="first", maintain_order=True
    )
