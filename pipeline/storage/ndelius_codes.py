"""The codes that nDelius knows, as far as a run can tell: the client's reference lists and the baseline."""

import shutil
from functools import lru_cache
from pathlib import Path

import polars as pl

from mappings.parsing.known_codes import KnownCodes, UsedCodes, coded_words, known_codes, used_codes
from pipeline.storage.fingerprint import fingerprint, folder_fingerprint
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from target.reference_data.export import exported_codes, read_export
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.links import parents_first

REFERENCE = "reference"
"""Folder of the client's reference tables: in the baseline's delivery, and in a workspace whose target was
made with some."""


def codes_of_ndelius(workspace: Workspace) -> KnownCodes:
    """What nDelius knows, for every coded column of the case systems."""
    client: dict[str, frozenset[str]] = {}
    for folder in reference_folders(workspace):
        for name, codes in exported_codes(read_export(folder)).items():
            client[name] = client.get(name, frozenset()) | codes
    mapped = workspace.stage_folder(BASELINE_COMPANY, "map").resolve()
    account = read_manifest(mapped)
    return known_codes({} if account is None else _used_codes(mapped, str(account["inputs"])), client)


@lru_cache(maxsize=1)
def _used_codes(mapped: Path, _inputs: str) -> UsedCodes:
    """What stands in the baseline in that folder after those inputs, kept: every company of a run asks."""
    used: dict[tuple[str, str], frozenset[str]] = {}
    for entity in parents_first("delius"):
        if coded_words(entity):
            file = mapped / "delius" / f"{entity}.parquet"
            used |= used_codes(entity, pl.scan_parquet(file))
    return used


def reference_folders(workspace: Workspace) -> list[Path]:
    """The folders of the client's reference tables that there are: the workspace's own counts first."""
    folders = (workspace.root / REFERENCE, workspace.delivery_folder(BASELINE_COMPANY) / REFERENCE)
    return [folder for folder in folders if folder.is_dir()]


def keep_reference(workspace: Workspace, folder: Path) -> None:
    """Keep the tables that the target is made with: later runs ask them what nDelius knows."""
    kept = workspace.root / REFERENCE
    if folder.resolve() == kept.resolve():
        return
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(folder, kept)


def codes_fingerprint(workspace: Workspace) -> str:
    """Changes with what nDelius knows."""
    account = read_manifest(workspace.stage_folder(BASELINE_COMPANY, "map"))
    baseline = "" if account is None else str(account["inputs"])
    return fingerprint(baseline, *(folder_fingerprint(folder) for folder in reference_folders(workspace)))
