"""All pairs: every damage of every reader, drawn from clean files."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.hostile.clean_files import clean_files
from tests.hostile.json_damages import json_pairs
from tests.hostile.line_damages import line_pairs
from tests.hostile.manifest_damages import manifest_pairs
from tests.hostile.pair import Clean, Pair, write_pair
from tests.hostile.workbook_damages import workbook_pairs
from tests.hostile.xml_damages import xml_pairs


def pairs(clean: dict[str, Clean]) -> Iterator[Pair]:
    """Every pair of the corpus."""
    yield from line_pairs(clean)
    yield from json_pairs(clean["jsonl"])
    yield from xml_pairs(clean["xml"])
    yield from workbook_pairs(clean)
    yield from manifest_pairs(clean["csv"])


def write_corpus(folder: Path) -> int:
    """Writes every pair below `folder`; gives their number."""
    with tempfile.TemporaryDirectory() as drawn:
        count = 0
        for pair in pairs(clean_files(Path(drawn))):
            write_pair(pair, folder)
            count += 1
    return count
