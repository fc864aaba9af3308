"""What must hold after a fault, whatever it was: the next run says what it must, and makes what a run without
a fault makes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import sqlalchemy as sa
from sample_runs import DAY1, Dump, assert_clear, changed_tables, day1, dump_of

from target.bulk import read
from target.database import connect, transaction
from target.ledger import BEFORE_IMAGE, CROSSWALK, LEDGER, OWN_TABLES, SECOND_ID
from target.schema.shape import primary_key, table_names
from target.schema.tables import table
from target.teams_and_officers import OFFICER_STAFF, STAFF

COMPANY = "C06"
PEOPLE = 12
TARGET = "target.db"
KILLED_AT = Path(__file__).with_name("killed_at.py")
HALF_DONE = ("*.part", "*.part-*", "*.old-*", "*.coming", "import.ready")
"""What is left of work that was cut off; nothing of it after the next run."""


def state_of(workspace: Path, url: str = "") -> Dump:
    """Every row of the target in order; of a server by the rank of each number that it gave, since one that
    was given to work rolled back is given to nobody else."""
    return ranked(url) if url else dump_of(workspace / TARGET)


def assert_goes_on(workspace: Path, expected: Dump, *, url: str = "", told: str = "") -> None:
    """The reports that lie there are whole; the next run ends as one without a fault, and its target is the
    same. `told`: the fault, for who reads a failure."""
    assert_whole(workspace)
    result = day1(workspace, "run", "--format", "json", *(("--target", url) if url else ()))
    assert_clear(result, 0)
    assert json.loads(result.stdout)["verdict"] == "clean", told
    assert changed_tables(expected, state_of(workspace, url)) == [], told
    assert_whole(workspace)
    left = [path for place in ("work", "reports", "decisions") for path in _half_done(workspace / place)]
    assert left == [], told
    [line] = json.loads(day1(workspace, "status", "--format", "json").stdout)
    assert (line["stage"], line["verdict"]) == ("reconcile", "clean"), told


def _half_done(folder: Path) -> Iterator[Path]:
    return (path for sign in HALF_DONE for path in folder.rglob(sign))


def assert_whole(workspace: Path) -> None:
    """Every report that bears its name is whole, the old one or the new."""
    reports = workspace / "reports"
    for path in reports.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as packed:
            assert packed.testzip() is None
    for path in reports.rglob("*.html"):
        assert path.read_text("utf-8").endswith("</html>\n")
    for path in reports.rglob("*.csv"):
        assert path.read_text("utf-8").endswith("\n")


def assert_told(result: "subprocess.CompletedProcess[str]", exit_code: int, *words: str) -> None:
    """The command ended with this exit code and one sentence or few on stderr that hold `words`."""
    assert_clear(result, exit_code)
    for word in words:
        assert word in result.stderr, result.stderr[-2000:]


def ranked(url: str) -> Dump:
    """The rows of a target on a server: of each number that it gives, and of each reference to it, its rank.
    Hashes and before-images hold such numbers in text, and are left out."""
    with transaction(connect(url)) as connection:
        frames = {name: read(connection, name) for name in (*table_names(), *OWN_TABLES)}
    del frames[
        "CASELOAD"
    ]  # made of the others, with numbers in columns that refer to no table; proved as such
    ranks = {
        name: dict(zip(ids, range(len(ids)), strict=True))
        for name in table_names()
        if name in frames and (ids := _numbers(frames[name], name)) is not None
    }
    frames[LEDGER] = frames[LEDGER].drop(
        "SNAPSHOT_HASH", "CROSSWALK_HASH", "IMAGES_HASH", "ENTRY_HASH", "LOAD_NUMBER"
    )
    frames[BEFORE_IMAGE] = frames[BEFORE_IMAGE].drop("OLD_VALUES", "NEW_VALUES")
    return {name: _in_order(frame, name, ranks) for name, frame in frames.items()}


def _numbers(frame: pl.DataFrame, name: str) -> list[int] | None:
    key = primary_key(name)
    return frame[key[0]].sort().to_list() if len(key) == 1 and frame.schema[key[0]] == pl.Int64 else None


def _in_order(frame: pl.DataFrame, name: str, ranks: dict[str, dict[int, int]]) -> list[tuple[Any, ...]]:
    key = primary_key(name) if name in ranks else ()
    whose = dict.fromkeys(key, name)
    # The numbers of OFFICER are those of STAFF; it has a key of two columns, so that no rank of its own.
    whose |= {column: STAFF for column in frame.columns if column == OFFICER_STAFF}
    for reference in table(name).foreign_keys:
        if reference.column.table.name in ranks and reference.parent.name not in whose:
            whose[reference.parent.name] = reference.column.table.name
    rows = []
    for row in frame.to_dicts():
        if name in (CROSSWALK, BEFORE_IMAGE):
            own = ranks.get(row["TABLE_NAME"], {})
            row["TARGET_ID"] = own.get(row["TARGET_ID"], 0)
            row.pop(SECOND_ID, None)
        rows.append(tuple(_rank(value, ranks.get(whose.get(column, ""))) for column, value in row.items()))
    return sorted(rows, key=repr)


def _rank(value: Any, own: dict[int, int] | None) -> Any:
    return value if own is None or value is None else own.get(int(value), value)


def start(workspace: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    """The command in a process of its own."""
    return subprocess.Popen(
        [DAY1, *words],
        cwd=workspace,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )


def kill_at(
    workspace: Path, moment: int, *words: str, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """The command, killed before it changes the file system for the nth time; `moment` 0: never."""
    return subprocess.run(
        [sys.executable, str(KILLED_AT), str(moment), *words],
        cwd=workspace,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(KILLED_AT.parents[2])} | environment,
    )


def moments_of(workspace: Path, *words: str, **environment: str) -> int:
    """How often the command changes the file system."""
    told = workspace.parent / "moments"
    kill_at(workspace, 0, *words, DAY1_MOMENTS=str(told), **environment)
    return int(told.read_text("utf-8"))


def wait_for_log(workspace: Path, words: str, *, process: int | None = None) -> None:
    """Until the newest run's log holds `words`, at most two minutes; `process`: it must be this one's."""
    deadline, latest = time.monotonic() + 120, workspace / "runs/latest"
    while True:
        log, account = latest / "run.log", latest / "run.json"
        is_own = process is None or (
            account.exists() and json.loads(account.read_text("utf-8"))["pid"] == process
        )
        if is_own and log.exists() and words in log.read_text("utf-8"):
            return
        assert time.monotonic() < deadline
        time.sleep(0.005)


@contextmanager
def stopped(process: "subprocess.Popen[str]") -> Iterator[None]:
    """Within it the process stands still."""
    process.send_signal(signal.SIGSTOP)
    while Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] not in "TZ":
        time.sleep(0.001)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def copy_of(workspace: Path, place: Path) -> Path:
    """A copy of the whole workspace, target and locks included."""
    shutil.rmtree(place, ignore_errors=True)
    return Path(shutil.copytree(workspace, place, symlinks=True))


def on_server(server: sa.URL, statement: str) -> None:
    """A statement outside any transaction."""
    address = server.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
