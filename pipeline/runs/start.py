"""A run begins: its folder is made, and its account says who, what and on what."""

import getpass
import os
import platform
from importlib.metadata import version

from extractors.problem import MANIFEST
from pipeline.progress import Progress
from pipeline.runs.folders import make_folder
from pipeline.runs.record import Run, host_name, now
from pipeline.runs.recorder import Recorder, open_recorder
from pipeline.storage.fingerprint import LIBRARIES, folder_fingerprint, whole_fingerprint
from pipeline.workspace import Workspace
from target.database import mask_address
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.file_hash import file_hash

PROGRAM, ANSWERS = "program", "answers"
"""Names of fingerprints beside those of deliveries, which bear the company's code."""


def start_run(
    workspace: Workspace, command: str, shown: Progress, *, is_dry: bool = False, steps: int = 0
) -> Recorder:
    """Make the next run's folder; the recorder is to be entered.

    `command`: what was typed. `steps`: how many stages of companies it will take.
    """
    folder = make_folder(workspace)
    run = Run(
        name=folder.name,
        cycle=workspace.cycle,
        command=command,
        user=getpass.getuser(),
        host=host_name(),
        pid=os.getpid(),
        companies=workspace.company_codes,
        target=mask_address(workspace.target_url),
        began=now(),
        is_dry=is_dry,
        steps=steps,
        versions=versions(),
        fingerprints=fingerprints(workspace),
    )
    return open_recorder(workspace, run, shown)


def versions() -> dict[str, str]:
    """Of day1, Python and the libraries that results depend on."""
    return {"day1": version("day1"), "python": platform.python_version()} | {
        name: version(name) for name in LIBRARIES
    }


def fingerprints(workspace: Workspace) -> dict[str, str]:
    """What the run stands on: the program with its rules and code lists, the answers, every delivery.

    A delivery is known by its manifest: it holds the hash of every file, and receive takes no other.
    """
    found = {PROGRAM: whole_fingerprint(), ANSWERS: folder_fingerprint(workspace.decisions)}
    for code in (*workspace.company_codes, BASELINE_COMPANY):
        manifest = workspace.delivery_folder(code) / MANIFEST
        if manifest.is_file():
            found[code] = file_hash(manifest)
    return found
