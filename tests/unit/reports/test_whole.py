"""A report that cannot be written to its end leaves the old one, and nothing beside it."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pytest

from reports.workbook.rows import finding_rows
from vocabulary.findings import FINDING_SCHEMA

OLD = "of an earlier run"
ROWS = 2_000


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond 1,000 bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_the_old_list_stays(tmp_path: Path) -> None:
    listed = tmp_path / "national.findings.csv"
    listed.write_text(OLD, encoding="utf-8")
    findings = pl.DataFrame([["x"] * len(FINDING_SCHEMA)] * ROWS, schema=FINDING_SCHEMA, orient="row")
    with full_disk(), pytest.raises(OSError, match="too large"):
        finding_rows(findings, tmp_path / "national.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == [listed.name]
    assert listed.read_text(encoding="utf-8") == OLD
