"""The rows behind the counts, as many as a person will read; the full list lies beside as CSV."""

from pathlib import Path

import polars as pl

from reports.cell_text import defused
from reports.finding_order import worst_first
from reports.tables import Table
from reports.whole import whole

CAP = 5_000
"""Rows shown. Nobody reads more in a sheet, and each thousand costs a reader's program time."""


def finding_rows(findings: pl.DataFrame, workbook: Path) -> Table:
    """The worst findings, each rule with its share of CAP; all of them go to a CSV beside `workbook`."""
    full_list = workbook.with_suffix(".findings.csv")
    with whole(full_list) as beside:
        defused(findings).write_csv(beside)
    return capped("Findings row by row", shared_cap(worst_first(findings)), findings.height, full_list.name)


def difference_rows(differences: pl.DataFrame, workbook: Path) -> Table:
    """The first CAP fields that differ; all of them go to a CSV beside `workbook` when there are any."""
    full_list = workbook.with_suffix(".differences.csv")
    if differences.is_empty():
        full_list.unlink(missing_ok=True)
    else:
        with whole(full_list) as beside:
            defused(differences).write_csv(beside)
    title = "Fields of the target that are not as expected"
    return capped(title, differences.head(CAP), differences.height, full_list.name)


def shared_cap(findings: pl.DataFrame) -> pl.DataFrame:
    """At most CAP rows in which no rule crowds out another; what one leaves of its share is the others'."""
    if findings.height <= CAP:
        return findings
    place = pl.int_range(pl.len()).over("rule")
    chosen = findings.with_row_index("_place").sort(place, maintain_order=True).head(CAP)
    return chosen.sort("_place").drop("_place")


def capped(title: str, rows: pl.DataFrame, height: int, full_list: str) -> Table:
    """`rows` as a table whose title says of how many, and where all of them are."""
    said = f"{title}: {rows.height:,} of {height:,}"
    if height:
        said = f"{said}. All of them: {full_list}"
    cells = tuple(tuple("" if value is None else value for value in row) for row in rows.iter_rows())
    return Table(said, tuple(rows.columns), cells, "none")
