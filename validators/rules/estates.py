"""The property and asset return: who holds an asset stands in the staff return (X02)."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch


@judges("estates", rules="X02")
def setting_aside(batch: Batch) -> list[pl.DataFrame]:
    """Findings of X02 on holders. That the property is there is a link of its own export."""
    if not batch.has("staff"):
        return []
    employees = batch.all("staff", "employee")["employee_ref"].drop_nulls()
    assets = batch.in_scope("estates", "asset")
    is_lost = ~pl.col("employee_ref").is_in(employees.implode())
    return [failing(assets, is_lost, "X02", "asset", "employee_ref")]
