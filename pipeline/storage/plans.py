"""A plan on disk: what validate decided, for load and reconcile to read."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.storage.store import read_frame, write_frame
from target.plan import Change, Plan


def write_plan(folder: Path, plan: Plan) -> None:
    """Keep `plan` under `folder`."""
    for table, rows in plan.inserts.items():
        write_frame(folder / "inserts", table, rows)
    for number, change in enumerate(plan.changes):
        write_frame(folder / "changes", f"{number:03}", change.rows)
    write_frame(folder, "provisional", plan.provisional)
    account = {
        "company": plan.company,
        "cycle": plan.cycle,
        "inserts": list(plan.inserts),
        "changes": [[change.table, change.kind] for change in plan.changes],
    }
    (folder / "plan.json").write_text(json.dumps(account, indent=1), encoding="utf-8")


def read_inserts(folder: Path) -> dict[str, pl.DataFrame]:
    """Table to the new rows of the plan that `write_plan` kept, without its changes."""
    return {table: read_frame(folder / "inserts", table) for table in _account(folder)["inserts"]}


def read_plan(folder: Path) -> Plan:
    """The plan that `write_plan` kept."""
    account = _account(folder)
    return Plan(
        company=account["company"],
        cycle=account["cycle"],
        inserts=read_inserts(folder),
        changes=tuple(
            Change(table, kind, read_frame(folder / "changes", f"{number:03}"))
            for number, (table, kind) in enumerate(account["changes"])
        ),
        provisional=read_frame(folder, "provisional"),
    )


def _account(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return found
