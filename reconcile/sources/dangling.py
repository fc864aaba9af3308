"""Rows of the baseline whose team, officer or login nobody has: nDelius cannot hold them, so nobody has them.

Said a second time from the text of the baseline alone.
"""

from collections.abc import Mapping

import polars as pl

UNALLOCATED_TEAM, UNALLOCATED_OFFICER = "UAT", "U"
"""How the codes end that stand for nobody in an area, and nobody in a team; not every one is delivered."""

HOLDERS = {"team": ("team", "code"), "officer": ("staff", "officer"), "user": ("user", "user")}
"""Word to the entity and the word that say which there are."""

NAMED = (
    ("responsible_officer", "manager_id", "offender_manager", "manager_id"),
    ("upw_session", "contact_id", "contact", "contact_id"),
    ("upw_session", "upw_project_id", "upw_project", "upw_project_id"),
)
"""Entity and word that name a row of another entity, no parent, without which nDelius cannot hold them."""


def without_dangling(entity: str, rows: pl.DataFrame, codes: Mapping[str, pl.Series]) -> pl.DataFrame:
    """`rows` (text, blank as null) that name a code of `codes` (word of HOLDERS to codes), or none."""
    for word, (holder, _) in HOLDERS.items():
        if word in rows.columns and entity != holder:
            is_known = pl.col(word).is_in(codes[word].implode()) | _stands_in(word, rows)
            rows = rows.filter(pl.col(word).is_null() | is_known)
    return rows


def without_named(
    frames: dict[str, pl.DataFrame], gone: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """`frames` without rows that name one of `gone` (entity to the rows that without_dangling took)."""
    kept = dict(frames)
    for entity, word, holder, holding in NAMED:
        if entity in kept and holder in gone and gone[holder].height:
            lost = gone[holder][holding].drop_nulls()
            kept[entity] = kept[entity].filter(pl.col(word).is_null() | ~pl.col(word).is_in(lost.implode()))
    return kept


def _stands_in(word: str, rows: pl.DataFrame) -> pl.Expr:
    if word == "team":
        return pl.col("team").str.ends_with(UNALLOCATED_TEAM)
    if word == "officer" and "team" in rows.columns:
        team = pl.coalesce("team", pl.col("officer").str.head(3) + UNALLOCATED_TEAM)
        return (pl.col("officer") == team + UNALLOCATED_OFFICER).fill_null(False)
    return pl.lit(False)
