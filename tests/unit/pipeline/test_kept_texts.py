"""A delivery is read once: extract takes over the text frames that receive read and checked."""

from pathlib import Path

import polars as pl
import pytest

from extractors.base import read_entity
from pipeline.stages.receive import TEXTS, extract_stage, finish_stage, receive_stage
from pipeline.stages.source_stages import run_sources
from pipeline.storage.store import MANIFEST, read_findings, read_frame, write_json
from pipeline.workspace import Workspace
from samples.make import make
from vocabulary.errors import ConfigError

FILE = "C06_delius_ALIAS.txt"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with the delivery of one company."""
    make(tmp_path / "deliveries", companies=["C06"], people=4)
    return Workspace(tmp_path, tmp_path / "deliveries", "sqlite://", "day-1")


def received(workspace: Workspace) -> dict[str, object]:
    return finish_stage(workspace, "C06", "receive", receive_stage(workspace, "C06"))


def extracted(workspace: Workspace) -> dict[str, object]:
    return finish_stage(workspace, "C06", "extract", extract_stage(workspace, "C06"))


def test_what_was_checked_is_what_is_extracted(workspace: Workspace) -> None:
    received(workspace)
    (workspace.delivery_folder("C06") / FILE).write_text("changed afterwards", "utf-8")
    account = extracted(workspace)
    aliases = read_entity(workspace.stage_folder("C06", "extract") / "delius", "alias")
    assert aliases.height == account["files"][FILE] > 0
    assert read_findings(workspace.stage_folder("C06", "extract")).is_empty()


def test_extract_refuses_what_receive_did_not_see(workspace: Workspace) -> None:
    run_sources(workspace, ["C06"], ["receive"])
    (workspace.delivery_folder("C06") / FILE).write_text("changed afterwards", "utf-8")
    with pytest.raises(ConfigError, match="changed since the delivery was received"):
        run_sources(workspace, ["C06"], ["extract"])
    run_sources(workspace, ["C06"], ["receive"])
    assert not workspace.stage_folder("C06", "extract").exists()


def test_a_frame_that_changed_is_refused_by_name_and_made_again(workspace: Workspace) -> None:
    road = ["receive", "extract", "map"]
    run_sources(workspace, ["C06"], road[:2])
    frame = workspace.stage_folder("C06", "extract") / "delius/alias/000001.parquet"
    read_entity(frame.parents[1], "alias").with_columns(source_row=pl.lit("7")).write_parquet(frame)
    with pytest.raises(ConfigError, match=r"alias/000001\.parquet is not as .* `day1 run` makes it"):
        run_sources(workspace, ["C06"], ["map"])
    run_sources(workspace, ["C06"], road)
    assert read_frame(workspace.stage_folder("C06", "map") / "delius", "alias").height


def test_a_second_receive_leaves_what_was_extracted(workspace: Workspace) -> None:
    received(workspace)
    extracted(workspace)
    received(workspace)
    assert read_entity(workspace.stage_folder("C06", "extract") / "delius", "alias").height


def test_of_a_refused_delivery_nothing_is_kept(workspace: Workspace) -> None:
    (workspace.delivery_folder("C06") / FILE).write_text("changed afterwards", "utf-8")
    assert received(workspace)["is_blocked"]
    assert not (workspace.stage_folder("C06", "receive") / TEXTS).exists()


def test_an_account_that_an_older_day1_left(workspace: Workspace) -> None:
    account = received(workspace)
    del account["texts"]
    write_json(workspace.stage_folder("C06", "receive") / MANIFEST, account)
    with pytest.raises(ConfigError, match="Use `day1 run`"):
        extract_stage(workspace, "C06")
