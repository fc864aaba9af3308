"""One file from many blocks."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from pipeline.storage import streamed
from pipeline.storage.streamed import write_blocks
from vocabulary.errors import ConfigError

NUMBERS = pl.DataFrame({"number": range(1000), "text": [f"Zz {number}" for number in range(1000)]})


def test_blocks_become_one_file_in_their_order(tmp_path: Path) -> None:
    rows = write_blocks(tmp_path, "delius/contact", (NUMBERS.slice(first, 7) for first in range(0, 1000, 7)))
    assert rows == 1000
    assert pl.read_parquet(tmp_path / "delius" / "contact.parquet").equals(NUMBERS)


def test_one_block_is_a_file(tmp_path: Path) -> None:
    assert write_blocks(tmp_path, "contact", iter([NUMBERS.clear()])) == 0
    assert pl.read_parquet(tmp_path / "contact.parquet").schema == NUMBERS.schema


def test_a_file_can_be_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamed, "ROW_GROUP", 100)
    write_blocks(tmp_path, "contact", (NUMBERS.slice(first, 50) for first in range(0, 1000, 50)))
    rows = pl.scan_parquet(tmp_path / "contact.parquet").slice(990, 10).collect()
    assert rows["number"].to_list() == list(range(990, 1000))


def test_what_a_block_raises_arrives_as_it_is(tmp_path: Path) -> None:
    def blocks() -> Iterator[pl.DataFrame]:
        yield NUMBERS
        yield NUMBERS
        raise ConfigError("a unit that nobody knows")

    with pytest.raises(ConfigError, match="a unit that nobody knows"):
        write_blocks(tmp_path, "contact", blocks())
