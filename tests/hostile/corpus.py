"""All pairs: every damage of every reader, drawn from clean files."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.clean_files import clean_files
from tests.hostile.line_damages import line_pairs
from tests.hostile.pair import Clean, Pair, write_pair


def pairs(clean: dict[str, Clean]) -> Iterator[Pair]:
    """Every pair of the corpus."""
    yield from line_pairs(clean)


def write_corpus(folder: Path) -> int:
    """Writes every pair below `folder`; gives their number."""
    with tempfile.TemporaryDirectory() as drawn:
        count = 0
        for pair in pairs(clean_files(Path(drawn))):
            write_pair(pair, folder)
            count += 1
    return count
