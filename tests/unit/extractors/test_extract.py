"""Extract writes a frame for every entity, at least an empty one, and counts what it wrote."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from delivery_copies import Copy

from extractors.base import read_entity
from extractors.delivery import read_delivery
from extractors.registry import extractor
from vocabulary.errors import ConfigError
from vocabulary.source import source_words

CopyOf = Callable[[str], Copy]


@pytest.mark.parametrize(
    ("company", "export"), [("C06", "delius"), ("C06", "upw"), ("C17", "spg"), ("C17", "upw")]
)
def test_every_entity_is_written(copy_of: CopyOf, tmp_path: Path, company: str, export: str) -> None:
    delivery, _ = read_delivery(copy_of(company).folder, company, "day-1")
    assert delivery is not None
    account = extractor(export).extract(delivery, tmp_path / "out")
    frames = {entity: read_entity(tmp_path / "out", entity) for entity in source_words(export)}
    assert sum(frame.height for frame in frames.values()) == sum(account.rows.values())
    assert sum(account.rows.values()) == sum(file.rows for file in delivery.of(export))
    assert account.findings.is_empty()


def test_an_empty_frame_has_the_same_columns(copy_of: CopyOf, tmp_path: Path) -> None:
    copy = copy_of("C06")
    name = "C06_delius_ALIAS.txt"
    delivery, _ = read_delivery(copy.folder, "C06", "day-1")
    assert delivery is not None
    extractor("delius").extract(delivery, tmp_path / "full")
    copy.change(name, lambda content: content.split(b"\n")[0] + b"\n", rows=0)
    extractor("delius").extract(delivery, tmp_path / "empty")
    empty, full = (read_entity(tmp_path / out, "alias") for out in ("empty", "full"))
    assert empty.is_empty()
    assert not full.is_empty()
    assert empty.schema == full.schema
    assert set(full.schema.values()) == {pl.String(), pl.Int64()}


def test_a_second_run_replaces_the_first(copy_of: CopyOf, tmp_path: Path) -> None:
    delivery, _ = read_delivery(copy_of("C17").folder, "C17", "day-1")
    assert delivery is not None
    (tmp_path / "event").mkdir()
    (tmp_path / "event" / "000009.parquet").write_bytes(b"left over")
    extractor("spg").extract(delivery, tmp_path)
    extractor("spg").extract(delivery, tmp_path)
    assert read_entity(tmp_path, "event").height == delivery.of("spg")[0].rows_by_part["Event"]


def test_an_export_that_nobody_knows() -> None:
    with pytest.raises(ConfigError, match="payroll"):
        extractor("payroll")
