"""Records of a company's own case system: the one place that reads them for the case model.

A company that records in nDelius has none. A record names nDelius's key of what it is about; without one it
is of something that only the company holds, and Day 1 adds it.
"""

import polars as pl

from mappings.case.live_components import Frames
from vocabulary.batch import Batch
from vocabulary.source import OWN_SYSTEM


def own_records(batch: Batch) -> Frames:
    """The carried records by entity; empty of a company that records in nDelius."""
    return {entity: batch.carried(OWN_SYSTEM, entity) for entity in batch.frames.get(OWN_SYSTEM, {})}


def every_record(batch: Batch, entity: str) -> pl.DataFrame:
    """The records of `entity` whatever their outcome, of a company that has some."""
    return batch.all(OWN_SYSTEM, entity)


def records_in_scope(batch: Batch, entity: str) -> pl.DataFrame:
    """The records of `entity` that rules judge, also those set aside."""
    return batch.in_scope(OWN_SYSTEM, entity)


def is_added(entity: str) -> pl.Expr:
    """nDelius has given the record no key."""
    return pl.col(f"{entity}_id").fill_null(0) == 0
