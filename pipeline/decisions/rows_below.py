"""How many rows wait for one answer: the rows asked about, and all below them in the same export (X01)."""

import polars as pl

from vocabulary.links import links, parents_first

ROW = ["source_file", "source_row"]
Frames = dict[str, pl.DataFrame]


def rows_waiting(frames: Frames, export: str, entity: str, asked: pl.DataFrame) -> dict[str, int]:
    """Question to the number of its rows.

    Args:
        frames: every entity of the export, typed.
        asked: `question` and ROW of the rows of `entity` that are asked about.
    """
    held: Frames = {entity: frames[entity].join(asked, on=ROW, how="inner")}
    for child in parents_first(export):
        below = [
            _named(frames[child], link.word, held[link.parent], link.parent_word)
            for link in links(export).get(child, ())
            if link.parent in held and child != entity
        ]
        if below:
            held[child] = pl.concat(below).unique(["question", *ROW])
    rows = pl.concat([frame.select("question", *ROW) for frame in held.values()]).unique()
    return {str(question): count for question, count in rows.group_by("question").len().iter_rows()}


def _named(children: pl.DataFrame, word: str, parents: pl.DataFrame, parent_word: str) -> pl.DataFrame:
    """The rows of `children` that name one of `parents`, with its question."""
    asked = parents.select("question", pl.col(parent_word).cast(pl.String).alias("_parent")).drop_nulls()
    named = children.with_columns(pl.col(word).cast(pl.String).alias("_parent"))
    return named.join(asked.unique(), on="_parent", how="inner").drop("_parent")
