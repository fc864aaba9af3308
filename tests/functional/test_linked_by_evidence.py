"""A person who has lost every number is linked by evidence; the link is proved and named."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from canary_deliveries import lose_identifiers
from sample_runs import by_company, changed_tables, day1, dump_of, findings, reconciled

from samples.cut import baseline
from samples.exports import draw_delivery, write_files
from samples.make import draw_world
from samples.manifest import write_delivery

pytestmark = pytest.mark.runs

COMPANY, CYCLE = "C17", "day-1"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A clean delivery but for one person without numbers, all the way."""
    root = tmp_path_factory.mktemp("linked")
    world = draw_world([COMPANY], 40, seed=1)
    before, sent = baseline(world, CYCLE), draw_delivery(world, COMPANY, CYCLE)
    lose_identifiers(sent, before)
    write_delivery(root / "deliveries" / CYCLE / COMPANY, sent, write_files(sent))
    write_delivery(root / "deliveries" / CYCLE / "baseline", before, write_files(before))
    return root, day1(root, "run")


def test_the_link_is_proved_and_named(run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    company = by_company(reconciled(run[0]))[COMPANY]
    assert company["differences"] == []
    (linked,) = company["linked"]
    told = [row for row in findings(run[0]) if row["rule"] == "M11" and row["entity"] == "offender"]
    assert [(row["source_file"], row["source_row"]) for row in told] == [
        (linked["source_file"], linked["source_row"])
    ]


def test_the_evidence_and_the_weights_are_kept(run: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder = run[0] / "work" / CYCLE / COMPANY / "match"
    (line,) = pl.read_parquet(folder / "linked.parquet").iter_rows(named=True)
    assert "second name: the same +" in line["agrees"]
    assert "sentence dates: one shared +" in line["agrees"]
    assert (folder / "weights.json").exists()


def test_linked_loaded_and_undone_the_target_is_as_before(
    run: tuple[Path, subprocess.CompletedProcess[str]],
    ndelius_before: Callable[[Path], Path],
    tmp_path: Path,
) -> None:
    before = dump_of(ndelius_before(run[0]))
    workspace = Path(shutil.copytree(run[0], tmp_path / "w", symlinks=True))
    assert changed_tables(before, dump_of(workspace / "target.db")) != []
    assert day1(workspace, "undo", "--company", COMPANY).returncode == 0
    assert changed_tables(before, dump_of(workspace / "target.db")) == []
