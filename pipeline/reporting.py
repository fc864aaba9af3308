"""Stage report: the workbook of the cycle, and what it stood on."""

from pathlib import Path

from pipeline.fingerprint import program_fingerprint
from pipeline.region_reports import write_region_packs
from pipeline.results import findings
from pipeline.store import account_of
from pipeline.workspace import Workspace
from reports.data import Reconciliation
from reports.workbook import write_workbook
from vocabulary.companies import BASELINE_COMPANY


def write_reports(workspace: Workspace, reconciliation: Reconciliation, *, reveal: bool = False) -> Path:
    """Write the workbook and the region packs, with names where `reveal`; gives the workbook's path."""
    path = workspace.reports / f"reconciliation-{workspace.cycle}.xlsx"
    write_workbook(reconciliation, findings(workspace), path, about(workspace, reconciliation))
    write_region_packs(workspace, reveal=reveal)
    return path


def about(workspace: Workspace, reconciliation: Reconciliation) -> dict[str, str]:
    """Run, cycle, companies and the fingerprints of everything the figures stand on."""
    lines = {
        "Run": reconciliation.run,
        "Cycle": workspace.cycle,
        "Companies": ", ".join(workspace.company_codes),
        "Program and code lists": program_fingerprint(),
    }
    for code in (BASELINE_COMPANY, *workspace.company_codes):
        lines[f"Delivery of {code}"] = _inputs(workspace, code)
    return lines


def _inputs(workspace: Workspace, code: str) -> str:
    account = account_of(workspace.stage_folder(code, "receive"))
    return str(account["inputs"]) if account else ""
