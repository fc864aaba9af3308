"""Assessments of the companies' own tools: B02, B03, B04, B06."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch

NEED_SCORES = (0, 4)
OGRS3 = (0, 100)
STAR_SCORES = (1, 10)
"""Lowest and highest value of each scale (B02, B03)."""

HIGH = ("H", "V")
"""Levels of serious harm that a company should not have had in its care (B06, BR38)."""


@judges("eoc", rules="B02 B04")
def assessments_aside(batch: Batch) -> list[pl.DataFrame]:
    """Findings of B02 and B04 on assessments."""
    rows = batch.in_scope("eoc", "assessment")
    scores = pl.col("need").list.eval(_outside(pl.element().struct.field("score"), NEED_SCORES)).list.any()
    completed = pl.col("completed_date")
    is_untimely = (completed > batch.extract_date) | (completed < pl.col("start_date"))
    return [
        failing(rows, scores, "B02", "assessment", "need.score"),
        *(
            failing(rows, _outside(pl.col(word), OGRS3), "B02", "assessment", word)
            for word in ("ogrs3_one_year", "ogrs3_two_year")
        ),
        failing(rows, is_untimely, "B04", "assessment", "completed_date"),
    ]


@judges("eoc", rules="B06")
def assessment_warnings(batch: Batch) -> list[pl.DataFrame]:
    """Findings of B06."""
    rows = batch.carried("eoc", "assessment")
    return [failing(rows, pl.col("rosh_level_target").is_in(HIGH), "B06", "assessment", "rosh_level")]


@judges("justice_star", rules="B03 B04")
def stars_aside(batch: Batch) -> list[pl.DataFrame]:
    """Findings of B03 and B04 on stars."""
    rows = batch.in_scope("justice_star", "star")
    scores = [name for name in rows.columns if name.startswith("score_")]
    return [
        *(failing(rows, _outside(pl.col(name), STAR_SCORES), "B03", "star", name) for name in scores),
        failing(rows, pl.col("date") > batch.extract_date, "B04", "star", "date"),
    ]


def _outside(value: pl.Expr, scale: tuple[int, int]) -> pl.Expr:
    return ~value.is_between(*scale)
