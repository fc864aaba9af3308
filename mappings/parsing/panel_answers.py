"""Answers about activities that the panel had not decided when the company delivered (A05)."""

import polars as pl

ACTIVITY = "rar_activity"

UNDECIDED = pl.DataFrame(schema={"activity_ref": pl.String, "answer": pl.String})
"""No answers about activities (vocabulary.decisions, INTERVENTIONS)."""


def with_panel_answers(text: pl.DataFrame, entity: str, answers: pl.DataFrame) -> pl.DataFrame:
    """The text frame with `answers` where the company left the decision blank, as if it had delivered them.

    What it did deliver counts before an answer: the panel has spoken since.
    """
    if entity != ACTIVITY or answers.is_empty():
        return text
    given = answers.select(pl.col("activity_ref").alias("_ref"), pl.col("answer").alias("_answer"))
    joined = text.with_columns(pl.col("activity_ref").str.strip_chars().alias("_ref")).join(
        given, on="_ref", how="left", maintain_order="left"
    )
    is_blank = pl.col("panel_decision").fill_null("").str.strip_chars() == ""
    return joined.with_columns(
        pl.when(is_blank & pl.col("_answer").is_not_null())
        .then("_answer")
        .otherwise("panel_decision")
        .alias("panel_decision")
    ).drop("_ref", "_answer")
