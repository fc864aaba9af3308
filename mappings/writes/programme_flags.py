"""What the programme system is told: accredited programme requirements that move, with event and person.

IAPS_RQMNT, IAPS_EVENT and IAPS_OFFENDER hold a flag that sends the row to that system (dictionary, section
6). A requirement that only a company with its own case system holds is told like any other: nDelius gets it
on Day 1, and whom the programme system does not know is called to no session.
"""

import polars as pl

from mappings.case.own_numbers import record_ref
from mappings.case.spg_events import event_places
from mappings.writes.new_cases import is_unacknowledged
from mappings.writes.transfers import PROVENANCE
from vocabulary.batch import Batch

PROGRAMME = "C"
"""Main category of a requirement: accredited programme."""

REQUIREMENT = "RQ"
NAMED = ["requirement_id", "event_id"]


def programme_flags(routed: pl.DataFrame, batch: Batch, baseline: Batch) -> dict[str, pl.DataFrame]:
    """Rows of the three tables, each requirement, event and person once.

    Args:
        routed: Components.moving with region: what is transferred, and what is opened.
        batch: what the company delivered: programmes that nDelius lacks.
        baseline: nDelius as it stands: which requirements are programmes, and their events.
    """
    moving = routed.filter(pl.col("kind") == REQUIREMENT).join(
        pl.concat([_known(baseline), _new(batch, baseline)]),
        left_on="component_ref",
        right_on="requirement_id",
        how="inner",
        maintain_order="left",
    )
    words = {"IAPS_RQMNT": "requirement_id", "IAPS_EVENT": "event_id", "IAPS_OFFENDER": "offender_id"}
    named = moving.rename({"component_ref": "requirement_id", "person_id": "offender_id"})
    return {
        table: named.unique(word, keep="first", maintain_order=True).select(
            _flag_key(word, batch.company), *PROVENANCE, word
        )
        for table, word in words.items()
    }


def _known(baseline: Batch) -> pl.DataFrame:
    """NAMED of the programmes of nDelius."""
    sentences = baseline.all("delius", "disposal").select("disposal_id", "event_id").unique("disposal_id")
    return (
        baseline.all("delius", "requirement")
        .filter(pl.col("main_category") == PROGRAMME)
        .join(sentences, on="disposal_id")
        .select(pl.col(NAMED).cast(pl.String))
        .unique("requirement_id")
    )


def _new(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """NAMED of the programmes that Day 1 adds, each by the key that its own row has in the plan."""
    if not batch.has("spg"):
        return pl.DataFrame(schema=dict.fromkeys(NAMED, pl.String))
    new = batch.carried("spg", "requirement").filter(
        is_unacknowledged("requirement") & (pl.col("main_category_target") == PROGRAMME)
    )
    return new.join(event_places(batch, baseline), on="local_event_ref").select(
        record_ref("requirement").alias("requirement_id"), pl.col("event_ref").alias("event_id")
    )


def _flag_key(word: str, company: str) -> pl.Expr:
    """nDelius's key, which several companies may share; else the company's own, which only looks alike."""
    is_known = pl.col(word).str.contains(r"^\d+$")
    own = pl.concat_str(pl.lit(f"{company}:"), word)
    return pl.when(is_known).then(word).otherwise(own).alias("natural_key")
