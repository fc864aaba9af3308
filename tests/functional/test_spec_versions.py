"""A delivery names the version of the specification that its files are laid out in; both are read."""

import json
import tomllib
from pathlib import Path

import pytest
from sample_runs import COMPANIES, day1

from samples.make import make


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_delivery_of_either_version_is_carried(tmp_path: Path, version: str) -> None:
    make(tmp_path / "deliveries", companies=COMPANIES, people=8, spec_version=version)
    manifest = (tmp_path / "deliveries/day-1/C06/delivery.toml").read_text("utf-8")
    assert tomllib.loads(manifest)["spec_version"] == version
    result = day1(tmp_path, "run", "--format", "json")
    assert result.returncode == 0, result.stderr[-2000:]
    assert json.loads(result.stdout)["verdict"] == "clean"
