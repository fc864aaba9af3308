"""What a fresh machine installs: pinned, hashed, from no named registry, each dependency explained."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip())
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")


def test_what_runs_is_tested_at_the_same_version() -> None:
    pinned, tested = (
        set(re.findall(r"^(\S+==\S+)", (ROOT / lock).read_text("utf-8"), re.M)) for lock in LOCKS
    )
    assert pinned <= tested


def direct_dependencies() -> list[str]:
    """Names of the packages that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [re.split(r"[\[<>=]", name)[0] for name in asked]


@pytest.mark.parametrize("package", direct_dependencies())
def test_each_dependency_has_its_line(package: str) -> None:
    lines = (ROOT / "docs" / "dependencies.md").read_text("utf-8").splitlines()
    assert any(package in line.split("|")[1] for line in lines if line.startswith("| "))
