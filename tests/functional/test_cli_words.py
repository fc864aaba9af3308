"""The installed `day1` in a process of its own: help, words, exit codes, messages."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.reference import reference

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "init", "demo", "status", "receive", "extract", "map", "match", "validate", "plan", "load",
    "reconcile", "report", "run", "findings", "trace", "case", "profile", "decisions", "compare", "forecast",
    "signoff", "runs", "log", "rule", "undo", "selftest", "target", "pseudonymise", "synth",
)  # fmt: skip


def day1(*words: str, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the command as an operator does."""
    command = [str(Path(sys.executable).with_name("day1")), *words]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, env={**os.environ, **environment}, check=False
    )


def test_help_lists_every_command() -> None:
    listed = re.findall(r"^  (\w+)  ", day1("--help").stdout.split("Commands:")[1], re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


def test_help_is_quick_because_it_imports_nothing_heavy() -> None:
    told = "import sys, cli.app; print([m for m in ('polars', 'sqlalchemy', 'openpyxl') if m in sys.modules])"
    loaded = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert loaded.stdout.strip() == "[]"


def test_the_command_reference_is_what_help_says() -> None:
    assert (ROOT / "docs" / "commands.md").read_text("utf-8") == reference(), "run: make docs"


def test_init_makes_a_workspace(tmp_path: Path) -> None:
    assert day1("init", str(tmp_path / "w")).returncode == 0
    made = {path.name for path in (tmp_path / "w").iterdir()}
    assert made >= {"day1.toml", "deliveries", "decisions", "work", "reports"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("unheard-of",), 2),
        (("run", "--format", "xml"), 2),
        (("undo",), 2),
        (("trace", "C17"), 2),
        (("run", "--company", "X99"), 2),
        (("run", "--workspace", "nowhere"), 3),
    ],
)
def test_a_wrong_call_is_one_message_and_its_code(words: tuple[str, ...], code: int, tmp_path: Path) -> None:
    result = day1(*words, folder=tmp_path)
    assert (result.returncode, result.stdout) == (code, "")
    assert result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("place", ["before", "after"])
def test_an_option_is_heard_on_both_sides_of_the_name(place: str, tmp_path: Path) -> None:
    option = ("--workspace", "far-away")
    result = day1(*((*option, "status") if place == "before" else ("status", *option)), folder=tmp_path)
    assert "far-away" in result.stderr


def test_the_workspace_comes_from_the_environment(tmp_path: Path) -> None:
    assert "far-away" in day1("status", folder=tmp_path, DAY1_WORKSPACE="far-away").stderr
