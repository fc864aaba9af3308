"""The proofs and the reports are not made again while everything they stand on is as it was.

Stages of one company say so of themselves (pipeline.stages.source_stages). The proofs also stand on what the
target holds, and results are files that anybody may have changed: both are looked at, not remembered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.failures import Failures
from pipeline.line import cycle_order
from pipeline.storage.fingerprint import fingerprint, folder_fingerprint, whole_fingerprint
from pipeline.storage.snapshots import snapshot_folder
from pipeline.storage.store import read_json, read_manifest, write_json
from pipeline.workspace import Workspace
from reconcile.target.snapshot import ACCOUNT as SNAPSHOT
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.file_hash import file_hash

STAGES = ("receive", "plan", "load")
"""Of each company; what stands between them is in their inputs."""


@dataclass(frozen=True)
class Kept:
    """What was made last, and of what: `inputs` and the hash of each result, in the file `account`.

    Results lie under `folder`; in its folder `swept` nothing else may lie.
    """

    account: Path
    folder: Path
    swept: str | None = None

    def stands(self, inputs: str) -> bool:
        """It was made of `inputs`, and nobody has changed or removed a result since."""
        held = read_json(self.account)
        if held is None or held["inputs"] != inputs:
            return False
        results: dict[str, str] = held["results"]
        return self._names(self._in_swept()) <= results.keys() and all(
            (self.folder / name).is_file() and file_hash(self.folder / name) == digest
            for name, digest in results.items()
        )

    def forget(self) -> None:
        """Before it is made again: of a run that is killed meanwhile nothing counts."""
        self.account.unlink(missing_ok=True)

    def keep(self, inputs: str, results: Iterable[Path]) -> None:
        """From now on it stands."""
        found = self._names([*results, *self._in_swept()])
        hashes = {name: file_hash(self.folder / name) for name in sorted(found)}
        write_json(self.account, {"inputs": inputs, "results": hashes})

    def _in_swept(self) -> list[Path]:
        return [] if self.swept is None else list((self.folder / self.swept).rglob("*"))

    def _names(self, paths: Iterable[Path]) -> set[str]:
        return {str(path.relative_to(self.folder)) for path in paths if path.is_file()}


def kept_proofs(workspace: Workspace) -> Kept:
    """The proofs of the last run of the cycle."""
    work = workspace.root / "work" / workspace.cycle
    return Kept(work / "proved.json", work)


def kept_reports(workspace: Workspace) -> Kept:
    """The reports of the last run of the cycle."""
    return Kept(workspace.root / "work" / workspace.cycle / "reported.json", workspace.reports, "regions")


def kept_across(workspace: Workspace) -> Kept:
    """What was last judged over all companies of the cycle before there is a target."""
    work = workspace.root / "work" / workspace.cycle
    return Kept(work / "across.json", work)


def proof_inputs(workspace: Workspace, codes: Sequence[str], failures: Failures, held: str) -> str:
    """The fingerprint of everything that the proofs of `codes` stand on; `held` names what the target
    holds."""
    stopped = [f"{code}: {failure}" for code, failure in sorted(failures.found.items())]
    snapshot = file_hash(snapshot_folder(workspace) / SNAPSHOT)
    return fingerprint("reconcile", held, snapshot, _standing(workspace, codes), *stopped)


def proof_files(workspace: Workspace, codes: Sequence[str]) -> list[Path]:
    """What the proofs of `codes` left."""
    return [path for code in codes for path in workspace.stage_folder(code, "reconcile").rglob("*")]


def report_inputs(workspace: Workspace, run: str) -> str:
    """The fingerprint of everything that the reports stand on; `run` names the reconciliation."""
    codes = workspace.company_codes
    cycles = sorted((path.name for path in (workspace.root / "work").iterdir()), key=cycle_order)
    proofs = [
        folder_fingerprint(workspace.of_cycle(cycle).stage_folder(code, "reconcile"))
        for cycle in cycles[: cycles.index(workspace.cycle) + 1]
        for code in codes
    ]
    return fingerprint("report", run, _standing(workspace, codes), *proofs)


def _standing(workspace: Workspace, codes: Sequence[str]) -> str:
    accounts = [_inputs(workspace, BASELINE_COMPANY, "map")]
    accounts += [f"{code} {stage} {_inputs(workspace, code, stage)}" for code in codes for stage in STAGES]
    answers = folder_fingerprint(workspace.decisions)
    return fingerprint(whole_fingerprint(), answers, str(workspace.settings.assign_min), *accounts)


def _inputs(workspace: Workspace, code: str, stage: str) -> str:
    account = read_manifest(workspace.stage_folder(code, stage))
    return str(account["inputs"]) if account else ""
