"""How long the night takes, from measured runs, and how wrong that was."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sample_runs import day1

pytestmark = pytest.mark.runs

NIGHT = "\n[night]\nstarts = 2021-06-25T20:00:00\nready_by = 2021-06-27T06:00:00\n"


def foretold(workspace: Path, *words: str) -> dict[str, Any]:
    """What `forecast --format json` says."""
    document: dict[str, Any] = json.loads(day1(workspace, "forecast", "--format", "json", *words).stdout)
    return document


def test_the_road_holds_every_stage_of_every_company(clean_run: Path) -> None:
    steps = {(one["company"], one["stage"]) for one in foretold(clean_run)["steps"]}
    own = {(code, stage) for code in ("C06", "C17") for stage in ("receive", "map", "validate", "load")}
    assert own <= steps
    assert {("N00", "map"), ("", "plan"), ("", "target"), ("", "proofs"), ("", "report")} <= steps


def test_companies_side_by_side_shorten_it_and_the_rest_does_not(clean_run: Path) -> None:
    one, two = foretold(clean_run), foretold(clean_run, "--jobs", "2")
    own = [
        sum(
            step["seconds"]
            for step in one["steps"]
            if step["company"] == code and step["stage"] not in ("load", "plan")
        )
        for code in ("C06", "C17")
    ]
    assert one["seconds"] - two["seconds"] == pytest.approx(min(own), rel=0.01)


def test_the_last_moments_stand_before_the_hour(loaded: Path) -> None:
    (loaded / "day1.toml").write_text(NIGHT, encoding="utf-8")
    moments = foretold(loaded)["moments"]
    assert moments["last start"] < "2021-06-27T06:00"
    assert "2021-06-27T05" < moments["last moment to turn back"] <= "2021-06-27T06:00"


def test_a_forecast_is_held_against_the_run_that_follows(loaded: Path) -> None:
    foretold(loaded)
    shutil.rmtree(loaded / "work")
    (loaded / "target.db").unlink()
    assert day1(loaded, "run").returncode == 0
    [newest, *_] = json.loads(day1(loaded, "runs", "--format", "json").stdout)
    assert f"{newest['run']} took" in day1(loaded, "forecast").stderr


def test_without_a_run_nothing_is_foretold(fresh: Path) -> None:
    result = day1(fresh, "forecast")
    assert result.returncode == 3
    assert "`day1 run`" in result.stderr


def test_a_night_that_cannot_be_read_is_said(loaded: Path) -> None:
    (loaded / "day1.toml").write_text('[night]\nstarts = "tonight"\n', encoding="utf-8")
    result = day1(loaded, "forecast")
    assert result.returncode == 3
    assert "starts under [night]" in result.stderr
