"""Whose difference it is: of the company that brought the row, whose person it is about, or in whose area
it is."""

from collections.abc import Sequence

import polars as pl

from reconcile.proofs.unchanged import person_of_rows
from reconcile.sources.evidence import Country, closing_areas
from target.bulk import read
from target.ledger import BEFORE_IMAGE
from target.schema.shape import table_names

ROW = ["table", "key"]
MEMBERS = {
    "STAFF_TEAM": ("STAFF", 0),
    "OFFICER": ("STAFF", 1),
    "PROBATION_AREA_USER": ("PROBATION_AREA_USER", 0),
}
"""Table to the one whose crosswalk rows tell who brought a row, and which part of the key names those."""


def with_owner(differences: pl.DataFrame, country: Country, codes: Sequence[str]) -> pl.DataFrame:
    """`differences` with a company each; those of companies not among `codes` are left out.

    Every company answers for its own. A row that is nobody's stands with the first of `codes`: it must be
    seen.
    """
    known = differences.filter(pl.col("company").is_not_null())
    open_ = differences.filter(pl.col("company").is_null())
    if open_.is_empty():
        return known.filter(pl.col("company").is_in(list(codes)))
    owners = _owners(open_.select(ROW).unique(maintain_order=True), country, codes)
    placed = open_.drop("company").join(owners, on=ROW, how="left", maintain_order="left", nulls_equal=True)
    named = placed.with_columns(pl.col("company").fill_null(codes[0])).select(differences.columns)
    return pl.concat([known, named]).filter(pl.col("company").is_in(list(codes)))


def _owners(rows: pl.DataFrame, country: Country, codes: Sequence[str]) -> pl.DataFrame:
    """table, key, company of each row, null of one that is nobody's."""
    brought = _brought(country, rows)
    images = read(country.connection, BEFORE_IMAGE, ["TABLE_NAME", "TARGET_ID", "COMPANY"]).select(
        pl.col("TABLE_NAME").alias("table"),
        pl.col("TARGET_ID").cast(pl.String).alias("key"),
        pl.col("COMPANY").alias("company"),
    )
    by_load = pl.concat([brought, images]).unique(ROW, keep="first", maintain_order=True)
    found = [rows.join(by_load, on=ROW, how="inner")]
    rest = rows.join(by_load, on=ROW, how="anti", nulls_equal=True)
    homes = _homes(country, codes)
    for (table,), group in rest.group_by("table", maintain_order=True):
        if table not in table_names():
            continue
        people = _people(country, str(table), group["key"].drop_nulls().unique())
        placed = people.join(homes, on="person", how="inner").unique("key", keep="first")
        found.append(placed.select(pl.lit(str(table)).alias("table"), "key", "company"))
    return pl.concat(found).unique(ROW, keep="first", maintain_order=True)


def _brought(country: Country, rows: pl.DataFrame) -> pl.DataFrame:
    """table, key, company of rows that a crosswalk names; memberships and union rows go by their member."""
    trail = country.trail.rows.select("table", "key", "company").collect()
    parts = [trail]
    for table, (of_table, place) in MEMBERS.items():
        own = rows.filter(pl.col("table") == table).with_columns(
            pl.col("key").str.split(":").list.get(place, null_on_oob=True).alias("member")
        )
        staff = trail.filter(pl.col("table") == of_table).select(pl.col("key").alias("member"), "company")
        parts.append(
            own.join(staff.unique("member"), on="member", how="inner").select("table", "key", "company")
        )
    return pl.concat(parts)


def _people(country: Country, table: str, keys: pl.Series) -> pl.DataFrame:
    if table == "ORGANISATION_OFFENDER":  # its rows are named by person and area
        return pl.DataFrame({"key": keys}).with_columns(
            pl.col("key").str.split(":").list.first().alias("person")
        )
    return person_of_rows(country, table, keys)


def _homes(country: Country, codes: Sequence[str]) -> pl.DataFrame:
    """person, company: of several companies that manage a part of the person, first those among `codes`."""
    cases = country.cases.components.filter(pl.col("area").is_in(closing_areas()))
    return (
        cases.select("person", pl.col("area").alias("company"))
        .unique(maintain_order=True)
        .sort(pl.col("company").is_in(list(codes)), descending=True, maintain_order=True)
        .unique("person", keep="first", maintain_order=True)
    )
