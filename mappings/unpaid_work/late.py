"""U12, U13, U14: orders past their year, reviews that are due, late starts. For information: lists follow."""

import polars as pl

from mappings.unpaid_work.dates import (
    ASSESSMENT_DAYS,
    REVIEWS,
    START_DAYS,
    is_later_than,
    is_review_due,
    last_day_to_work,
)
from vocabulary.calendar import DAY_1
from vocabulary.findings import PROVENANCE, findings_of

SENTENCE = pl.col("sentence_date")
EXTENDED = "extended: check the court's new date"


def is_past_the_year(day: pl.Expr) -> pl.Expr:
    """On `day` its twelve months have ended and minutes are outstanding (U12 of Day 1)."""
    return (last_day_to_work(SENTENCE) < day) & (pl.col("outstanding") > 0)


def state_past_the_year(over: str) -> pl.Expr:
    """What to do with an order past its year: `over`, or where the court gave more time, look for how much.

    Nobody whose order was extended is told to stay at home (U12).
    """
    return pl.when("is_extended").then(pl.lit(EXTENDED)).otherwise(pl.lit(over))


def is_assessed_late() -> pl.Expr:
    """The assessment came, or has not come, after more than ten business days (U14)."""
    return is_later_than(pl.col("assessment_date"), SENTENCE, ASSESSMENT_DAYS)


def is_started_late() -> pl.Expr:
    """The same of the first session and fifteen, which stand-alone orders alone must keep (U14, BR12)."""
    return pl.col("is_stand_alone") & is_later_than(pl.col("first_session"), SENTENCE, START_DAYS)


def late_findings(progress: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of U12 on orders, of U13 and U14 on the placement that should hold the date.

    An order that is not placed is named itself.

    Args:
        progress: mappings.unpaid_work.progress.order_progress.
    """
    return [
        findings_of(progress.filter(is_past_the_year(pl.lit(DAY_1))), "U12", "upw_order", "ordered"),
        *(
            found
            for months, word in REVIEWS.items()
            for found in _on_placements(progress, is_review_due(pl.col(word), SENTENCE, months), "U13", word)
        ),
        *_on_placements(progress, is_assessed_late(), "U14", "assessment_date"),
        *_on_placements(progress, is_started_late(), "U14", "sentence_date"),
    ]


def _on_placements(progress: pl.DataFrame, is_late: pl.Expr, rule: str, word: str) -> list[pl.DataFrame]:
    late = progress.filter(is_late)
    is_placed = pl.col("placed_source_row").is_not_null()
    placed = late.filter(is_placed).with_columns(pl.col(f"placed_{name}").alias(name) for name in PROVENANCE)
    return [
        findings_of(placed, rule, "upw_placement", word),
        findings_of(late.filter(~is_placed), rule, "upw_order"),
    ]
