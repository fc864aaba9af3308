"""No command shows anything of a person unless --reveal is said: on no stream, in no log, in no file left.

Commands are taken from the program itself: one without a line in CALLS fails the test.
"""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typer
from marked_deliveries import (
    BY_VALUE,
    LOGINS,
    MARK,
    OF_AN_ORGANISATION,
    PLACES,
    columns,
    free_text,
    make_marked,
)
from openpyxl import load_workbook
from resealed import reseal
from sample_runs import COMPANIES, day1, day1_process

from cli.app import app

SURNAME = re.compile(r"\b(Zz|Qx)[a-z]+\b")
CALLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "status": ((), ("--format", "json")),
    "receive": ((),), "extract": ((),), "map": ((),), "match": ((),), "validate": ((),), "plan": ((),),
    "load": ((),),
    "reconcile": ((), ("--format", "json"), ("--format", "csv")),
    "report": ((),),
    "run": ((), ("--log-json",), ("--quiet",), ("--dry-run", "--format", "json"), ("--jobs", "2")),
    "findings": ((), *(("--format", form) for form in ("json", "csv", "github", "junit"))),
    "trace": (("C06", "C06_delius_OFFENDER.txt", "2"), ("--target", "OFFENDER", "1")),
    "case": (("2500000001",), ("2500000001", "--format", "json"), ("nobody",)),
    "profile": (("deliveries/day-1/C17",), ("deliveries/day-1/C06", "--format", "json")),
    "decisions export": ((),),
    "decisions import": (("reports/day-1/decisions-day-1.xlsx",), ("day1.toml",), ("nothing.xlsx",)),
    "rule": ((), ("P10",), ("M02", "--format", "json")),
    "runs": ((), ("--format", "json")),
    "log": ((),),
    "compare": (("1", "day-1"), ("1", "day-1", "--format", "json")),
    "forecast": ((), ("--format", "json")),
    "signoff": ((), ("--by", "A", "--role", "B", "--company", "C06")),
    "selftest": (("--kind", "unheard-of"),),
    "target check": ((),),
    "target create": ((),),
    "target baseline": (("deliveries/day-1/baseline",),),
    "target reset": ((),),
    "target export": (("exported",),),
    "undo": ((), ("--company", "C17")),
    "init": (("elsewhere",),),
    "demo": (("--help",),),
    "synth": (("--help",),),
    "pseudonymise": (("deliveries", "copied"),),  # without a key: what it copies test_pseudonymise looks at
}  # fmt: skip
"""Words of each command; in the order in which they may follow each other in one workspace."""

DATA = ("deliveries", "decisions", "work", "snapshots", "exported")
"""What the program works on and what it is told to export: people's data by its purpose."""


def commands(command: Any, name: str = "") -> Iterator[str]:
    """Every command of the program, groups with their subcommands."""
    if hasattr(command, "commands"):
        for word, each in command.commands.items():
            yield from commands(each, f"{name} {word}".strip())
    else:
        yield name


def test_every_command_is_tried() -> None:
    assert sorted(commands(typer.main.get_command(app))) == sorted(CALLS)


def test_what_is_called_an_organisations_is_in_the_specification() -> None:
    assert {*OF_AN_ORGANISATION, *LOGINS, *PLACES, *BY_VALUE} - {*columns()} == set()
    assert len(free_text()) > 25


class Marks:
    """What must not be seen: the mark, an invented name, a value of an identifier or a birth date."""

    def __init__(self, values: frozenset[str]) -> None:
        self.values = values

    def seen(self, text: str) -> list[str]:
        """The first marks in `text`."""
        words = {*re.findall(r"[\w/.-]+(?: \w{3}\b)?", text)} | {*re.findall(r"[\w/-]+", text)}
        found = [MARK] if MARK in text else []
        return [*found, *SURNAME.findall(text)[:1], *sorted(words & self.values)[:3]]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Marks]:
    """Marked deliveries, damaged, run once; temporary files go to tmp/ beside the workspace."""
    root = tmp_path_factory.mktemp("privacy")
    values = make_marked(root / "w/deliveries", COMPANIES, people=60)
    (root / "w/day1.toml").write_text("", encoding="utf-8")
    (root / "tmp").mkdir()
    result = day1_process(root / "w", "run", TMPDIR=str(root / "tmp"))
    assert result.returncode == 1, result.stderr[-2000:]
    marks = Marks(values)
    assert marks.seen(result.stdout + result.stderr) == []
    return root, marks


@pytest.mark.runs
def test_the_marks_are_in_what_was_delivered(marked: tuple[Path, Marks]) -> None:
    root, marks = marked
    text = next((root / "w/deliveries/day-1/C06").glob("*_OFFENDER.txt")).read_text("cp1252")
    assert MARK in marks.seen(text)
    assert len(marks.seen(text)) > 3
    shown = day1(root / "w", "findings", "--format", "csv", "--reveal").stdout
    assert marks.seen(shown)


@pytest.mark.runs
def test_no_command_shows_a_mark(marked: tuple[Path, Marks], tmp_path: Path) -> None:
    root, marks = marked
    workspace = Path(shutil.copytree(root / "w", tmp_path / "w"))
    wrong = {}
    for command, calls in CALLS.items():
        for words in calls:
            result = day1(workspace, *command.split(), *words)
            said = result.stdout + result.stderr
            if found := marks.seen(said):
                wrong[command, *words] = found
            assert "Traceback" not in said, (command, words)
    assert wrong == {}
    assert leaking_files(workspace, marks) == {}


@pytest.mark.runs
def test_no_file_that_a_run_leaves_shows_a_mark(marked: tuple[Path, Marks]) -> None:
    root, marks = marked
    assert leaking_files(root / "w", marks) == {}
    assert [path for path in (root / "tmp").rglob("*") if path.is_file()] == []


def leaking_files(workspace: Path, marks: Marks) -> dict[str, list[str]]:
    """Files outside DATA and the target with a mark in their text or name."""
    found = {}
    for path in sorted(workspace.rglob("*")):
        place = path.relative_to(workspace)
        is_data = place.parts[0] in DATA or place.name.startswith("target.db")
        if path.is_file() and not is_data and (seen := marks.seen(f"{place} {text_of(path)}")):
            found[str(place)] = seen
    return found


def text_of(path: Path) -> str:
    """Every text of a file."""
    if path.suffix == ".xlsx":
        book = load_workbook(path, read_only=True)
        rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
        return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    if path.suffix == ".parquet":
        return pl.read_parquet(path).write_csv()
    return path.read_text("utf-8", errors="replace")


def cut(folder: Path) -> None:
    path = next(folder.glob("*_OFFENDER.txt"))
    path.write_bytes(path.read_bytes()[:-40])


def another_header(folder: Path) -> None:
    path = next(folder.glob("*_OFFENDER.txt"))
    reseal(folder, path.name, b"\n".join(path.read_bytes().split(b"\n")[1:]))


def a_bad_byte(folder: Path) -> None:
    path = next(folder.glob("*_OFFENDER.txt"))
    reseal(folder, path.name, path.read_bytes().replace(b"Zz", b"Zz\x81", 1))


def a_workbook_of_nothing(folder: Path) -> None:
    path = next(folder.glob("*_staff.xlsx"))
    reseal(folder, path.name, b"Zzname Qzmark")


@pytest.mark.runs
@pytest.mark.parametrize("damage", [cut, another_header, a_bad_byte, a_workbook_of_nothing])
def test_a_refusal_shows_no_mark(damage: object, marked: tuple[Path, Marks], tmp_path: Path) -> None:
    root, marks = marked
    workspace = tmp_path / "w"
    shutil.copytree(root / "w/deliveries", workspace / "deliveries")
    damage(workspace / "deliveries/day-1/C06")  # type: ignore[operator]
    for words in (
        ("run", "--company", "C06"),
        ("status",),
        ("findings",),
        ("profile", "deliveries/day-1/C06"),
    ):
        result = day1(workspace, *words)
        assert marks.seen(result.stdout + result.stderr) == [], words
        assert "Traceback" not in result.stderr
    assert leaking_files(workspace, marks) == {}
    assert os.environ.get("DAY1_TARGET") is None
