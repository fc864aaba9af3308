"""The workspace that all mutants start from, the unmutated run they are measured against, and their own."""

import shutil
import threading
import time
from pathlib import Path

from tests.mutants.dumps import Hashes, changed, hashes_of
from tests.mutants.judging import Outcome, is_clean, judge
from tests.mutants.listed import Mutant
from tests.mutants.trees import OURS, in_tree, mutated

CYCLE = "day-1"


class NotCleanError(Exception):
    """The unmutated program does not prepare the deliveries, or does not end clean on them."""


class Bench:
    """A folder with a prepared workspace; every mutant runs in a copy of it."""

    def __init__(self, root: Path, source: Path = OURS) -> None:
        """Prepares the workspace under `root` with the packages of `source`.

        Raises:
            NotCleanError: that fails; the log beside the workspace says why.
        """
        self.root, self.source = root, source
        self._unmutated: dict[str, Hashes] = {}
        self._one_at_a_time = threading.Lock()
        root.mkdir(parents=True, exist_ok=True)
        if in_tree(source, root / "prepare.log", "prepare", str(self._prepared)):
            raise NotCleanError(f"The deliveries could not be prepared: {root / 'prepare.log'}.")

    @property
    def _prepared(self) -> Path:
        return self.root / "prepared"

    def unmutated(self, company: str) -> Hashes:
        """The target as `company` leaves it without any change.

        Raises:
            NotCleanError: its run is not clean.
        """
        with self._one_at_a_time:
            if company not in self._unmutated:
                self._unmutated[company] = self._clean_run(company)
        return self._unmutated[company]

    def run(self, mutant: Mutant) -> Outcome:
        """What becomes of one mutant.

        Raises:
            NotCleanError: without it the run is not clean. ValueError: its old text is not in the file.
        """
        unmutated = self.unmutated(mutant.company)
        began = time.perf_counter()
        room = self.root / mutant.id
        try:
            tree = mutated(self.source, room / "tree", mutant)
            workspace = Path(shutil.copytree(self._prepared, room / "w"))
            log = self.root / f"{mutant.id}.log"
            exit_code = in_tree(tree, log, "run", str(workspace), mutant.company, mutant.stage)
            differs = changed(unmutated, hashes_of(workspace / "target.db"))
            seconds = time.perf_counter() - began
            return judge(mutant, exit_code, _reconciled(workspace, mutant.company), differs, seconds)
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def _clean_run(self, company: str) -> Hashes:
        workspace = Path(shutil.copytree(self._prepared, self.root / company))
        log = self.root / f"{company}.log"
        exit_code = in_tree(self.source, log, "run", str(workspace), company, "load")
        if not is_clean(exit_code, _reconciled(workspace, company)):
            raise NotCleanError(f"{company}: the unmutated run ends with exit code {exit_code}, see {log}.")
        return hashes_of(workspace / "target.db")


def _reconciled(workspace: Path, company: str) -> Path:
    return workspace / "work" / CYCLE / company / "reconcile"
