"""A delivery names the version of the specification that its files are laid out in; both are read."""

import tomllib
from pathlib import Path

import pytest
from sample_runs import COMPANIES, day1, reconciled

from samples.make import make


@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_delivery_of_either_version_is_carried(tmp_path: Path, version: str) -> None:
    make(tmp_path / "deliveries", companies=COMPANIES, people=8, spec_version=version)
    manifest = (tmp_path / "deliveries/day-1/C06/delivery.toml").read_text("utf-8")
    assert tomllib.loads(manifest)["spec_version"] == version
    result = day1(tmp_path, "run")
    assert result.returncode == 0, result.stderr[-2000:]
    assert reconciled(tmp_path)["verdict"] == "clean"
