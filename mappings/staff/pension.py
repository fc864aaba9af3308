"""Which pension scheme an employee is in from Day 1 (BR20, BR21)."""

from decimal import Decimal

import polars as pl

from mappings.staff.assignment import TRANSFERRING
from vocabulary.findings import findings_of

LOCAL_GOVERNMENT, CIVIL_SERVICE = "LGPS", "PCSPS"
"""Codes of list `pension`."""

HALF, WHOLE = 50, 100
EMPLOYER_RATE = Decimal("29.6")
"""Per cent of pensionable pay that the employer puts into the local government scheme (BR21)."""


def with_pension(assigned: pl.DataFrame) -> pl.DataFrame:
    """Add `probation_share` (per cent), `pension` and `is_pension_open` (S13).

    Who does not come has none. The source does not say what becomes of exactly half probation work: no
    scheme until somebody decides.
    """
    comes = pl.col("outcome").is_in(TRANSFERRING)
    share, is_in = WHOLE - pl.col("share_corporate"), pl.col("pension_scheme") == LOCAL_GOVERNMENT
    scheme = (
        pl.when(is_in | (share > HALF))
        .then(pl.lit(LOCAL_GOVERNMENT))
        .when(share < HALF)
        .then(pl.lit(CIVIL_SERVICE))
    )
    return assigned.with_columns(
        share.alias("probation_share"),
        pl.when(comes).then(scheme).alias("pension"),
        (comes & ~is_in & (share == HALF)).fill_null(False).alias("is_pension_open"),
    )


def employer_rate() -> pl.Expr:
    """Per cent that the employer pays in, by `pension`; known of one scheme only."""
    return pl.when(pl.col("pension") == LOCAL_GOVERNMENT).then(pl.lit(EMPLOYER_RATE)).alias("employer_rate")


def pension_findings(with_scheme: pl.DataFrame) -> pl.DataFrame:
    """S13: one per employee whose pension waits for a decision."""
    open_ones = with_scheme.filter("is_pension_open")
    return findings_of(open_ones, "S13", "employee", "pension_scheme;share_corporate")
