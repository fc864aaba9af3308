"""Employees and pay: the return on one side; lists, payroll build and target on the other."""

from pathlib import Path

import polars as pl

from mappings.staff.assignment import FUNCTIONS, OUTCOMES
from mappings.staff.lists import list_rows
from mappings.staff.payroll import NO_REGION, PAYROLL, RETURN
from pipeline.store import read_frame
from pipeline.workspace import Workspace
from reports.data import Total
from reports.readback import ReadBack
from reports.totals import scoped
from vocabulary.batch import Batch
from vocabulary.findings import PROVENANCE

ROW = ["source_file", "source_row"]
PENCE_IN_POUND = 100
Row = tuple[str, int, int, int]


def staff_totals(workspace: Workspace, batch: Batch, target: ReadBack) -> list[Total]:
    """Employees per outcome and region, new officers, and the payroll in pence; none without a return."""
    if not batch.has("staff"):
        return []
    folder = workspace.stage_folder(batch.company, "validate") / "staff"
    assigned = read_frame(folder, "assigned").with_columns(pl.col("region").fill_null(NO_REGION))
    listed = list_rows(assigned).assignment
    totals = []
    for outcome in OUTCOMES:
        counted = [_count(rows, pl.col("outcome") == outcome) for rows in (assigned, listed)]
        totals += _side_by_side(f"employees_{outcome}", counted[0], counted[1], batch.company)
    return [
        *totals,
        *_side_by_side("staff_officers", _officers(assigned, folder), _written(target), batch.company),
        *scoped("payroll_pence", _payroll(read_frame(folder, "payroll")), batch.company),
    ]


def unassigned(workspace: Workspace, batch: Batch) -> int:
    """Employees that have no outcome or more than one (K05); a row sent twice (T10) is no employee."""
    if not batch.has("staff"):
        return 0
    assigned = read_frame(workspace.stage_folder(batch.company, "validate") / "staff", "assigned")
    known = assigned.filter(pl.col("outcome").is_in(OUTCOMES)).select(ROW)
    found = read_frame(workspace.stage_folder(batch.company, "map"), "findings")
    repeated = found.filter((pl.col("rule") == "T10") & (pl.col("export") == "staff")).select(PROVENANCE)
    delivered = batch.all("staff", "employee").join(repeated, on=ROW, how="anti")
    lost = delivered.join(known, on=ROW, how="anti").height
    return lost + known.height - known.unique().height


def _count(rows: pl.DataFrame, condition: pl.Expr) -> dict[str, int]:
    """Region to the number of rows that meet the condition, 0 included."""
    counts = rows.group_by("region", maintain_order=True).agg(condition.sum().alias("employees"))
    return {str(region): int(number) for region, number in counts.iter_rows()}


def _officers(assigned: pl.DataFrame, folder: Path) -> dict[str, int]:
    """Region to the employees who have a function and an officer code: each becomes one officer."""
    homes = read_frame(folder, "officers").select("employee_ref", pl.col("region").alias("_home")).unique()
    coming = assigned.filter(pl.col("outcome").is_in(FUNCTIONS)).join(homes, on="employee_ref", how="inner")
    return {str(region): int(rows) for region, rows in coming.group_by("_home").len().iter_rows()}


def _written(target: ReadBack) -> dict[str, int]:
    rows = target.rows("STAFF", target.ids("STAFF")["id"])
    return {str(area): int(count) for area, count in rows.group_by("PROBATION_AREA_ID").len().iter_rows()}


def _side_by_side(name: str, source: dict[str, int], target: dict[str, int], company: str) -> list[Total]:
    regions = sorted({*source, *target})
    return scoped(name, [(one, source.get(one, 0), target.get(one, 0), 0) for one in regions], company)


def _payroll(account: pl.DataFrame) -> list[Row]:
    """region, salaries of the return, the payroll build, and what the lines between explain; in pence."""
    pence = account.with_columns((pl.col("amount") * PENCE_IN_POUND).cast(pl.Int64).alias("pence"))
    rows = []
    for (region,), lines in pence.group_by("region", maintain_order=True):
        amounts = dict(lines.select("line", "pence").iter_rows())
        between = sum(amount for line, amount in amounts.items() if line not in (RETURN, PAYROLL))
        rows.append((str(region), int(amounts[RETURN]), int(amounts[PAYROLL]), -int(between)))
    return rows
