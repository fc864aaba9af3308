"""Accredited programmes and RAR activities: A02, A03, A04, A08."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import Batch
from vocabulary.calendar import LAST_CRC_DAY

MAX_TRAVEL_MINUTES = 90
"""Each way from home (BR14)."""

UNDER_WAY = ("REFERRED", "ONGOING")
"""A referral that is open (programmes.md)."""

REQUIREMENT, RAR = "RQ", "F"
"""Kind and main category of a rehabilitation activity requirement (dictionary: REQUIREMENT MAIN CATEGORY)."""


@judges("programmes", rules="A03 A08")
def setting_aside(batch: Batch, components: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of A03 and A08.

    Args:
        components: person_id, kind, component_id, main_category, is_live of what persons have.
    """
    rar = components.filter((pl.col("kind") == REQUIREMENT) & (pl.col("main_category") == RAR))
    activities = _with_live(batch.in_scope("programmes", "rar_activity"), rar)
    is_wrong = ~pl.col("names_live") & pl.col("person_id").is_not_null()
    if _may_be_blank(batch):
        is_wrong &= pl.col("component_id").is_not_null()
    return [_outcomes(batch), failing(activities, is_wrong, "A08", "rar_activity", "component_id")]


@judges("programmes", rules="A02 A04")
def warnings(batch: Batch, components: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of A02 and A04 on carried rows; `components` as above."""
    referrals = _with_live(batch.carried("programmes", "programme_referral"), components)
    is_far = pl.col("travel_minutes") > MAX_TRAVEL_MINUTES
    found = [failing(referrals, is_far, "A04", "programme_referral", "travel_minutes")]
    if not _may_be_blank(batch):
        is_open = pl.col("status_target").is_in(UNDER_WAY)
        is_lost = is_open & ~pl.col("names_live")
        found.append(failing(referrals, is_lost, "A02", "programme_referral", "component_id"))
    return found


def _may_be_blank(batch: Batch) -> bool:
    """A company with its own case system may not know nDelius's number yet (programmes.md)."""
    return batch.has_own_system


def _outcomes(batch: Batch) -> pl.DataFrame:
    """A03. A session on or after the day of the extract, up to the last day, may have either."""
    dates = (
        batch.all("programmes", "programme_session")
        .select("session_ref", "date")
        .unique("session_ref", keep="first", maintain_order=True)
    )
    rows = batch.in_scope("programmes", "attendance").join(
        dates, on="session_ref", how="left", maintain_order="left"
    )
    is_future = pl.col("date") > LAST_CRC_DAY
    is_past = ~is_future & (pl.col("date") < batch.extract_date)
    has_outcome = pl.col("outcome").is_not_null()
    is_wrong = (is_future & has_outcome) | (is_past & ~has_outcome)
    return failing(rows, is_wrong, "A03", "attendance", "outcome")


def _with_live(rows: pl.DataFrame, components: pl.DataFrame) -> pl.DataFrame:
    """`names_live`: the component that the row names is one of the person's live `components`."""
    live = (
        components.filter("is_live")
        .select("person_id", "component_id", pl.lit(True).alias("names_live"))
        .unique(["person_id", "component_id"])
    )
    return rows.join(live, on=["person_id", "component_id"], how="left", maintain_order="left").with_columns(
        pl.col("names_live").fill_null(False)
    )
