"""The commonest delta: hours of unpaid work entered late, mended or withdrawn.

`python -m samples.late_hours DELIVERIES C17 --cycle delta-01`
"""

import argparse
import csv
import io
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from samples.deltas import ADDED, CHANGED, DELETED, Edit, having, make_delta

KEY, DATE, CREDITED, REFERENCE = 0, 3, 7, 12
"""Where a session has its key, day, hours credited and nDelius's own number, whatever they are called."""

OTHER_DAY, LESS = {"xlsx": "17/06/2021", "csv": "2021-06-17"}, {"xlsx": "05:00", "csv": "300"}


def late_hours(full: Path, number: int = 1, *, damaged: bool = False) -> list[Edit]:
    """A session added, one changed and one deleted, of those that the company alone has.

    `number` takes others for each delta. `damaged`: also a row without change, one added that is there,
    and one changed that is not.
    """
    (file,) = [path for path in full.iterdir() if path.name.endswith(("_upw.xlsx", "_upw_sessions.csv"))]
    names, rows = _sessions(file)
    own = [row for row in rows if not row[REFERENCE] and str(row[CREDITED] or "0").strip("0:")]
    kind = file.suffix.removeprefix(".")
    first, second = (str(own[place % len(own)][KEY]) for place in (3 * number, 3 * number + 1))
    new = {names[KEY]: f"SE-09{number:05d}", names[DATE]: OTHER_DAY[kind], names[CREDITED]: LESS[kind]}
    edits = [
        Edit(file.name, ADDED, having(names[KEY], first), new),
        Edit(file.name, CHANGED, having(names[KEY], first), {names[CREDITED]: LESS[kind]}),
        Edit(file.name, DELETED, having(names[KEY], second)),
    ]
    if damaged:
        third, fourth = (str(own[place % len(own)][KEY]) for place in (3 * number + 2, 3 * number + 3))
        edits += [
            Edit(file.name, "", having(names[KEY], third)),
            Edit(file.name, ADDED, having(names[KEY], fourth)),
            Edit(file.name, CHANGED, having(names[KEY], third), {names[KEY]: "SE-0999999"}),
        ]
    return edits


def _sessions(file: Path) -> tuple[list[str], list[list[Any]]]:
    if file.suffix == ".csv":
        lines = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
        return lines[0], [list(line) for line in lines[1:]]
    sheet = load_workbook(file, read_only=True).worksheets[-1]
    rows = [
        list(row) for row in sheet.iter_rows(values_only=True) if sum(cell is not None for cell in row) > 1
    ]
    return [str(name) for name in rows[0] if name is not None], rows[1:]


def main() -> None:
    """Read the command line and draw the delta."""
    parser = argparse.ArgumentParser(prog="python -m samples.late_hours", description=__doc__)
    parser.add_argument("deliveries", type=Path, help="folder with the full cycle")
    parser.add_argument("company")
    parser.add_argument("--full", default="day-1", help="the full cycle")
    parser.add_argument("--cycle", default="delta-01")
    parser.add_argument("--previous", default="day-1", help="the delivery that the delta follows")
    parser.add_argument("--damaged", action="store_true", help="also rows that T08 sets aside")
    given = parser.parse_args()
    full = given.deliveries / given.full / given.company
    edits = late_hours(full, int(given.cycle.rpartition("-")[2]), damaged=given.damaged)
    make_delta(full, given.deliveries / given.cycle / given.company, given.cycle, edits, given.previous)


if __name__ == "__main__":
    main()
