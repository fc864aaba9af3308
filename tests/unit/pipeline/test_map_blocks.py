"""A delivery is the same whether it is read and mapped in one block or in many: frames, findings, order."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import extractors.blocks
import extractors.readers.csv_records
import extractors.readers.jsonl
import extractors.readers.text
import extractors.spg.messages
from extractors.receive import receive
from pipeline.stages.map import map_delivery
from pipeline.storage.store import write_frame
from samples.defects.plan import CARRIED
from samples.make import make
from vocabulary.companies import EXPORTS

EXTRACT = dt.date(2021, 6, 25)
FOLDERS = {"C06": "C06", "C17": "C17", "N00": "baseline"}
"""Text, workbooks, CSV and JSON lines; interchanges; and the baseline."""

BLOCKS = [2_000, 64 * 1024]
"""Bytes: about seven rows, and some hundreds."""

LISTS = ("findings", "left_out", "waiting", "unknown")


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle folder with damaged deliveries."""
    out = tmp_path_factory.mktemp("damaged")
    make(out, companies=["C06", "C17"], people=60, defects=CARRIED)
    return out / "day-1"


@pytest.fixture(scope="module")
def texts(damaged: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """By company, the text frames of the deliveries, each file read in one piece."""
    out = tmp_path_factory.mktemp("texts")
    for company, name in FOLDERS.items():
        extract(damaged / name, company, out / company)
    return out


@pytest.fixture(scope="module")
def whole(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """By company, what map makes of each entity in one block."""
    out = tmp_path_factory.mktemp("whole")
    for company in FOLDERS:
        mapped(texts / company, out / company, company)
    return out


def extract(folder: Path, company: str, out: Path) -> None:
    receipt = receive(folder, company, "day-1", out=out)
    assert receipt.texts is not None, receipt.problems
    write_frame(out, "findings", receipt.texts.findings)


def mapped(texts: Path, out: Path, company: str) -> None:
    exports = [export for export in EXPORTS if (texts / export).is_dir()]
    map_delivery(texts, out, exports, company, EXTRACT)


def entities(texts: Path) -> Iterator[Path]:
    """Export and entity of every text frame, as a path."""
    return (folder.relative_to(texts) for folder in sorted(texts.glob("*/*")) if folder.is_dir())


@pytest.mark.parametrize("size", BLOCKS)
@pytest.mark.parametrize("company", FOLDERS)
def test_a_delivery_mapped_in_blocks(
    texts: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, company: str, size: int
) -> None:
    monkeypatch.setattr(extractors.blocks, "BLOCK_BYTES", size)
    mapped(texts / company, tmp_path, company)
    for name in (*LISTS, *map(str, entities(texts / company))):
        once, often = (pl.read_parquet(folder / f"{name}.parquet") for folder in (whole / company, tmp_path))
        assert_frame_equal(often, once)


@pytest.mark.parametrize("company", FOLDERS)
def test_a_delivery_read_in_pieces(
    damaged: Path, texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, company: str
) -> None:
    monkeypatch.setattr(extractors.readers.text, "BLOCK_BYTES", 2_000)
    for reader in (extractors.readers.csv_records, extractors.readers.jsonl, extractors.spg.messages):
        monkeypatch.setattr(reader, "ROWS_AT_A_TIME", 7)
    extract(damaged / FOLDERS[company], company, tmp_path)
    for name in entities(texts / company):
        once, often = (
            pl.read_parquet(sorted((folder / name).glob("*.parquet")))
            for folder in (texts / company, tmp_path)
        )
        assert_frame_equal(often, once)
    once, often = (pl.read_parquet(folder / "findings.parquet") for folder in (texts / company, tmp_path))
    assert_frame_equal(often, once, check_row_order=False)


def test_the_samples_have_what_blocks_could_break(whole: Path) -> None:
    """Repeated rows, shared numbers, codes that wait or that nobody knows: each over all rows."""
    rules = {
        rule
        for company in FOLDERS
        for rule in pl.read_parquet(whole / company / "findings.parquet")["rule"].unique()
    }
    assert {"T10", "T11", "P02", "P08", "Q01", "Q05", "V01"} <= rules
