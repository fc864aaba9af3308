"""What each practitioner has before and from Day 1 on, against what the grade can carry.

Capacity is assumed (mappings/workload/capacity.csv); which class of the tool a grade counts in is said by
nDelius's list of grades (target/dictionary/reference_codes.csv).
"""

import polars as pl

from lists.sources import ListSources
from lists.workload.cases import NO_TIER, PLACES, PRACTITIONER
from mappings.allocation.routing import OWN
from mappings.case.managers import offender_managers
from vocabulary.resources import text_table

REQUIREMENTS, REPORTS = ("RQ", "LC", "PSS"), ("CR", "IR")
"""Kinds of component (mappings/kinds.csv): what a practitioner manages beside persons."""

TIERS = ("A", "B", "C", "D")
GRADES = "OFFICER GRADE"


def with_capacity(sources: ListSources, cases: pl.DataFrame) -> pl.DataFrame:
    """A row per officer with cases: who it is, cases `before` and `after`, by place and tier, requirements
    and reports, and by how much their weight is over what the grade's class can carry."""
    counts = [
        pl.len().cast(pl.Int64).alias("after"),
        *((pl.col("place") == place).sum().cast(pl.Int64).alias(place) for place in PLACES),
        *(
            (pl.col("tier").str.head(1) == letter).sum().cast(pl.Int64).alias(f"tier_{letter.lower()}")
            for letter in TIERS
        ),
        (pl.col("tier") == NO_TIER).sum().cast(pl.Int64).alias("no_tier"),
        pl.col("weight").sum(),
    ]
    found = cases.group_by(*PRACTITIONER, "company", maintain_order=True).agg(counts)
    for facts in (
        _who(sources),
        _managed(sources, "requirements", REQUIREMENTS),
        _managed(sources, "reports", REPORTS),
    ):
        found = found.join(facts, on="officer", how="left", maintain_order="left")
    none = pl.col("before", "requirements", "reports").fill_null(0)
    over = (pl.col("weight") - pl.col("capacity")).clip(0)
    return found.with_columns(none).select(
        *PRACTITIONER, "surname", "first_name", "grade", "class", "comes_from", "before", "after", *PLACES,
        *(f"tier_{letter.lower()}" for letter in TIERS), "no_tier", "requirements", "reports",
        "weight", "capacity", over.alias("over_by"), "company",
    )  # fmt: skip


def _who(sources: ListSources) -> pl.DataFrame:
    """officer (from Day 1 on), comes_from, surname, first_name, grade, class, capacity, before of the
    practitioners who keep their cases."""
    kept = sources.moving.filter(pl.col("allocation") == OWN)
    pairs = (
        kept.select(pl.col("n_officer").alias("officer"), pl.col("officer").alias("old"))
        .unique()
        .sort("officer", "old")
    )
    staff = sources.baseline.known("staff").unique("officer", keep="last", maintain_order=True)
    people = staff.select(
        pl.col("officer").alias("old"), "surname", "first_name", pl.col("grade_target").alias("grade")
    )
    managed = (
        offender_managers(sources.baseline)
        .group_by(pl.col("officer").alias("old"))
        .agg(pl.len().cast(pl.Int64).alias("before"))
    )
    named = pairs.join(people, on="old", how="left", maintain_order="left").join(
        managed, on="old", how="left", maintain_order="left"
    )
    return (
        named.group_by("officer", maintain_order=True)
        .agg(
            pl.col("old").str.join(";").alias("comes_from"),
            pl.col("surname", "first_name", "grade").first(),
            pl.col("before").sum(),
        )
        .join(_graded(), on="grade", how="left", maintain_order="left")
    )


def _graded() -> pl.DataFrame:
    """grade, class of the tool that it counts in, capacity of that class."""
    codes = text_table("target", "dictionary", "reference_codes.csv")
    counted = pl.col("description").str.extract(r"^counts as (\w+)").alias("class")
    grades = codes.filter(pl.col("list_name").str.starts_with(GRADES)).select(
        pl.col("code").alias("grade"), counted
    )
    capacity = text_table("mappings", "workload", "capacity.csv").select(
        "class", pl.col("capacity").cast(pl.Decimal(9, 2))
    )
    named = grades.drop_nulls().unique("grade", keep="first", maintain_order=True)
    return named.join(capacity, on="class", how="left", maintain_order="left")


def _managed(sources: ListSources, name: str, kinds: tuple[str, ...]) -> pl.DataFrame:
    """officer, and how many components of `kinds` it manages from Day 1 on."""
    own = sources.moving.filter(pl.col("kind").is_in(kinds))
    return own.group_by(pl.col("n_officer").alias("officer")).agg(pl.len().cast(pl.Int64).alias(name))
