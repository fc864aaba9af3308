"""What explains that a row stays with a closing company: a held person (G01), a restriction that waits (L03).

Nothing else does: a row that is set aside, or was never delivered, leaves nobody behind (exports/README).
"""

import polars as pl

from reconcile.proofs.access import ENTITIES
from reconcile.sources.delivery import PLACE, own_key
from reconcile.sources.evidence import Evidence

SCHEMA = dict.fromkeys(("table", "key", "person", "because", "source_file", "source_row"), pl.String)
"""`table` and `key`, or `person` for everything that is about the person; the others blank."""

HELD = "G01"


def reasons_of(evidence: Evidence) -> pl.DataFrame:
    """SCHEMA of every held person, and of the company's restrictions and exclusions that are set aside."""
    return pl.concat([pl.DataFrame(schema=SCHEMA), _held(evidence), *_limited(evidence)])


def _held(evidence: Evidence) -> pl.DataFrame:
    """The person's row as delivered, or else as nDelius has it."""
    frames = [evidence.delivery.frames.get("delius", {}), evidence.country.baseline]
    rows = pl.concat([known["offender"].select("offender_id", *PLACE) for known in frames if known])
    named = rows.unique("offender_id", keep="first", maintain_order=True)
    return named.filter(pl.col("offender_id").is_in(evidence.held.implode())).select(
        pl.lit("").alias("table"), pl.lit("").alias("key"), pl.col("offender_id").alias("person"),
        pl.lit(HELD).alias("because"), "source_file", "source_row",
    )  # fmt: skip


def _limited(evidence: Evidence) -> list[pl.DataFrame]:
    """Rows that wait, as delivered; of what the company did not deliver, as nDelius has them (L03)."""
    rules = evidence.delivery.set_aside().group_by(PLACE, maintain_order=True).agg(pl.col("rule").first())
    found = []
    for entity, table in ENTITIES.items():
        frames = [
            known.get(entity)
            for known in (evidence.delivery.frames.get("delius", {}), evidence.country.baseline)
        ]
        for frame in (one for one in frames if one is not None):
            aside = frame.with_columns(own_key(entity).alias("key")).drop_nulls("key")
            found.append(
                aside.join(rules, on=PLACE, how="inner").select(
                    pl.lit(table).alias("table"), "key", pl.lit("").alias("person"),
                    pl.col("rule").alias("because"), "source_file", "source_row",
                )
            )  # fmt: skip
    return found
