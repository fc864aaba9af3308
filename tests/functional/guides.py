"""Pages of docs/ that say what to write where: their code blocks, done on a copy of the project."""

import csv
import io
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from sample_runs import DAY1

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "cli", "pipeline", "vocabulary", "extractors", "lists", "mappings", "matching",
    "validators", "target", "reconcile", "reports", "samples",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What a page has one write into one file, and the words that say so when it is forgotten.

    `kind`: csv and python make a file, or add lines at its end; csv-column adds a column; after adds
    lines behind the first of them, which is there.
    """

    kind: str
    path: str
    text: str
    forgotten: str


def steps_of(page: str) -> list[Step]:
    """The steps of docs/`page`, in order."""
    return [
        Step(kind, path, text if kind == "after" else dedent(text), forgotten)
        for kind, path, text, forgotten in re.findall(
            r"```(csv|csv-column|python|after) (\S+)\n(.*?) *```\n\s*Forgotten: `(.+?)`\n",
            (ROOT / "docs" / page).read_text("utf-8"),
            re.DOTALL,
        )
    ]


def copy_packages(root: Path, also: tuple[str, ...] = ()) -> Path:
    """Our packages and the folders `also` at `root`."""
    for package in (*PACKAGES, *also):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def run(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs `command` with the packages at `root` in the place of ours."""
    environment = os.environ | {"PYTHONPATH": str(root)}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def run_day1(
    root: Path, command: str, workspace: Path, deliveries: Path, form: str = "json"
) -> subprocess.CompletedProcess[str]:
    """Runs a command of the program at `root` over `deliveries`."""
    places = ("--workspace", str(workspace), "--deliveries", str(deliveries))
    return run(root, DAY1, command, *places, "--format", form)


def copy_with(root: Path, steps: list[Step], also: tuple[str, ...] = ()) -> Path:
    """Our packages and the folders `also` at `root`, with the steps done."""
    copy_packages(root, also)
    for step in steps:
        _do(step, root / step.path)
    return root


def _do(step: Step, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    match step.kind:
        case "csv-column":
            add_column(path, step.text)
        case "after":
            there, *new = [line.removeprefix("   ") for line in step.text.splitlines(keepends=True)]
            text = path.read_text("utf-8")
            assert text.count(there) == 1
            path.write_text(text.replace(there, "".join([there, *new])), "utf-8")
        case _:
            with path.open("a", encoding="utf-8", newline="") as file:
                file.write(step.text)


def add_column(path: Path, text: str) -> None:
    """The first line names the column, the others its cells by the first column of the table."""
    name, *filled = csv.reader(io.StringIO(text))
    cells = dict(filled)
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [[*header, *name], *([*row, cells.get(row[0], "")] for row in rows)]
        )
