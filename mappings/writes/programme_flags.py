"""What the programme system is told: accredited programme requirements that move, with event and person.

IAPS_RQMNT, IAPS_EVENT and IAPS_OFFENDER hold a flag that sends the row to that system (dictionary, section
6). A requirement that only a company with its own case system holds is told like any other: nDelius gets it
on Day 1, and whom the programme system does not know is called to no session.
"""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.writes.transfers import PROVENANCE

PROGRAMME = "C"
"""Main category of a requirement: accredited programme."""

REQUIREMENT = "RQ"


def programme_flags(routed: pl.DataFrame, model: CaseModel) -> dict[str, pl.DataFrame]:
    """Rows of the three tables, each requirement, event and person once.

    Args:
        routed: Components.moving with region: what is transferred, and what is opened.
        model: which requirements are programmes, of nDelius or of the company alone, and their events.
    """
    programmes = model.requirements.filter(pl.col("main_category") == PROGRAMME)
    moving = routed.filter(pl.col("kind") == REQUIREMENT).join(
        programmes.select("requirement_ref", pl.col("event_ref").alias("event_id")),
        left_on="component_ref",
        right_on="requirement_ref",
        how="inner",
        maintain_order="left",
    )
    words = {"IAPS_RQMNT": "requirement_id", "IAPS_EVENT": "event_id", "IAPS_OFFENDER": "offender_id"}
    named = moving.rename({"component_ref": "requirement_id", "person_id": "offender_id"})
    return {
        table: named.unique(word, keep="first", maintain_order=True).select(
            _flag_key(word, model.batch.company), *PROVENANCE, word
        )
        for table, word in words.items()
    }


def _flag_key(word: str, company: str) -> pl.Expr:
    """nDelius's key, which several companies may share; else the company's own, which only looks alike."""
    is_known = pl.col(word).str.contains(r"^\d+$")
    own = pl.concat_str(pl.lit(f"{company}:"), word)
    return pl.when(is_known).then(word).otherwise(own).alias("natural_key")
