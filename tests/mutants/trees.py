"""Copies of our packages, of which one has a mutant's change in it, and processes that run in them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.mutants.listed import Mutant

PACKAGES = (
    "cli", "extractors", "lists", "mappings", "matching", "pipeline", "reconcile", "reports", "samples",
    "target", "validators", "vocabulary",
)  # fmt: skip
OURS = Path(__file__).parent.parent.parent
"""The tree that the mutants are made from when no other is named."""

IN_TREE = Path(__file__).with_name("in_tree.py")


def mutated(source: Path, tree: Path, mutant: Mutant) -> Path:
    """The packages of `source` copied to `tree`, with the change of `mutant`."""
    for package in PACKAGES:
        if (source / package).is_dir():
            # Compiled files come along and stay good, since the copies keep their times.
            shutil.copytree(source / package, tree / package)
    file = tree / mutant.file
    file.write_text(mutant.changed(file.read_text(encoding="utf-8")), encoding="utf-8")
    return tree


def in_tree(tree: Path, log: Path, *words: str) -> int:
    """Runs in_tree.py with the packages of `tree`; what it says goes to `log`. Its exit code."""
    # One thread: the runs stand beside each other, and the frames are small.
    own = {"PYTHONPATH": str(tree), "POLARS_MAX_THREADS": "1"}
    with log.open("w", encoding="utf-8") as told:
        ended = subprocess.run(
            [sys.executable, "-P", str(IN_TREE), str(tree), *words],
            cwd=log.parent,
            env=os.environ | own,
            stdout=told,
            stderr=subprocess.STDOUT,
            check=False,
        )
    return ended.returncode
