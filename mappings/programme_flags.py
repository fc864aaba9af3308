"""What the programme system is told: accredited programme requirements that move, with event and person.

IAPS_RQMNT, IAPS_EVENT and IAPS_OFFENDER hold a flag that sends the row to that system (dictionary, section
6).
"""

import polars as pl

from mappings.person_components import person_components
from mappings.transfers import PROVENANCE
from vocabulary.batch import Batch

PROGRAMME = "C"
"""Main category of a requirement: accredited programme."""


def programme_flags(routed: pl.DataFrame, baseline: Batch) -> dict[str, pl.DataFrame]:
    """Rows of the three tables, each requirement, event and person once.

    Args:
        routed: Components.moving with region.
        baseline: nDelius as it stands: which requirements are programmes, and their events.
    """
    programmes = (
        person_components(baseline)
        .filter(pl.col("main_category") == PROGRAMME)
        .select("kind", pl.col("component_id", "event_id").cast(pl.String))
        .unique("component_id")
    )
    moving = routed.join(
        programmes,
        left_on=["kind", "component_ref"],
        right_on=["kind", "component_id"],
        how="inner",
        maintain_order="left",
    )
    words = {"IAPS_RQMNT": "requirement_id", "IAPS_EVENT": "event_id", "IAPS_OFFENDER": "offender_id"}
    named = moving.rename({"component_ref": "requirement_id", "person_id": "offender_id"})
    return {
        table: named.unique(word, keep="first", maintain_order=True).select(
            pl.col(word).alias("natural_key"), *PROVENANCE, word
        )
        for table, word in words.items()
    }
