"""Control totals read back from the target: through its own keys, not through what load said it did."""

import polars as pl
import sqlalchemy as sa

from reports.readback import ReadBack
from target.bulk import read_rows

UNPAID_WORK, RAR = "W", "F"


def managed_requirements(target: ReadBack) -> pl.DataFrame:
    """requirement_id, region, main_category, disposal_id, days,
    days_done of requirements the company moved or opened."""
    managers = target.rows("RQMNT_MANAGER", target.ids("RQMNT_MANAGER")["id"])
    stored = read_rows(
        target.connection, "RQMNT_MANAGER", "RQMNT_MANAGER_ID", target.ids("RQMNT_MANAGER")["id"]
    ).select(pl.col("RQMNT_MANAGER_ID").alias("id"), pl.col("RQMNT_ID").alias("requirement_id"))
    ids = stored["requirement_id"].unique()
    requirements = target.rows("RQMNT", ids).select(
        "id", pl.col("RQMNT_TYPE_MAIN_CATEGORY_ID").alias("main_category")
    )
    figures = read_rows(target.connection, "RQMNT", "RQMNT_ID", ids).select(
        pl.col("RQMNT_ID").alias("requirement_id"),
        pl.col("DISPOSAL_ID").alias("disposal_id"),
        pl.col("LENGTH").fill_null(0).alias("days"),
        pl.col("RAR_COUNT").fill_null(0).alias("days_done"),
    )
    return (
        stored.join(managers.select("id", pl.col("PROBATION_AREA_ID").alias("region")), on="id")
        .join(requirements.rename({"id": "requirement_id"}), on="requirement_id")
        .join(figures, on="requirement_id")
    )


def unpaid_work(target: ReadBack, requirements: pl.DataFrame) -> pl.DataFrame:
    """order_id, region, ordered, credited, adjusted (minutes) of the orders of unpaid work requirements."""
    work = requirements.filter(pl.col("main_category") == UNPAID_WORK).unique("disposal_id")
    orders = _live(target, "UPW_DETAILS", "DISPOSAL_ID", work["disposal_id"]).select(
        pl.col("UPW_DETAILS_ID").alias("order_id"),
        pl.col("DISPOSAL_ID").alias("disposal_id"),
        pl.col("UPW_LENGTH_MINUTES").cast(pl.Int64).alias("ordered"),
    )
    sessions = _live(target, "UPW_APPOINTMENT", "UPW_DETAILS_ID", orders["order_id"])
    adjustments = _live(target, "UPW_ADJUSTMENT", "UPW_DETAILS_ID", orders["order_id"])
    sign = pl.when(pl.col("ADJUSTMENT_TYPE") == "NEGATIVE").then(-1).otherwise(1)
    sums = {
        "credited": _sum(sessions, pl.col("MINUTES_CREDITED").cast(pl.Int64), "credited"),
        "adjusted": _sum(adjustments, pl.col("ADJUSTMENT_AMOUNT").cast(pl.Int64) * sign, "adjusted"),
    }
    result = orders.join(work.select("disposal_id", "region"), on="disposal_id")
    for rows in sums.values():
        result = result.join(rows, on="order_id", how="left", maintain_order="left")
    return result.with_columns(pl.col("credited", "adjusted").fill_null(0))


def restricted(
    connection: sa.Connection, persons: pl.Series, day: sa.ColumnElement[object] | object
) -> pl.Series:
    """Of `persons` (ids) those with a restriction or exclusion that has not ended on `day`."""
    found = []
    for name, end in (("RESTRICTION", "RESTRICTION_END_DATE"), ("EXCLUSION", "EXCLUSION_END_DATE")):
        rows = read_rows(connection, name, "OFFENDER_ID", persons)
        found.append(rows.filter(pl.col(end).is_null() | (pl.col(end) > day))["OFFENDER_ID"])
    return pl.concat(found).unique()


def written_interventions(target: ReadBack, export: str) -> pl.DataFrame:
    """type, provider (codes), region of the NSIs that rows of `export` became and that are running."""
    ids = target.ids("NSI").filter(pl.col("natural_key").str.starts_with(f"{export}:"))["id"]
    nsis = target.rows("NSI", ids).filter(pl.col("ACTIVE_FLAG") == "1")
    stored = read_rows(target.connection, "NSI_MANAGER", "NSI_ID", ids).filter(
        (pl.col("ACTIVE_FLAG") == 1) & (pl.col("SOFT_DELETED") == 0)
    )
    managers = target.rows("NSI_MANAGER", stored["NSI_MANAGER_ID"]).select(
        "id", pl.col("PROBATION_AREA_ID").alias("region")
    )
    placed = stored.select(pl.col("NSI_ID").alias("nsi_id"), pl.col("NSI_MANAGER_ID").alias("id")).join(
        managers, on="id"
    )
    return nsis.join(placed, left_on="id", right_on="nsi_id").select(
        pl.col("NSI_TYPE_ID").alias("type"), pl.col("INTENDED_PROVIDER_ID").alias("provider"), "region"
    )


def _live(target: ReadBack, name: str, key: str, ids: pl.Series) -> pl.DataFrame:
    rows = read_rows(target.connection, name, key, ids)
    return rows.filter(pl.col("SOFT_DELETED") == 0)


def _sum(rows: pl.DataFrame, minutes: pl.Expr, name: str) -> pl.DataFrame:
    return rows.group_by(pl.col("UPW_DETAILS_ID").alias("order_id")).agg(
        minutes.fill_null(0).sum().alias(name)
    )
