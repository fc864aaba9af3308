"""How long and with how much memory a file beyond its limits is refused: each in a process of its own.

`python -m bench.refusals`. A table: rules, seconds, and megabytes at most above what the same process holds
when the libraries are imported and nothing is read. The aim: under a second and 200 MB.
"""

import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from extractors.delivery import DeliveredFile, Delivery, read_delivery
from extractors.receive import check_file
from samples.make import make

CYCLE = "day-1"
ROWS = 1_000_000
SECONDS, MEGABYTES = 1, 200
"""The aim."""
SHEET = "xl/worksheets/sheet1.xml"


def _row(number: int) -> bytes:
    return b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (number, number)


def _rows(numbers: range) -> Callable[[bytes], bytes]:
    more = b"".join(map(_row, numbers))
    return lambda sheet: sheet.replace(b"</sheetData>", more + b"</sheetData>")


def _sheet(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def changed(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts[SHEET] = change(parts[SHEET])
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)

    return changed


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(500_000_000))


def _one_line(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"x" * 300_000_000)


def _holes(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(30_000_000_000)


FILES: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "a sheet of a million rows": ("C06", "C06_staff.xlsx", _sheet(_rows(range(100, ROWS)))),
    "a cell in row 1,048,576": ("C06", "C06_staff.xlsx", _sheet(_rows(range(1_048_576, 1_048_577)))),
    "a cell in row 99,999,999": ("C06", "C06_staff.xlsx", _sheet(_rows(range(99_999_999, 100_000_000)))),
    "a workbook that unpacks to 500 MB": ("C06", "C06_staff.xlsx", _bomb),
    "CSV with a line of 300 MB": ("C17", "C17_upw_sessions.csv", _one_line),
    "text with a line of 300 MB": ("C06", "C06_delius_CONTACT.txt", _one_line),
    "JSON with a line of 300 MB": ("C06", "C06_eoc.jsonl", _one_line),
    "text of 30 GB": ("C06", "C06_delius_CONTACT.txt", _holes),
    "XML of 30 GB": ("C17", "C17_spg_001.xml", _holes),
}
"""A word to company, file and what is done to it."""


def refuse(folder: str, company: str, name: str) -> None:
    """Check one file and print the rules, seconds and further megabytes."""
    delivery, _ = read_delivery(Path(folder), company, CYCLE)
    assert isinstance(delivery, Delivery)
    file: DeliveredFile = next(one for one in delivery.files if one.name == name)
    Path("/proc/self/clear_refs").write_text("5")  # from here on: importing held more for a moment
    began, before = time.perf_counter(), _peak()
    rules = sorted({problem.rule for problem in check_file(delivery, file, {}, None) if problem.blocks})
    seconds = time.perf_counter() - began
    print(json.dumps([rules, round(seconds, 2), round(_peak() - before)]))


def _peak() -> float:
    """Megabytes that the process has held at most."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def line(word: str, told: subprocess.CompletedProcess[str]) -> str:
    """What came of a file, and whether it is within the aim."""
    if told.returncode:
        return f"{word:36} {told.stderr.strip().splitlines()[-1]}"
    rules, seconds, megabytes = json.loads(told.stdout)
    is_over = {f"over {SECONDS} s": seconds >= SECONDS, f"over {MEGABYTES} MB": megabytes >= MEGABYTES}
    missed = [what for what, is_missed in is_over.items() if is_missed]
    return f"{word:36} {', '.join(rules):8} {seconds:8.2f} {megabytes:14,}  {', '.join(missed) or 'yes'}"


def main() -> None:
    """Make each file, refuse it, print a line."""
    print(f"{'file':36} {'rules':8} {'seconds':>8} {'MB over imports':>14}  within the aim")
    for word, (company, name, damage) in FILES.items():
        with tempfile.TemporaryDirectory() as drawn:
            make(Path(drawn), companies=[company], people=8)
            folder = Path(drawn) / CYCLE / company
            damage(folder / name)
            given = ", ".join(map(repr, (str(folder), company, name)))
            call = f"from bench.refusals import refuse; {refuse.__name__}({given})"
            told = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=False)
            print(line(word, told), flush=True)


if __name__ == "__main__":
    main()
