"""Sample deliveries and the runs over them, made once; whoever changes something takes a copy."""

import shutil
import subprocess
from pathlib import Path

import pytest
from sample_runs import COMPANIES, day1

from samples.defects.plan import CARRIED
from samples.make import make


@pytest.fixture(scope="session")
def clean_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with clean deliveries of two companies, not yet run. Not to be changed."""
    workspace = tmp_path_factory.mktemp("clean") / "w"
    make(workspace / "deliveries", companies=COMPANIES, people=24)
    return workspace


@pytest.fixture(scope="session")
def clean_run(clean_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean deliveries, run once. Not to be changed."""
    workspace = tmp_path_factory.mktemp("clean_run") / "w"
    shutil.copytree(clean_workspace, workspace)
    result = day1(workspace, "run")
    assert result.returncode == 0, result.stderr[-2000:]
    return workspace


@pytest.fixture(scope="session")
def damaged_run(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A workspace with every defect that a delivery survives, run once, and how the run ended."""
    workspace = tmp_path_factory.mktemp("damaged") / "w"
    make(workspace / "deliveries", companies=COMPANIES, people=60, defects=CARRIED)
    return workspace, day1(workspace, "run", "--format", "json")


@pytest.fixture
def fresh(clean_workspace: Path, tmp_path: Path) -> Path:
    """Clean deliveries of one's own, not yet run."""
    return Path(shutil.copytree(clean_workspace, tmp_path / "w"))


@pytest.fixture
def loaded(clean_run: Path, tmp_path: Path) -> Path:
    """A clean run of one's own."""
    return Path(shutil.copytree(clean_run, tmp_path / "w"))
