"""Rows whose own content takes them out of Day 1: drafts, ended referrals, activities that do not go on."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from mappings.failures import ROW
from vocabulary.batch import OUT_OF_SCOPE
from vocabulary.calendar import DAY_1
from vocabulary.findings import collect, findings_of

STRUCTURED = ("ATB", "DA", "EM")
"""Need areas of structured interventions (A06, BR16)."""


@dataclass(frozen=True)
class OutOfScope:
    """Where `where` is true the row is not in scope, by `rule`; blank where the page has no rule for it."""

    rule: str
    where: pl.Expr


def _referral() -> list[OutOfScope]:
    has_ended = (pl.col("status_target") == "closed") | (pl.col("end_date") < DAY_1)
    return [OutOfScope("V01", has_ended)]


def _activity() -> list[OutOfScope]:
    """programmes.md, RAR activities: only approved structured interventions go on."""
    is_live = pl.col("status_target") == "LIVE"
    is_structured = pl.col("need_area").is_in(STRUCTURED)
    return [
        OutOfScope("", ~is_live),
        OutOfScope("A06", ~is_structured),
        OutOfScope("A05", is_live & is_structured & pl.col("panel_decision").is_null()),
        OutOfScope("A07", is_live & (pl.col("panel_decision_target") == "ROLLED_DOWN")),
    ]


RULES = {
    "assessment": lambda: [OutOfScope("B01", pl.col("status_target") == "DRAFT")],
    "star": lambda: [OutOfScope("B01", pl.col("status_target") == "D")],
    "service_referral": _referral,
    "rar_activity": _activity,
}
"""Entity to what takes its rows out of scope."""


def judge_scope(
    frame: pl.DataFrame, entity: str, kept_out: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The frame with `is_out_of_scope` where the entity has such rules, and their findings.

    `kept_out`: source_file, source_row of rows that are set aside or repeated: they are not judged.
    """
    if entity not in RULES:
        return frame, collect([])
    rules: Sequence[OutOfScope] = RULES[entity]()
    judged = frame.join(kept_out.select(ROW), on=ROW, how="anti", maintain_order="left")
    found = [findings_of(judged.filter(rule.where), rule.rule, entity) for rule in rules if rule.rule]
    is_out = pl.any_horizontal(rule.where.fill_null(False) for rule in rules)
    return frame.with_columns(is_out.alias(OUT_OF_SCOPE)), collect(found)
