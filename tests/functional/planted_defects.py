"""What the damage that samples plant must lead to, and what a run found: by company, file, row and rule."""

import csv
import json
import subprocess
from pathlib import Path
from typing import Any

from sample_runs import ENDED, PRINTED, Row, findings

Damaged = tuple[Path, subprocess.CompletedProcess[str]]
"""A workspace whose deliveries are damaged, and how the run over them ended."""

Line = tuple[str, ...]
"""Company, export, file, row, rule and severity."""


def damaged_of(workspace: Path) -> Damaged:
    """How the run of `workspace` ended, as conftest keeps it there."""
    code, errors = json.loads((workspace / ENDED).read_text("utf-8"))
    printed = (workspace / PRINTED).read_text("utf-8")
    return workspace, subprocess.CompletedProcess(["day1", "run"], code, printed, errors)


def line(row: Row) -> Line:
    """What expected and reported findings have in common."""
    return tuple(row[name] for name in ("company", "export", "source_file", "source_row", "rule", "severity"))


def found_in(workspace: Path) -> set[Line]:
    """All findings of the run."""
    return {line(row) for row in findings(workspace)}


def planted_in(workspace: Path) -> dict[Line, str]:
    """The findings that the planted damage must lead to, each to the defect."""
    with (workspace / "deliveries" / "expected_findings.csv").open(encoding="utf-8", newline="") as file:
        return {line(row): row["defect"] for row in csv.DictReader(file)}


def beside(found: set[Line], planted: dict[Line, str]) -> set[Line]:
    """What was set aside or warned about and is no damage of ours."""
    return {one for one in found if one[5] != "info"} - set(planted)


def files_of(damaged: Damaged) -> list[dict[str, Any]]:
    """All file accounts of the damaged run."""
    return [file for company in json.loads(damaged[1].stdout)["companies"] for file in company["files"]]


def wrongly_set_aside(files: list[dict[str, Any]], planted: dict[Line, str]) -> dict[str, tuple[int, int]]:
    """File to the rows set aside and the rows that the planted damage sets aside, where they differ."""
    rows = {one[2:4] for one in planted if one[5] == "set_aside"}
    counts = {
        file["file"]: (file["set_aside"], sum(row[0] == file["file"] for row in rows)) for file in files
    }
    return {name: pair for name, pair in counts.items() if pair[0] != pair[1]}
