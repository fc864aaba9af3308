"""Referrals to sub-contracted services: V02, V03, V04."""

import polars as pl

from validators.registry import judges
from validators.rules.failing import failing
from vocabulary.batch import NOT_IN_SCOPE, OUT_OF_SCOPE, SET_ASIDE, Batch
from vocabulary.calendar import LAST_CRC_DAY
from vocabulary.companies import company

REFERRAL = "service_referral"
WOMEN = "CRS06"
"""Services for women (dictionary: NSI TYPE)."""

WALES = "N03"
"""The region that has services for young adults (V02)."""

FEMALE, OPEN = "F", "open"
BESIDE = ("source_row", "row_number")
"""Where two rows that are the same word for word still differ."""


@judges("referrals", rules="V02 V04")
def setting_aside(batch: Batch, young_adults: list[str]) -> list[pl.DataFrame]:
    """Findings of V02 and V04.

    Args:
        young_adults: the company's codes of services for young adults.
    """
    found = [failing(_with_dates(batch), _ends_wrongly(), "V04", REFERRAL, "end_date")]
    if WALES not in company(batch.company).regions:
        rows = batch.in_scope("referrals", REFERRAL)
        found.append(failing(rows, pl.col("category").is_in(young_adults), "V02", REFERRAL, "category"))
    return found


@judges("referrals", rules="V03")
def warnings(batch: Batch, persons: pl.DataFrame) -> list[pl.DataFrame]:
    """Findings of V03 on carried rows. `persons`: person_id, gender."""
    rows = batch.carried("referrals", REFERRAL).join(
        persons.select("person_id", "gender"), on="person_id", how="left", maintain_order="left"
    )
    is_for_women = pl.col("category_target") == WOMEN
    return [failing(rows, is_for_women & (pl.col("gender") != FEMALE), "V03", REFERRAL, "category")]


def _with_dates(batch: Batch) -> pl.DataFrame:
    """Rows whose dates are judged: those in scope, and those that V01 takes out, once each.

    A row that is wrong in itself is set aside, not passed over as ended.
    """
    rows = batch.all("referrals", REFERRAL).filter(pl.col("row_outcome") != SET_ASIDE)
    is_ended = (pl.col("row_outcome") == NOT_IN_SCOPE) & pl.col(OUT_OF_SCOPE)
    content = [name for name in rows.columns if name not in BESIDE]
    ended = rows.filter(is_ended).unique(content, keep="first", maintain_order=True)
    return pl.concat([rows.filter(pl.col("row_outcome") != NOT_IN_SCOPE), ended])


def _ends_wrongly() -> pl.Expr:
    """The end lies before the start, or before the referral without one; or what is open has ended.

    An open referral may have an end after the last day: then it is open by referrals.md.
    """
    ends_early = pl.col("end_date") < pl.coalesce("start_date", "referral_date")
    return ends_early | ((pl.col("status_target") == OPEN) & (pl.col("end_date") <= LAST_CRC_DAY))
