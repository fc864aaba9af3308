"""Contacts of nDelius go from file to file and keep the outcomes that were settled on their keys."""

from pathlib import Path

import polars as pl

from pipeline.storage.batches import with_outcomes
from pipeline.storage.store import read_frame, sink_frame

PLACES = {"source_file": ["a", "a", "a", "b"], "source_row": ["2", "3", "4", "2"]}
OUTCOMES = ["carried", "not_in_scope", "set_aside", "carried"]


def test_each_row_has_its_own_outcome_and_its_values(tmp_path: Path) -> None:
    rows = pl.DataFrame({**PLACES, "officer": ["w", "x", "y", "z"]})
    settled = pl.DataFrame({**PLACES, "row_outcome": OUTCOMES}).reverse()
    sink_frame(tmp_path, "contact", with_outcomes(rows.lazy(), settled))
    found = read_frame(tmp_path, "contact")
    assert found.drop("row_outcome").equals(rows)
    assert found["row_outcome"].to_list() == OUTCOMES
