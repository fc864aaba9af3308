"""Unpaid work rows by themselves: orders, sessions, adjustments (U01 to U05, U08, U09, U15)."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch
from vocabulary.calendar import LAST_CRC_DAY
from vocabulary.unpaid_work import MAX_TRAVEL_CREDIT

MIN_ORDER_MINUTES = 2_400
"""40 hours (BR01); hours added on breach may be fewer."""

MAX_ORDER_MINUTES = 18_000
"""300 hours (BR02)."""

MAX_SESSION_MINUTES = 600

THERE_AND_BACK = 2
"""Travel is credited each way (U04, U08)."""


@judges("delius", "spg", rules="U04 U05 U09 U15")
@judges("upw", rules="U04 U05 U09")
def setting_aside(batch: Batch, export: str) -> list[pl.DataFrame]:
    """Findings of U04, U05, U09 and U15, for the case system and for the schedule alike."""
    sessions = batch.in_scope(export, "upw_session")
    is_future = pl.col("date") > LAST_CRC_DAY
    offered, credited = pl.col("offered"), pl.col("credited").fill_null(0)
    # Travel there and back stands inside the time credited, beside what was offered.
    travelled = THERE_AND_BACK * pl.col("travel_credited").fill_null(0)
    found = [
        failing(sessions, credited - travelled > offered, "U04", "upw_session", "credited"),
        failing(sessions, is_future & pl.col("outcome").is_not_null(), "U05", "upw_session", "outcome"),
        failing(sessions, is_future & (credited > 0), "U05", "upw_session", "credited"),
        failing(sessions, (offered <= 0) | (offered > MAX_SESSION_MINUTES), "U09", "upw_session", "offered"),
    ]
    if export != "upw":
        adjustments = batch.in_scope(export, "upw_adjustment")
        found.append(failing(adjustments, pl.col("amount") <= 0, "U15", "upw_adjustment", "amount"))
    return found


@judges("delius", "spg", rules="U01 U02 U03")
def order_warnings(batch: Batch, export: str, orders: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of U01, U02 and U03 on the carried orders of the case system.

    Args:
        orders: `key` (text) of every order with `is_live` and `is_breach`, from mappings.case.orders.
    """
    delivered = batch.carried(export, "upw_order")
    placed = delivered.join(_first(orders), on="key", how="left")
    is_short = (pl.col("ordered") < MIN_ORDER_MINUTES) & pl.col("is_live") & ~pl.col("is_breach")
    done = delivered.join(_minutes_done(batch, export), on=_order_word(export), how="left")
    return [
        failing(placed, is_short, "U01", "upw_order", "ordered"),
        failing(delivered, pl.col("ordered") > MAX_ORDER_MINUTES, "U02", "upw_order", "ordered"),
        failing(done, pl.col("done") > pl.col("ordered"), "U03", "upw_order", "ordered"),
    ]


def _first(orders: pl.DataFrame) -> pl.DataFrame:
    """A company's own number may look like a key of nDelius: its own orders come first and count."""
    return orders.select("key", "is_live", "is_breach").unique("key", keep="first", maintain_order=True)


@judges("delius", "spg", "upw", rules="U08")
def session_warnings(batch: Batch, export: str) -> list[pl.DataFrame]:
    """Findings of U08 on carried sessions."""
    sessions = batch.carried(export, "upw_session")
    too_much = pl.col("travel_credited") > MAX_TRAVEL_CREDIT
    return [failing(sessions, too_much, "U08", "upw_session", "travel_credited")]


def _order_word(export: str) -> str:
    """What sessions and adjustments share with their order: its key, or in SPG the event."""
    return "upw_order_id" if export == "delius" else "local_event_ref"


def _minutes_done(batch: Batch, export: str) -> pl.DataFrame:
    """Minutes credited plus adjustments per order, over carried rows."""
    word = _order_word(export)
    sign = pl.when(pl.col("direction") == "NEGATIVE").then(-1).otherwise(1)
    credited = batch.carried(export, "upw_session").select(
        word, pl.col("credited").fill_null(0).alias("done")
    )
    adjusted = batch.carried(export, "upw_adjustment").select(word, (pl.col("amount") * sign).alias("done"))
    return pl.concat([credited, adjusted]).group_by(word).agg(pl.col("done").sum())
