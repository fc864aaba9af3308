"""A long interchange: how fast it is received, and whether memory grows with its length.

`python -m bench.interchange --megabytes 1000`. The file is one drawn interchange over and over, each copy
with persons and records of its own. It is read in a process of its own, once over the whole length and
once over a tenth of it.
"""

import argparse
import hashlib
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from extractors.receive import receive
from samples.make import make

COMPANY, CYCLE, PEOPLE = "C17", "day-1", 60
FILE = f"{COMPANY}_spg_001.xml"
STAGE = "receive"
LIMIT_MB = 500
"""What the peak of the stage may be, at any length of file."""

MESSAGE = re.compile(r" *<SPGMessage>.*?</SPGMessage>\n", re.DOTALL)
NUMBER = re.compile(r"(?<=<MessageReferenceNumber>)\d+")
LOCAL = re.compile(r"(?<=Reference>)([A-Z]{2}-)")
"""Where the company's own references begin: of persons, of records, of a record's event."""


def write_delivery(folder: Path, megabytes: int) -> None:
    """A delivery that receive accepts, whose interchange has at least `megabytes` of 1,000,000 bytes."""
    make(folder.parent.parent, cycle=CYCLE, companies=[COMPANY], people=PEOPLE)
    text = (folder / FILE).read_text("utf-8")
    head, tail = text[: text.index("  <SPGMessage>")], text[text.rindex("</SPGMessage>\n") + 14 :]
    messages = [_template(message) for message in MESSAGE.findall(text)]
    copies = max(1, megabytes * 1_000_000 // len(text.encode()) + 1)
    closing = tail.replace(f">{len(messages)}<", f">{len(messages) * copies}<")
    with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
        file.write(head)
        for copy in range(copies):
            file.writelines(_numbered(messages, copy))
        file.write(closing)
    _restate(folder, copies)


def _template(message: str) -> str:
    return LOCAL.sub(r"\1%(copy)d-", NUMBER.sub("%(number)d", message.replace("%", "%%")))


def _numbered(messages: list[str], copy: int) -> Iterator[str]:
    first = copy * len(messages) + 1
    return (message % {"copy": copy, "number": number} for number, message in enumerate(messages, first))


def _restate(folder: Path, copies: int) -> None:
    """Says in the manifest what the interchange holds: every count and total is `copies` times as high."""
    manifest = folder / "delivery.toml"
    head, interchange, *others = manifest.read_text("utf-8").split("[[file]]")
    with (folder / FILE).open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    counted = re.sub(r"(?<= = )\d+", lambda number: str(int(number[0]) * copies), interchange)
    stated = re.sub(
        r"\nbytes = .*\nsha256 = .*\n",
        f'\nbytes = {(folder / FILE).stat().st_size}\nsha256 = "{sha}"\n',
        counted,
    )
    manifest.write_text("[[file]]".join([head, stated, *others]), "utf-8", newline="\n")


def run_stage(folder: Path, out: Path) -> None:
    """Runs the stage here and prints seconds and the peak of memory in megabytes."""
    began = time.perf_counter()
    receipt = receive(folder, COMPANY, CYCLE, out=out)
    assert not receipt.is_blocked, receipt.problems
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1_000_000
    print(time.perf_counter() - began, peak)


def measure(folder: Path, out: Path) -> None:
    """The stage in a process of its own; a line for it."""
    size = (folder / FILE).stat().st_size / 1_000_000
    places = ["--folder", str(folder), "--out", str(out)]
    command = [sys.executable, "-m", "bench.interchange", "--stage", STAGE, *places]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds, peak = (float(word) for word in told.split())
    verdict = "ok" if peak < LIMIT_MB else f"OVER {LIMIT_MB} MB"
    pace = f"{size:8,.0f} MB {seconds:8.1f} s {size / seconds:6.1f} MB/s"
    print(f"{STAGE:8} {pace}   peak {peak:5.0f} MB  {verdict}", flush=True)


def main() -> None:
    """Reads the command line; with --stage, is the measured process itself."""
    parser = argparse.ArgumentParser(prog="python -m bench.interchange", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--stage", choices=[STAGE], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        run_stage(given.folder, given.out)
        return
    for megabytes in (given.megabytes // 10, given.megabytes):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "deliveries" / CYCLE / COMPANY
            write_delivery(folder, megabytes)
            measure(folder, Path(place) / "frames")


if __name__ == "__main__":
    main()
