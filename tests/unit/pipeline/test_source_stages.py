"""A stage runs when what it stands on has changed, and a refused delivery ends its company's road."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.stages import source_stages as module
from pipeline.stages.source_stages import run_sources, run_stage
from pipeline.storage.store import start_stage
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError

CALLS: list[tuple[str, str]] = []


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A delivery of one file, and stages that only say that they were called."""
    CALLS.clear()
    folder = tmp_path / "deliveries" / "day-1" / "C06"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("1", "utf-8")

    def stage(name: str, **account: object) -> Any:
        def call(workspace: Workspace, company: str) -> dict[str, object]:
            CALLS.append((company, name))
            start_stage(workspace.stage_folder(company, name))
            return {"rows": 1, **account} | ({"is_blocked": True} if company == "C17" else {})

        return call

    monkeypatch.setattr(module, "COMPANY_STAGES", {name: stage(name) for name in ("receive", "extract")})
    return Workspace(tmp_path, tmp_path / "deliveries", "sqlite://", "day-1")


def test_an_unchanged_delivery_is_not_read_again(workspace: Workspace) -> None:
    first = run_stage(workspace, "C06", "receive")
    assert run_stage(workspace, "C06", "receive") == first
    assert CALLS == [("C06", "receive")]


def test_a_changed_delivery_is_read_again_with_all_that_follows(workspace: Workspace) -> None:
    run_sources(workspace, ["C06"], ["receive", "extract"])
    (workspace.delivery_folder("C06") / "a.csv").write_text("2", "utf-8")
    run_sources(workspace, ["C06"], ["receive", "extract"])
    assert CALLS == [("C06", "receive"), ("C06", "extract")] * 2


def test_a_refused_delivery_stops_there_and_the_others_go_on(workspace: Workspace) -> None:
    run_sources(workspace, ["C17", "C06"], ["receive", "extract"])
    assert CALLS == [("C17", "receive"), ("C06", "receive"), ("C06", "extract")]


def test_a_stage_needs_the_one_before(workspace: Workspace) -> None:
    with pytest.raises(ConfigError, match="receive has not run"):
        run_stage(workspace, "C06", "extract")
