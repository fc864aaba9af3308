"""Manager rows by themselves: O06. What depends on the component stands in mappings/case/components.py."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch

MANAGERS = (
    "offender_manager",
    "order_manager",
    "requirement_manager",
    "licence_condition_manager",
    "pss_requirement_manager",
    "nsi_manager",
    "report_manager",
)


@judges("delius", rules="O06")
def setting_aside(batch: Batch) -> list[pl.DataFrame]:
    """Findings of O06 on the manager rows of a provider extract."""
    is_wrong = pl.col("is_active") == pl.col("end_date").is_not_null()
    return [
        failing(batch.in_scope("delius", entity), is_wrong, "O06", entity, "is_active") for entity in MANAGERS
    ]
