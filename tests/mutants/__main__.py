"""Runs the mutants and prints what became of each (`python -m tests.mutants`); fails when one is alive."""

import argparse
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from tests.mutants.judging import KILLED, Outcome
from tests.mutants.listed import STAGES, Mutant, mutants
from tests.mutants.runs import Bench
from tests.mutants.telling import closing_lines, line
from tests.mutants.trees import OURS


def main() -> int:
    """Reads the command line; 0 when every mutant was killed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these; default all of mutants.csv")
    parser.add_argument("--workers", type=int, default=2, help="runs at a time")
    parser.add_argument("--source", type=Path, default=OURS, help="the tree whose packages are changed")
    parser.add_argument("--whole", action="store_true", help="begin every run at map, whatever its line says")
    parser.add_argument("--keep", type=Path, help="folder for workspace and logs; default one that goes away")
    given = parser.parse_args()
    chosen = [mutant for mutant in mutants() if not given.ids or mutant.id in given.ids]
    if given.whole:
        chosen = [replace(mutant, stage=STAGES[0]) for mutant in chosen]
    with tempfile.TemporaryDirectory(prefix="mutants") as folder:
        outcomes = run_all(Bench(given.keep or Path(folder), given.source.resolve()), chosen, given.workers)
    print("\n".join(closing_lines(outcomes)))
    return 0 if outcomes and all(outcome.fate == KILLED for outcome in outcomes) else 1


def run_all(bench: Bench, chosen: list[Mutant], workers: int) -> list[Outcome]:
    """Runs `chosen`, some at a time, and prints each in the order of the list as soon as it is known."""
    outcomes = []
    with ThreadPoolExecutor(workers) as pool:
        for outcome in pool.map(bench.run, chosen):
            print(line(outcome), flush=True)
            outcomes.append(outcome)
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
