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
    """`findings` with their values in a last column `value`, but of persons with limited access; audited
    before anything is shown."""
    from pipeline.limited_values import known_limits, revealed_values

    write_audit(workspace, "findings", findings.height)
    return revealed_values(workspace, findings, known_limits(workspace))


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
