"""A million contacts: how fast they are extracted, mapped and validated, against a bare scan of the file.

`python -m bench.contacts --rows 1000000`. A drawn provider extract whose contacts are repeated, each with a
key of its own, in the extract and in the baseline. Every stage, and polars' scan of the CONTACT file to
Parquet, is a process of its own; the baseline is read before and not timed.
"""

import argparse
import hashlib
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from pipeline.stages.source_stages import run_sources
from pipeline.workspace import Workspace
from samples.make import make

COMPANY, CYCLE, PEOPLE = "C06", "day-1", 200
STAGES = ("extract", "map", "match", "validate")
BARE = "bare scan"
TABLE = "delius_CONTACT.txt"
FIRST_KEY = 3_000_000_000
"""Keys of the repeated contacts begin here, beyond all that are drawn."""


def write_deliveries(deliveries: Path, count: int) -> None:
    """An extract and a baseline that receive accepts, both with the same `count` further contacts."""
    make(deliveries, cycle=CYCLE, companies=[COMPANY], people=PEOPLE)
    cycle = deliveries / CYCLE
    extract = cycle / COMPANY / f"{COMPANY}_{TABLE}"
    drawn = extract.read_bytes().split(b"\r\n")[1:-1]
    tails = [line.partition(b"|")[2] for line in drawn]
    for path in (extract, cycle / "baseline" / f"N00_{TABLE}"):
        with path.open("ab") as file:
            for number in range(count):
                file.write(b"%d|%b\r\n" % (FIRST_KEY + number, tails[number % len(tails)]))
        _restate(path, count)


def _restate(path: Path, added: int) -> None:
    """Says in the manifest what the file holds now."""
    manifest = path.parent / "delivery.toml"
    head, name, tail = manifest.read_text("utf-8").partition(f'name = "{path.name}"')
    with path.open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    tail = re.sub(r"rows = (\d+)", lambda rows: f"rows = {int(rows[1]) + added}", tail, count=1)
    tail = re.sub(r"bytes = \d+", f"bytes = {path.stat().st_size}", tail, count=1)
    tail = re.sub(r'sha256 = "\w+"', f'sha256 = "{sha}"', tail, count=1)
    manifest.write_text(head + name + tail, "utf-8", newline="\n")


def run_once(step: str, place: Path) -> None:
    """Runs one step here and prints seconds and the peak of memory in megabytes."""
    workspace = Workspace.open(place)
    began = time.perf_counter()
    if step == BARE:
        file = workspace.delivery_folder(COMPANY) / f"{COMPANY}_{TABLE}"
        scan = pl.scan_csv(file, separator="|", quote_char=None, infer_schema=False, encoding="utf8-lossy")
        scan.sink_parquet(place / "bare.parquet")
    else:
        run_sources(workspace, (COMPANY,), (step,))
    print(time.perf_counter() - began, peak_megabytes())


def peak_megabytes() -> float:
    """The peak of this process's memory. What getrusage tells begins with that of the process before."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) * 1024 / 1_000_000


def measure(step: str, place: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one step in a process of its own."""
    command = [sys.executable, "-m", "bench.contacts", "--step", step, "--place", str(place)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    seconds, peak = (float(word) for word in told.split())
    return seconds, peak


def show(step: str, count: int, seconds: float, peak: float, bare: float) -> None:
    """One line of the table."""
    pace = f"{seconds:7.1f} s {count / seconds:12,.0f} rows/s   peak {peak:6,.0f} MB"
    print(f"{step:10} {pace}   {seconds / bare:6.1f} x bare scan", flush=True)


def compare(count: int) -> None:
    """Draws the deliveries and prints a line for each step and for all of ours together."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_deliveries(place / "deliveries", count)
        workspace = Workspace.open(place)
        run_sources(workspace, ("N00",), ("receive", "extract", "map"))
        run_sources(workspace, (COMPANY,), ("receive",))
        bare, peak = measure(BARE, place)
        show(BARE, count, bare, peak, bare)
        ours = []
        for stage in STAGES:
            ours.append(measure(stage, place))
            show(stage, count, *ours[-1], bare)
        show("together", count, sum(once[0] for once in ours), max(once[1] for once in ours), bare)


def main() -> None:
    """Reads the command line; with --step, is the measured process itself."""
    parser = argparse.ArgumentParser(prog="python -m bench.contacts", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--step", choices=(*STAGES, BARE), help=argparse.SUPPRESS)
    parser.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        run_once(given.step, given.place)
    else:
        compare(given.rows)


if __name__ == "__main__":
    main()
