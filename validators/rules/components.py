"""Requirements, licence conditions, PSS requirements and NSIs: R01, R02, R04, R05, R07."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch

COMPONENTS = ("requirement", "licence_condition", "pss_requirement", "nsi")
RAR = "F"
"""Main category of a rehabilitation activity requirement (dictionary: REQUIREMENT MAIN CATEGORY)."""


@judges("delius", rules="R01 R02")
@judges("spg", rules="R02")
def setting_aside(batch: Batch, export: str) -> list[pl.DataFrame]:
    """Findings of R01 and R02, which set the row aside."""
    found = []
    for entity in COMPONENTS:
        frame = batch.in_scope(export, entity)
        starts = [pl.col(word) for word in ("start_date", "commenced_date") if word in frame.columns]
        ends_early = pl.any_horizontal([pl.col("end_date") < start for start in starts])
        found.append(failing(frame, ends_early, "R02", entity, "end_date"))
        if "is_active" in frame.columns:
            is_wrong = pl.col("is_active") == pl.col("end_date").is_not_null()
            found.append(failing(frame, is_wrong, "R01", entity, "is_active"))
    return found


@judges("delius", "spg", rules="R04 R05 R07")
def warnings(batch: Batch, export: str, live_requirements: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of R04, R05 and R07 on carried rows.

    Args:
        live_requirements: source_file, source_row of the live requirements (mappings.case.live_records).
    """
    rar = batch.carried(export, "requirement").filter(pl.col("main_category") == RAR)
    live_rar = rar.join(
        live_requirements, on=["source_file", "source_row"], how="semi", maintain_order="left"
    )
    return [
        failing(live_rar, pl.col("length").fill_null(0) <= 0, "R04", "requirement", "length"),
        failing(rar, pl.col("rar_days_done") > pl.col("length"), "R05", "requirement", "rar_days_done"),
        _referred_before_event(batch, export),
    ]


def _referred_before_event(batch: Batch, export: str) -> pl.DataFrame:
    """R07: dictionary rule 23."""
    here, there = ("event_id", "event_id") if export == "delius" else ("local_event_ref", "local_ref")
    events = batch.carried(export, "event").select(
        pl.col(there).alias(here), pl.col("referral_date").alias("_event")
    )
    nsi = batch.carried(export, "nsi").join(events.unique(here), on=here, how="left")
    return failing(nsi, pl.col("referral_date") < pl.col("_event"), "R07", "nsi", "referral_date")
