"""A delivery names the version of the specification that its files are laid out in; the first is still read.

Every other test delivers the second.
"""

import json
import tomllib
from pathlib import Path

import pytest
from sample_runs import COMPANIES, day1

from samples.make import make

pytestmark = pytest.mark.runs


def test_a_delivery_of_the_first_version_is_carried(tmp_path: Path) -> None:
    make(tmp_path / "deliveries", companies=COMPANIES, people=8, spec_version="1.0")
    manifest = (tmp_path / "deliveries/day-1/C06/delivery.toml").read_text("utf-8")
    assert tomllib.loads(manifest)["spec_version"] == "1.0"
    result = day1(tmp_path, "run", "--format", "json")
    assert result.returncode == 0, result.stderr[-2000:]
    assert json.loads(result.stdout)["verdict"] == "clean"
