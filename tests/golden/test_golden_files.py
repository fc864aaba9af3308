"""Each golden file reads as its expected text says; DAY1_REGENERATE=1 writes the texts anew."""

import os
from pathlib import Path

import pytest
from golden_cases import delivered_files, expected_path, in_words


@pytest.mark.parametrize("path", delivered_files(), ids=lambda path: path.name)
def test_a_golden_file_reads_as_expected(path: Path) -> None:
    found = in_words(path)
    if os.environ.get("DAY1_REGENERATE"):
        expected_path(path).write_text(found, encoding="utf-8", newline="\n")
    assert found == expected_path(path).read_text(encoding="utf-8")
