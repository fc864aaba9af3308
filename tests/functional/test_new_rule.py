"""A rule more: docs/add-a-rule.md followed to the letter on a copy, and each step forgotten once."""

import subprocess
import sys
from pathlib import Path

import pytest
from guides import Step, copy_with, run, steps_of

pytestmark = pytest.mark.long

GUIDE = steps_of("add-a-rule.md")
CANARIES = "tests/functional/test_canaries.py"
CHECKS = (
    "tests/unit/test_rules_in_code.py",
    "tests/spec/test_rules_all_drawn.py",
    "tests/spec/test_rules_contacts.py",
)


def checked(root: Path, *checks: str) -> subprocess.CompletedProcess[str]:
    """What the checks of the copy say of the rule."""
    there = [path for path in checks if (root / path).is_file()]
    rules = ("-k", "R99 or rar_day", "-p", "no:cacheprovider", "--continue-on-collection-errors")
    return run(root, sys.executable, "-m", "pytest", "-rf", *rules, *there)


def test_two_files_and_two_of_tests_are_all(tmp_path: Path) -> None:
    result = checked(copy_with(tmp_path / "ours", GUIDE, ("tests",)), *CHECKS, CANARIES)
    assert result.returncode == 0, result.stdout[-2000:]
    assert "passed" in result.stdout


@pytest.mark.parametrize("step", GUIDE, ids=lambda step: step.path)
def test_a_forgotten_step_is_named(step: Step, tmp_path: Path) -> None:
    done = [other for other in GUIDE if other != step]
    checks = [CANARIES] if step.path == GUIDE[-1].path else CHECKS
    result = checked(copy_with(tmp_path / "ours", done, ("tests",)), *checks)
    assert result.returncode != 0
    assert step.forgotten in result.stdout + result.stderr
