"""Stage validate of one company on disk: outcomes, findings, the plan and what moves."""

from typing import Any

import polars as pl

from pipeline.batches import baseline_batch, findings_until, matched_batch
from pipeline.plans import write_plan
from pipeline.store import begin, read_frame, write_frame
from pipeline.validation import agreement, text_reader, validate_delivery, write_outcomes
from pipeline.workspace import Workspace
from target.plan import Plan
from validators.schemas import check_records
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import ConfigError
from vocabulary.findings import collect


def validate_stage(workspace: Workspace, company: str) -> dict[str, Any]:
    """Judge every row and plan what is written; nothing unvalidated gets into the plan.

    Raises:
        ConfigError: a planned row does not fit its table: our mapping is wrong, not the delivery.
    """
    batch, baseline = matched_batch(workspace, company), baseline_batch(workspace)
    mapped = workspace.stage_folder(company, "map")
    before = findings_until(workspace, company, "match")
    planned, found = validate_delivery(batch, baseline, before, read_frame(mapped, "waiting"))
    findings = [found, planned.findings]
    if batch.has("delius"):
        sides = [text_reader(workspace.stage_folder(code, "extract")) for code in (company, BASELINE_COMPANY)]
        findings.append(agreement(batch, baseline, sides[0], sides[1], read_frame(mapped, "left_out")))
    demand_schema(planned.plan)
    out = begin(workspace.stage_folder(company, "validate"))
    write_outcomes(batch, out)
    write_plan(out / "plan", planned.plan)
    write_frame(out, "moving", planned.moving)
    write_frame(out, "findings", collect(findings))
    return {"rows": sum(rows.height for rows in planned.plan.inserts.values())}


def demand_schema(plan: Plan) -> None:
    """Every planned row fits its table's schema.

    Raises:
        ConfigError: names table, column and check, and the first source row; never a value.
    """
    wrong = []
    for table, rows in plan.inserts.items():
        failures = check_records(table, rows)
        for column, check, count in _counted(failures):
            wrong.append(f"{table}.{column}: {check} fails for {count} rows")
    if wrong:
        raise ConfigError(
            f"{plan.company}: the plan does not fit the target.\n  "
            + "\n  ".join(wrong)
            + "\nMend the mapping."
        )


def _counted(failures: pl.DataFrame) -> list[tuple[str, str, int]]:
    if failures.is_empty():
        return []
    counts = failures.group_by("column", "check", maintain_order=True).len()
    return [(str(column), str(check), int(count)) for column, check, count in counts.iter_rows()]
