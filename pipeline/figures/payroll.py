"""The payroll in pence: the salaries of the return, the payroll build, and what the lines between explain.

Pay is reckoned once, by mappings.staff.payroll: this total adds up its account, it is no second derivation.
"""

from pathlib import Path

import polars as pl

from mappings.staff.payroll import PAYROLL, RETURN
from pipeline.storage.store import read_frame
from reports.data import Total
from reports.totals import scoped

PENCE_IN_POUND = 100


def payroll_totals(folder: Path, company: str) -> list[Total]:
    """`payroll_pence` of one company and its regions; `folder` is validate's, of the staff return."""
    pence = read_frame(folder, "payroll").with_columns(
        (pl.col("amount") * PENCE_IN_POUND).cast(pl.Int64).alias("pence")
    )
    rows = []
    for (region,), lines in pence.group_by("region", maintain_order=True):
        amounts = dict(lines.select("line", "pence").iter_rows())
        between = sum(amount for line, amount in amounts.items() if line not in (RETURN, PAYROLL))
        rows.append((str(region), int(amounts[RETURN]), int(amounts[PAYROLL]), -int(between)))
    return scoped("payroll_pence", rows, company)
