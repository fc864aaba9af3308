"""The provider extract against the baseline: X04 (a row differs) and X05 (a row was not delivered).

Both sides are compared as text, trimmed: the layouts are the same, and no reading of ours stands between.
"""

import polars as pl

from vocabulary.findings import PROVENANCE, collect, findings_of, no_findings

ROW = ["source_file", "source_row"]
BESIDE = ".baseline"


def differences(
    delivered: pl.DataFrame, baseline: pl.DataFrame, entity: str, words: list[str], left_out: pl.DataFrame
) -> pl.DataFrame:
    """X04: one finding per row, its column the words that differ.

    Args:
        delivered, baseline: text frames with `key`; delivered holds the rows to compare only. One that is
            there twice, word for word, is compared once (T10).
        words: the columns to compare. Where a side's version of the specification lacks one (null), it says
            nothing of it.
        left_out: source_file, source_row, column of values that are not carried; those are not compared.
    """
    pairs = delivered.unique(["key", *words], keep="first", maintain_order=True).join(
        baseline.select("key", *words).unique("key", keep="first"),
        on="key",
        how="inner",
        suffix=BESIDE,
        maintain_order="left",
    )
    changed = pairs.filter(pl.any_horizontal([_differs(word) for word in words]))
    if changed.is_empty():
        return no_findings()
    found = []
    for word in words:
        rows = changed.filter(_differs(word))
        dropped = left_out.filter(pl.col("column") == word)
        found.append(findings_of(rows.join(dropped, on=ROW, how="anti"), "X04", entity, word))
    return collect(found)


def not_delivered(delivered: pl.DataFrame, baseline: pl.DataFrame, company: str, entity: str) -> pl.DataFrame:
    """X05: rows of the baseline that are the company's and were not delivered.

    Args:
        delivered: text or typed frame with `key`, whatever its outcome.
        baseline: the baseline's rows of the company, with `key` (pipeline.figures.company_rows).

    The finding names the baseline's file and row.
    """
    missing = baseline.join(delivered, on="key", how="anti", maintain_order="left")
    return findings_of(missing.with_columns(pl.lit(company).alias(PROVENANCE[0])), "X05", entity)


def _differs(word: str) -> pl.Expr:
    here, there = (pl.col(name).str.strip_chars(" ") for name in (word, f"{word}{BESIDE}"))
    return here != there
