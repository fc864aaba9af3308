"""Needs as text of the plan: the OASys section they would belong to, never an OASys score (eoc.md)."""

import polars as pl

from mappings.assessments.members import members

HEADING = "Needs and plan carried over from the company's own tool; no OASys score or band is claimed."


def plan_texts(assessments: pl.DataFrame, company: str) -> pl.DataFrame:
    """assessment_ref, plan_text: a line per need, then which section each objective serves.

    An area that the tool scores 0, says nothing about and leaves out of the plan is no need.
    """
    is_need = (pl.col("score") > 0) | pl.col("is_priority") | pl.col("summary").is_not_null()
    needs = (
        members(assessments, "need", company).filter(is_need).select("assessment_ref", _need().alias("line"))
    )
    objectives = members(assessments, "objective", company).select(
        "assessment_ref", _objective().alias("line")
    )
    return (
        pl.concat([needs, objectives])
        .group_by("assessment_ref", maintain_order=True)
        .agg(pl.format("{}\n{}", pl.lit(HEADING), pl.col("line").str.join("\n")).alias("plan_text"))
    )


def _section() -> pl.Expr:
    return pl.format("Section {} {}", "area_target", "area_label")


def _need() -> pl.Expr:
    priority = pl.when("is_priority").then(pl.lit(" (taken into the plan)")).otherwise(pl.lit(""))
    summary = pl.when(pl.col("summary").is_not_null()).then(pl.format(": {}", "summary"))
    return pl.concat_str(_section(), priority, summary.otherwise(pl.lit("")))


def _objective() -> pl.Expr:
    return pl.format("Objective {} ({}): {}", "number", "status", _section())
