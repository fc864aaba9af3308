"""--reveal: the values behind findings, and the line in the audit log that says who looked."""

import datetime as dt
import getpass
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from pipeline.workspace import Workspace

AUDIT_LOG = "audit.jsonl"


def revealed(workspace: "Workspace", findings: "pl.DataFrame") -> "pl.DataFrame":
    """`findings` with their values in a last column `value`; audited before anything is shown."""
    import polars as pl

    from extractors.base import read_entity
    from reports.values import ROW, with_values

    def text_of(company: str, export: str, entity: str) -> "pl.DataFrame":
        extracted = workspace.stage_folder(company, "extract") / export
        is_there = (extracted / entity).is_dir()
        return (
            read_entity(extracted, entity) if is_there else pl.DataFrame(schema=dict.fromkeys(ROW, pl.String))
        )

    write_audit(workspace, "findings", findings.height)
    return with_values(findings, text_of)


def write_audit(workspace: "Workspace", command: str, rows: int) -> None:
    """Appends when, who, what, which companies and how many rows; no value, no password."""
    line = {
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "user": getpass.getuser(),
        "command": command,
        "cycle": workspace.cycle,
        "companies": workspace.company_codes,
        "rows": rows,
    }
    path = workspace.root / "work" / AUDIT_LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
