"""The limited-access book of a region: whom few may see, who they are, and what happens on Day 1."""

import polars as pl

from lists.limited_access import HIDDEN_SCHEMA
from lists.sources import Lists, ListSources
from mappings.allocation.routing import pdu_of_teams

TOLD_SCHEMA = {**HIDDEN_SCHEMA, "book": pl.String, "list": pl.String}
"""HIDDEN_SCHEMA of every list."""

PLACE_SCHEMA = dict.fromkeys(("region", "person_id", "team", "company"), pl.String)
"""Who has a limited person from Day 1 on."""

MOVE_SCHEMA = {**dict.fromkeys(("region", "person_id", "kind", "team"), pl.String), "components": pl.Int64}
"""The components of limited persons that move, and the team that each goes to."""

SAYS = {"restriction": "may see", "exclusion": "may not see"}
"""What a row says of the user it names."""

PERSON = ["region", "person_id"]
ORDER = ["region", "pdu", "team", "crn", "person_id"]


def limited_places(sources: ListSources, persons: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    """PLACE_SCHEMA and MOVE_SCHEMA of those of `persons` (person_id) whom a company brings to a region."""
    is_limited = pl.col("person_id").is_in(persons.implode())
    company = pl.lit(sources.batch.company).alias("company")
    places = sources.people.filter(is_limited).with_columns(company).select(list(PLACE_SCHEMA))
    moving = sources.moving.filter(is_limited).with_columns(pl.col("n_team").alias("team"))
    moves = moving.group_by(*PERSON, "kind", "team", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("components")
    )
    return places, moves


def limited_book(
    persons: pl.DataFrame,
    users: pl.DataFrame,
    places: pl.DataFrame,
    moves: pl.DataFrame,
    hidden: pl.DataFrame,
) -> Lists:
    """The sheets of the book, by region. `persons` names each once, with a number, which the others say.

    Args:
        persons, users: see pipeline.stages.limited_persons.
        places, moves: PLACE_SCHEMA, MOVE_SCHEMA. hidden: TOLD_SCHEMA.
    """
    told = _numbered(persons, users, places, hidden)
    named = told.select(*PERSON, "no")
    return {
        "persons": told.drop("person_id"),
        "users": _of(named, users, ["person_id"])
        .sort("region", "no", "says", "account", nulls_last=True)
        .select("region", "no", "says", "account", "login", "on_day_1"),
        "moves": _of(named, moves, PERSON)
        .join(pdu_of_teams(), on="team", how="left")
        .sort("region", "no", "kind", "team")
        .select("region", "no", "kind", "components", "pdu", "team"),
        "lists": _of(named, hidden, PERSON)
        .group_by("region", "no", "book", "list", maintain_order=True)
        .agg(pl.col("rows").sum())
        .sort("region", "no", maintain_order=True),
    }


def _numbered(
    persons: pl.DataFrame, users: pl.DataFrame, places: pl.DataFrame, hidden: pl.DataFrame
) -> pl.DataFrame:
    """Who comes to a region or is hidden in one of its lists; a person whom two companies bring once."""
    companies = pl.col("company").unique(maintain_order=True).str.join(" and ")
    placed = places.group_by(PERSON, maintain_order=True).agg(pl.col("team").first(), companies)
    wanted = pl.concat([placed.select(PERSON), hidden.select(PERSON)]).unique()
    limited_by = pl.col("limit").unique(maintain_order=True).str.join(" and ").alias("limited_by")
    rows = (
        wanted.join(placed, on=PERSON, how="left")
        .join(persons, on="person_id", how="left")
        .join(users.group_by("person_id", maintain_order=True).agg(limited_by), on="person_id", how="left")
        .join(pdu_of_teams(), on="team", how="left")
        .sort(ORDER, nulls_last=True)
    )
    number = pl.int_range(1, pl.len() + 1).over("region").alias("no")
    return rows.with_columns(number).select(
        *["region", "no", "crn", "surname", "first_name", "limited_by", "pdu", "team", "company", "person_id"]
    )


def _of(named: pl.DataFrame, rows: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    return named.join(rows, on=keys, how="inner", maintain_order="left_right")
