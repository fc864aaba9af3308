"""Extract writes a frame for every entity, at least an empty one, and counts what it wrote."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from delivery_copies import Copy

from extractors.base import read_entity
from extractors.registry import extractor
from vocabulary.errors import ConfigError
from vocabulary.source import source_words

CopyOf = Callable[[str], Copy]


@pytest.mark.parametrize(
    ("company", "export"), [("C06", "delius"), ("C06", "upw"), ("C17", "spg"), ("C17", "upw")]
)
def test_every_entity_is_written(copy_of: CopyOf, tmp_path: Path, company: str, export: str) -> None:
    receipt = copy_of(company).receive(out=tmp_path / "out")
    assert receipt.delivery is not None
    assert receipt.texts is not None
    frames = {entity: read_entity(tmp_path / "out" / export, entity) for entity in source_words(export)}
    files = {file.name: file.rows for file in receipt.delivery.of(export)}
    counted = sum(rows for (file, _), rows in receipt.texts.rows.items() if file in files)
    assert sum(frame.height for frame in frames.values()) == counted
    assert counted == sum(files.values())
    assert receipt.texts.findings.is_empty()


def test_an_empty_frame_has_the_same_columns(copy_of: CopyOf, tmp_path: Path) -> None:
    copy = copy_of("C06")
    name = "C06_delius_ALIAS.txt"
    copy.receive(out=tmp_path / "full")
    copy.change(name, lambda content: content.split(b"\n")[0] + b"\n", rows=0, totals={})
    copy.receive(out=tmp_path / "empty")
    empty, full = (read_entity(tmp_path / out / "delius", "alias") for out in ("empty", "full"))
    assert empty.is_empty()
    assert not full.is_empty()
    assert empty.schema == full.schema
    assert set(full.schema.values()) == {pl.String(), pl.Int64()}


def test_of_a_refused_delivery_nothing_is_handed_on(copy_of: CopyOf, tmp_path: Path) -> None:
    copy = copy_of("C06")
    copy.change("C06_delius_ALIAS.txt", lambda content: content, rows=0)
    receipt = copy.receive(out=tmp_path / "out")
    assert receipt.is_blocked
    assert receipt.texts is None


def test_an_export_that_nobody_knows() -> None:
    with pytest.raises(ConfigError, match="payroll"):
        extractor("payroll")
