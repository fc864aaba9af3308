"""Live components that did not move although the company's area manages them:
what K01 and K04 must explain."""

import polars as pl

from mappings.kinds import kinds
from mappings.live import Frames, live_components
from mappings.managers import active_managers
from mappings.spg_components import natural_key, record_ref
from vocabulary.batch import CARRIED, Batch

SCHEMA = {"kind": pl.String, "component_ref": pl.String, "person_id": pl.String}
REPORTS = ("CR", "IR")


def left_behind(batch: Batch, baseline: Batch, moving: pl.DataFrame) -> pl.DataFrame:
    """kind, component_ref, person_id of what stays: by the baseline, and new records that were set aside."""
    managed = managed_components(baseline, batch.company)
    stays = [managed.join(moving, on=["kind", "component_ref"], how="anti")]
    if batch.has("spg"):
        stays += [_unopened(batch, kind.code) for kind in kinds() if kind.code not in REPORTS]
    return pl.concat(stays).unique(maintain_order=True)


def managed_components(baseline: Batch, company: str) -> pl.DataFrame:
    """Live components of the baseline whose current manager is in the company's area."""
    frames: Frames = {entity: baseline.carried("delius", entity) for entity in baseline.frames["delius"]}
    own = active_managers(frames).filter(pl.col("is_current") & (pl.col("area") == company))
    live = pl.concat(
        [
            live_components(frames, "delius", kind).select(
                pl.lit(kind.code).alias("kind"),
                pl.col(kind.word).cast(pl.String).alias("component_ref"),
                pl.col("offender_id").cast(pl.String).alias("person_id"),
            )
            for kind in kinds()
        ]
    )
    return live.join(own, on=["kind", "component_ref"], how="semi")


def _unopened(batch: Batch, code: str) -> pl.DataFrame:
    """Live records without nDelius key that are set aside: nothing was opened for them."""
    kind = next(found for found in kinds() if found.code == code)
    frames = {entity: batch.all("spg", entity) for entity in batch.frames["spg"]}
    records = live_components(frames, "spg", kind).filter(
        (pl.col("row_outcome") != CARRIED)
        & (pl.col("area") == batch.company)
        & (pl.col(f"{kind.entity}_id").fill_null(0) == 0)
    )
    # A person who is held has no key yet; the company's own number tells such persons apart.
    return records.select(
        pl.lit(code).alias("kind"),
        record_ref(kind.entity).alias("component_ref"),
        pl.coalesce("person_id", natural_key("offender", pl.col("person_ref"))).alias("person_id"),
    )
