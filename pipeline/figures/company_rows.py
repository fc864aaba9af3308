"""The rows of nDelius that are a company's: what its provider extract must hold (delius.md)."""

import polars as pl

from vocabulary.batch import Batch
from vocabulary.links import links
from vocabulary.source import NDELIUS

OF_AREA = ("team", "staff", "upw_project")
"""Entities that belong to an area, not to a person."""

OF_STAFF = ("staff_team", "user")
"""Entities that belong to a member of staff."""


PLACE = ["company", "export", "source_file", "source_row", "key", "row_outcome"]


def company_rows(baseline: Batch, company: str, persons: pl.Series) -> dict[str, pl.DataFrame]:
    """PLACE of the baseline's rows, by entity, that belong to `persons` (keys as text) or to the company's
    area."""
    entities = list(baseline.known_frames())
    found = pl.collect_all(_rows(baseline, entity, company, persons) for entity in entities)
    return dict(zip(entities, found, strict=True))


def _rows(baseline: Batch, entity: str, company: str, persons: pl.Series) -> pl.LazyFrame:
    known = baseline.known(entity)
    frame = known.lazy()
    if known.is_empty():
        return frame.select(PLACE)
    if entity in OF_AREA:
        return frame.filter(pl.col("area") == company).select(PLACE)
    if entity in OF_STAFF:
        own = baseline.known("staff").lazy().filter(pl.col("area") == company)
        return frame.join(own, on="staff_id", how="semi", maintain_order="left").select(PLACE)
    if "offender_id" in known.columns:
        is_theirs = pl.col("offender_id").cast(pl.String).is_in(persons.implode())
        return frame.filter(is_theirs).select(PLACE)
    return _below(baseline, entity, frame, persons)


def _below(baseline: Batch, entity: str, frame: pl.LazyFrame, persons: pl.Series) -> pl.LazyFrame:
    """Rows without a person of their own belong to the person of the row they name."""
    own = []
    for link in links(NDELIUS)[entity]:
        parent = baseline.known(link.parent).lazy()
        theirs = parent.filter(pl.col("offender_id").cast(pl.String).is_in(persons.implode()))
        below = frame.select(*PLACE, link.word)
        own.append(below.join(theirs, left_on=link.word, right_on=link.parent_word, how="semi").select(PLACE))
    return pl.concat(own).unique("key", maintain_order=True)
