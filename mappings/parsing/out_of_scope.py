"""Rows whose own content takes them out of Day 1: drafts, ended referrals, activities that do not go on."""

from collections.abc import Sequence

import polars as pl

from mappings.parsing.failures import ROW
from mappings.registry import ScopeRule, out_of_scope, scope_rules
from vocabulary.batch import OUT_OF_SCOPE
from vocabulary.calendar import DAY_1
from vocabulary.findings import PROVENANCE, collect, findings_of

STRUCTURED = ("ATB", "DA", "EM")
"""Need areas of structured interventions (A06, BR16)."""

BY_REGION = ("RESOLVE", "BSR")
"""Programmes that go on only where the regional director agrees (A01, BR15)."""

UNDER_WAY = ("REFERRED", "ONGOING")
"""A programme referral that is open (programmes.md)."""


@out_of_scope("eoc", "assessment")
def assessment_scope() -> list[ScopeRule]:
    """A draft stays where it is."""
    return [ScopeRule("B01", pl.col("status_target") == "DRAFT")]


@out_of_scope("justice_star", "star")
def star_scope() -> list[ScopeRule]:
    """A star that is not complete stays where it is."""
    return [ScopeRule("B01", pl.col("status_target") == "D")]


@out_of_scope("referrals", "service_referral")
def referral_scope() -> list[ScopeRule]:
    """A referral that has ended needs no service on Day 1."""
    has_ended = (pl.col("status_target") == "closed") | (pl.col("end_date") < DAY_1)
    return [ScopeRule("V01", has_ended)]


@out_of_scope("programmes", "rar_activity")
def activity_scope() -> list[ScopeRule]:
    """programmes.md, RAR activities: only approved structured interventions go on."""
    is_live = pl.col("status_target") == "LIVE"
    is_structured = pl.col("need_area").is_in(STRUCTURED)
    return [
        ScopeRule("", ~is_live),
        ScopeRule("A06", ~is_structured),
        ScopeRule("A05", is_live & is_structured & pl.col("panel_decision").is_null()),
        ScopeRule("A07", is_live & (pl.col("panel_decision_target") == "ROLLED_DOWN")),
    ]


@out_of_scope("programmes", "programme_referral")
def programme_scope() -> list[ScopeRule]:
    """What has ended needs nobody's agreement to go on."""
    is_open = pl.col("status_target").is_in(UNDER_WAY)
    return [ScopeRule("A01", is_open & pl.col("programme").is_in(BY_REGION), leaves=False)]


def judge_scope(
    frame: pl.DataFrame, export: str, entity: str, kept_out: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame with `is_out_of_scope` where the entity has such rules, and their findings.

    `kept_out`: source_file, source_row of rows that are set aside or repeated: they are not judged.
    """
    rules = scope_rules(export, entity)
    if not rules:
        return frame, collect([])
    judged = frame.join(kept_out.select(ROW), on=ROW, how="anti", maintain_order="left")
    found = [findings_of(judged.filter(rule.where), rule.rule, entity) for rule in rules if rule.rule]
    leaving = [rule.where.fill_null(False) for rule in rules if rule.leaves]
    is_out = pl.any_horizontal(leaving) if leaving else pl.lit(False)
    return frame.with_columns(is_out.alias(OUT_OF_SCOPE)), collect(found)


def join_scope_findings(blocks: Sequence[pl.DataFrame], export: str, entity: str) -> pl.DataFrame:
    """The findings of `judge_scope` in blocks of rows that follow each other, as if these were one."""
    found = collect(list(blocks))
    if found.is_empty():
        return found
    order = {rule.rule: number for number, rule in reversed(list(enumerate(scope_rules(export, entity))))}
    place = pl.col("rule").replace_strict(order, return_dtype=pl.Int64)
    return found.sort(place, maintain_order=True)


def waiting_in_scope(waiting: pl.DataFrame, frame: pl.DataFrame, kept_out: pl.DataFrame) -> pl.DataFrame:
    """`waiting` (coded_columns.WAITING_SCHEMA) counted anew on the rows of `frame` that go on.

    Nobody need decide what a code means that stands on no other row (A06).
    """
    if OUT_OF_SCOPE not in frame.columns or waiting.is_empty():
        return waiting
    rows = frame.filter(~pl.col(OUT_OF_SCOPE)).join(
        kept_out.select(ROW), on=ROW, how="anti", maintain_order="left"
    )
    found = [waiting.clear()]
    for (column, code), line in waiting.group_by("column", "code", maintain_order=True):
        having = rows.filter(pl.col(str(column)) == code)
        first = having.select(PROVENANCE).head(1)
        found.append(
            line.head(first.height).with_columns(
                *first.get_columns(), pl.lit(having.height, pl.Int64).alias("rows")
            )
        )
    return pl.concat(found)
