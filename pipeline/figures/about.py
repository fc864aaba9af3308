"""What a run stood on, in words and hashes: the last page of every book."""

import platform
from importlib.metadata import PackageNotFoundError, version

from pipeline.storage.fingerprint import data_fingerprint, program_fingerprint
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from reports.data import Reconciliation
from reports.workbook.rows import CAP
from vocabulary.companies import BASELINE_COMPANY, company

HASHED = {
    "Rules": ("vocabulary", "rules.csv"),
    "Code lists": ("mappings", "codes"),
    "Routing": ("mappings", "routing"),
    "Target dictionary and lists": ("target", ""),
}
"""What is hashed by itself, so that a reader sees which of them changed between two runs."""

LIBRARIES = ("polars", "sqlalchemy", "openpyxl")


def about(workspace: Workspace, reconciliation: Reconciliation) -> dict[str, str]:
    """Run, versions, thresholds and hashes: everything that the figures of `reconciliation` stand on."""
    codes = [one.company for one in reconciliation.companies]
    lines = {
        "Run": reconciliation.run,
        "Cycle": workspace.cycle,
        "Companies": ", ".join(codes),
        "Program": f"day1 {_own_version()}, Python {platform.python_version()}",
        "Libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "Share of working time that decides": f"{workspace.settings.assign_min} %",
        "Rows shown on a sheet of rows": f"{CAP:,}; all of them lie beside the workbook as CSV",
        "Hash of program and data": program_fingerprint(),
    }
    for what, place in HASHED.items():
        lines[f"Hash of {what[0].lower()}{what[1:]}"] = data_fingerprint(*place)
    for code in (BASELINE_COMPANY, *codes):
        lines[f"Hash of the delivery of {code}"] = _inputs(workspace, code)
    return lines


def region_about(workspace: Workspace, reconciliation: Reconciliation, region: str) -> dict[str, str]:
    """`about`, and which companies are shared with another region."""
    shared = [one.company for one in reconciliation.companies if company(one.company).regions != (region,)]
    lines = about(workspace, reconciliation)
    if shared:
        lines["Shared with another region"] = (
            f"{', '.join(shared)}: only figures, rows and findings about {region} are shown. What names no "
            "region, rows that stay with the company, and differences are in the company's own workbook."
        )
    return lines


def _own_version() -> str:
    """A checkout that is not installed has no version; the hash says which program it is."""
    try:
        return version("day1")
    except PackageNotFoundError:
        return "from a checkout"


def _inputs(workspace: Workspace, code: str) -> str:
    account = read_manifest(workspace.stage_folder(code, "receive"))
    return str(account["inputs"]) if account else ""
