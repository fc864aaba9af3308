"""Scores the readers on damaged files: what is read right, set aside, refused, and what gets past them.

`python -m bench.ingest_score FOLDER`: every folder in it with `damaged/` and `expected.json` is a pair
(tests/hostile/pair.py);
without FOLDER the pairs of tests/hostile are drawn. `--pollock DIR` takes the folders csv/ and clean/ of
Pollock, a public
benchmark of polluted CSV files. Each file is received as a delivery of one file: manifest, checksum, counts,
totals, rows.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

from bench.ingest_judge import ASIDE, OUTCOMES, REFUSED, RIGHT, Loaded, Reading, Verdict, judge
from bench.pollock_pairs import pollock_names, read_pollock
from extractors.base import source_of
from extractors.delivery import read_delivery
from extractors.expected import check_exports
from extractors.folder import check_names, is_there
from extractors.layout import agreed_exports
from extractors.problem import Problem
from extractors.readers.source import Chunk, Source
from extractors.receive import check_file
from tests.hostile.corpus import write_corpus
from vocabulary.errors import Day1Error

GIVE_UP = 30.0
"""Seconds after which a reader is ended."""

Read = Callable[[Path], tuple[dict[str, Any], Reading]]


def read_pair(folder: Path) -> tuple[dict[str, Any], Reading]:
    """What was drawn of the pair in `folder`, and what the readers make of its damaged file."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    began = time.perf_counter()
    try:
        reading = _received(folder / "damaged", expected["company"], expected["cycle"])
    except Day1Error as error:
        reading = Reading(refused=((type(error).__name__, str(error)),))
    except BaseException as error:  # a panic of a library is no Exception
        reading = Reading(crash=f"{type(error).__name__}: {str(error)[:200]}")
    return expected, Reading(reading.rows, reading.refused, time.perf_counter() - began, reading.crash)


def _received(folder: Path, company: str, cycle: str) -> Reading:
    delivery, problems = read_delivery(folder, company, cycle)
    if delivery is None:
        return Reading(refused=_told(problems))
    found: list[Problem] = [*check_names(delivery)]
    # A pair is one file of a delivery: the others are not missing.
    found += [problem for problem in check_exports(delivery) if "not delivered" not in problem.message]
    rows: list[Loaded] = []
    for file in delivery.files:
        if not is_there(delivery, file) or file.export not in agreed_exports(company):
            continue
        source = source_of(delivery, file)
        found += check_file(delivery, file, {}, lambda piece, of=source: rows.extend(_rows(of, piece)))
    return Reading(tuple(rows), _told(found))


def _told(problems: Any) -> tuple[tuple[str, str], ...]:
    return tuple((problem.rule, problem.message) for problem in problems if problem.blocks)


def _rows(source: Source, piece: Chunk | Problem) -> Iterator[Loaded]:
    if isinstance(piece, Problem):
        return
    headers = {word: header for header, word in source.headers(piece.part).items()}
    is_in_one = source.dialect.container != "xlsx"
    rules: dict[str, set[str]] = {}
    for row, rule in piece.findings.select("source_row", "rule").iter_rows():
        rules.setdefault(row, set()).add(rule)
    for row in piece.frame.iter_rows(named=True):
        cells = {header: row[word] for word, header in headers.items()}
        said = frozenset(rules.get(row["source_row"], ()))
        yield Loaded("" if is_in_one else piece.part.delivered_as, row["row_number"], cells, said)


def score(names: list[Path], read: Read) -> Iterator[tuple[Path, Verdict]]:
    """The verdict on each, read in a process of its own that is ended where it does not come back."""
    context = multiprocessing.get_context("spawn")
    pool: Pool = context.Pool(1)
    for name in names:
        try:
            expected, reading = pool.apply_async(read, (name,)).get(GIVE_UP)
        except multiprocessing.TimeoutError:
            pool.terminate()
            pool = context.Pool(1)
            expected, reading = {"rows": {}}, Reading(seconds=GIVE_UP)
        yield name, judge(expected, reading)
    pool.terminate()


def told(verdicts: list[tuple[Path, Verdict]], *, every: bool) -> Iterator[str]:
    """Lines of the report: the count of each outcome, the share of undamaged rows, and what went wrong."""
    counts = Counter(verdict.outcome for _, verdict in verdicts)
    for name, verdict in verdicts:
        if every or verdict.outcome not in (RIGHT, ASIDE, REFUSED):
            yield f"  {verdict.outcome}: {name.name}: {'; '.join(verdict.why)[:300]}"
    yield f"{len(verdicts)} damaged files"
    yield from (f"{counts[outcome]:6} {outcome}" for outcome in OUTCOMES)
    undamaged = sum(verdict.undamaged for _, verdict in verdicts)
    loaded = sum(verdict.loaded for _, verdict in verdicts)
    yield f"{loaded:,} of {undamaged:,} undamaged rows loaded ({100 * loaded / max(undamaged, 1):.2f} %)"


def main() -> None:
    """Score and print; exit code 1 where anything is silent, crashes or is slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pollock", type=Path)
    parser.add_argument("--every", action="store_true", help="a line for each file")
    parser.add_argument("--only", default="", help="pairs whose id has this in it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as drawn:
        if given.pollock:
            verdicts = list(score(pollock_names(given.pollock), read_pollock))
        else:
            if given.folder is None:
                write_corpus(Path(drawn))
            pairs = sorted(path.parent for path in (given.folder or Path(drawn)).glob("*/expected.json"))
            verdicts = list(score([pair for pair in pairs if given.only in pair.name], read_pair))
    print("\n".join(told(verdicts, every=given.every)))
    sys.exit(any(verdict.outcome in OUTCOMES[4:] for _, verdict in verdicts))


if __name__ == "__main__":
    main()
