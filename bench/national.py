"""The whole road at a size, stage by stage: `python -m bench.national --people 10000`.

Deliveries of all companies and the baseline are drawn (`day1 synth`), each stage runs as the command that an
engineer types, in a process of its own, and its processor time is set against a floor taken in the same run:
the time in which polars reads the baseline's text once. Machines differ and are shared; ratios to the floor
hardly do. The results go into bench/RESULTS.md; a ratio that is a quarter worse than the one recorded for the
same size ends with exit code 1.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import polars as pl

from pipeline.graph import COMMANDS

RESULTS, RECORDED = (Path(__file__).parent / name for name in ("RESULTS.md", "results.json"))
WORSE = 1.25
"""A ratio above that many times the recorded one is a regression."""

DAY1 = (str(Path(sys.executable).parent / "day1"),)
AGAIN = "run again"
"""The whole road once more over what has not changed."""


@dataclass(frozen=True)
class Measured:
    """What one command took: processor and wall time in seconds, peak in MB, times the floor."""

    stage: str
    cpu: float
    wall: float
    peak: int
    ratio: float


def measure(stage: str, command: list[str], floor: float) -> Measured:
    """Run `command` to its end.

    Raises:
        SystemExit: it ends otherwise than clean.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{stage} ended with {os.waitstatus_to_exitcode(status)}:\n{told[-2000:]}")
    cpu = used.ru_utime + used.ru_stime
    wall = time.perf_counter() - began
    return Measured(stage, round(cpu, 1), round(wall, 1), used.ru_maxrss // 1024, round(cpu / floor, 1))


def floor_of(deliveries: Path) -> float:
    """Processor seconds in which polars reads every text file of the baseline once."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    for path in sorted((deliveries / "day-1" / "baseline").glob("*.txt")):
        rows = pl.scan_csv(path, separator="|", quote_char=None, infer_schema=False, encoding="utf8-lossy")
        rows.select(pl.all().null_count()).collect(engine="streaming")
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run_road(place: Path, people: int, jobs: int) -> tuple[float, list[Measured]]:
    """The floor, and what drawing, each stage and a run over what has not changed took."""
    drawn = ["synth", str(place / "deliveries"), "--people", str(people), "--quiet"]
    synth = measure("synth", [*DAY1, *drawn], 1.0)
    floor = floor_of(place / "deliveries")
    where = ["--workspace", str(place / "w"), "--deliveries", str(place / "deliveries"), "--quiet"]
    done = [against(synth, floor)]
    for stage in (*COMMANDS, AGAIN):
        command = "run" if stage == AGAIN else stage
        done.append(measure(stage, [*DAY1, command, *where, "--jobs", str(jobs)], floor))
    return floor, done


def against(one: Measured, floor: float) -> Measured:
    """`one` against a floor that was taken after it."""
    return Measured(one.stage, one.cpu, one.wall, one.peak, round(one.cpu / floor, 1))


def regressions(recorded: dict[str, float], done: list[Measured]) -> list[str]:
    """The stages whose ratio is more than WORSE times the recorded one."""
    return [
        f"{one.stage}: {one.ratio} times the floor, {recorded[one.stage]} recorded"
        for one in done
        if one.stage in recorded and one.ratio > WORSE * recorded[one.stage]
    ]


def write_results(people: int, jobs: int, floor: float, done: list[Measured]) -> None:
    """Put the results in the place of the earlier ones of the same size, and all sizes on the page."""
    held = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    held[f"{people} {jobs}"] = {
        "people": people,
        "jobs": jobs,
        "floor": round(floor, 2),
        "machine": f"{os.cpu_count()} processors, {platform.machine()}, {platform.system()}",
        "versions": f"Python {platform.python_version()}, polars {version('polars')}",
        "day": time.strftime("%Y-%m-%d", time.gmtime()),
        "stages": [asdict(one) for one in done],
    }
    RECORDED.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    lines = ["# Results", "", "Written by `make bench-national`; what is measured: [README](README.md)."]
    for size in sorted(held.values(), key=lambda one: (one["people"], one["jobs"])):
        lines += ["", f"## {size['people']:,} people, {size['jobs']} at a time", ""]
        lines += [f"{size['day']}; {size['machine']}; {size['versions']}; floor {size['floor']} s.", ""]
        lines += [
            "| stage | processor s | wall s | peak MB | times the floor |",
            "| --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| {one['stage']} | {one['cpu']} | {one['wall']} | {one['peak']:,} | {one['ratio']} |"
            for one in size["stages"]
        ]
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, compare with what is recorded, and record with --record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--record", action="store_true", help="Put the results in bench/RESULTS.md.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        floor, done = run_road(Path(place), given.people, given.jobs)
    for one in done:
        print(f"{one.stage:<10} {one.cpu:>8} s {one.wall:>8} s wall {one.peak:>6} MB {one.ratio:>7} x")
    held = json.loads(RECORDED.read_text(encoding="utf-8")) if RECORDED.exists() else {}
    stages = held.get(f"{given.people} {given.jobs}", {}).get("stages", [])
    worse = regressions({one["stage"]: one["ratio"] for one in stages}, done)
    if given.record:
        write_results(given.people, given.jobs, floor, done)
    if worse:
        raise SystemExit("\n".join(["Worse than recorded:", *worse]))


if __name__ == "__main__":
    main()
