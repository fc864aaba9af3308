"""A company is data: docs/add-a-company.md followed to the letter on a copy, and each step forgotten once."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest
from guides import PACKAGES, ROOT, copy_packages, run, run_day1
from sample_runs import assert_clear

pytestmark = pytest.mark.runs


NEW = ("C98", "C99")
LIKE = "ARCC"
"""The owner whose columns the new one has, under header words of its own."""


@dataclass(frozen=True)
class Step:
    """What the guide has one add to one CSV file, and the words that say so when it is forgotten."""

    path: str
    adds_column: bool
    text: str
    forgotten: str


GUIDE = [
    Step(path, bool(column), dedent(text), forgotten)
    for column, path, text, forgotten in re.findall(
        r"```csv(-column)? (\S+)\n(.*?) *```\n\s*Forgotten: `(.+?)`\n",
        (ROOT / "docs" / "add-a-company.md").read_text("utf-8"),
        re.DOTALL,
    )
]
READ_BY_DAY1 = [step for step in GUIDE if not step.path.startswith("samples/")]


def copy_of_ours(root: Path, steps: list[Step]) -> Path:
    """Our packages at `root`, with the steps done."""
    copy_packages(root)
    for step in steps:
        (add_column if step.adds_column else add_rows)(root / step.path, step.text)
    return root


def add_rows(path: Path, text: str) -> None:
    """Appends the lines."""
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


def add_column(path: Path, text: str) -> None:
    """Appends the column of a new owner, with header words of its own under the part names of LIKE."""
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8"), newline=""))
    place = header.index(LIKE)
    # The third column is the field, blank where the row names the part.
    words = [f"Isle {row[place]}" if row[2] and row[place] != "-" else row[place] for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [[*header, text.strip()], *([*row, word] for row, word in zip(rows, words, strict=True))]
        )


def draw(root: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Draws the new companies' deliveries."""
    chosen = [word for code in NEW for word in ("--company", code)]
    return run(root, sys.executable, "-m", "samples.make", str(out), "--people", "24", *chosen)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our packages with the new companies. Not to be changed."""
    return copy_of_ours(tmp_path_factory.mktemp("extended"), GUIDE)


@pytest.fixture(scope="module")
def deliveries(extended: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the new companies deliver. Not to be changed."""
    out = tmp_path_factory.mktemp("deliveries") / "d"
    drawn = draw(extended, out)
    assert drawn.returncode == 0, drawn.stderr[-2000:]
    return out


def test_the_new_companies_run_like_ours(extended: Path, deliveries: Path, tmp_path: Path) -> None:
    """They send no staff return, so nobody says whose account comes along: left, and no more."""
    result = run_day1(extended, "run", tmp_path / "w", deliveries)
    assert result.returncode == 1, result.stderr[-2000:]
    document = json.loads(result.stdout)
    left = [row["table"] for company in document["companies"] for row in company["left"]]
    told = [line for company in document["companies"] for line in company["differences"]]
    assert set(left) == {"RESTRICTION", "EXCLUSION"}
    assert {line["proof"] for line in told} == {"left"}
    assert [company["company"] for company in document["companies"]] == list(NEW)
    assert not [file for company in document["companies"] for file in company["files"] if file["set_aside"]]
    # Sent to their own teams, not to the region's unallocated one (O04).
    rules = {finding["rule"] for company in document["companies"] for finding in company["findings"]}
    assert "O04" not in rules


def test_only_the_files_of_the_guide_differ_and_none_is_python(extended: Path) -> None:
    ours = [path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.suffix != ".pyc"]
    names = [path.relative_to(ROOT) for path in ours if path.is_file()]
    changed = {str(name) for name in names if (ROOT / name).read_bytes() != (extended / name).read_bytes()}
    assert changed == {step.path for step in GUIDE}
    assert not [name for name in changed if not name.endswith(".csv")]


def forgetting(tmp_path: Path, forgotten: Step) -> Path:
    """Our packages with every step done but one."""
    return copy_of_ours(tmp_path / "ours", [step for step in GUIDE if step != forgotten])


@pytest.mark.parametrize("step", READ_BY_DAY1, ids=lambda step: step.path)
def test_a_forgotten_step_is_named(step: Step, deliveries: Path, tmp_path: Path) -> None:
    result = run_day1(forgetting(tmp_path, step), "run", tmp_path / "w", deliveries)
    assert_clear(result, 3)
    assert step.forgotten in result.stderr
    assert not (tmp_path / "w" / "work").exists()


def test_samples_name_the_forgotten_header_words(tmp_path: Path) -> None:
    (step,) = [step for step in GUIDE if step not in READ_BY_DAY1]
    result = draw(forgetting(tmp_path, step), tmp_path / "d")
    assert_clear(result, 1)
    assert step.forgotten in result.stderr
