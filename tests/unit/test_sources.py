"""What a docstring or comment names exists: a source, as a page of docs/ or a line of docs/sources.md; a
module of ours, and what it says stands in it."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "cli", "extractors", "lists", "mappings", "matching", "pipeline", "reconcile", "reports", "samples",
    "target", "validators", "vocabulary",
)  # fmt: skip
CITED = re.compile(r"\b[a-z_]+(?:-[a-z-]+)?\.md\b|\bBR\d\d\b|dictionary rule \d+")
OURS = re.compile(rf"(?<![\w./])(?:{'|'.join(PACKAGES)})(?!\.md\b)(?:\.\w+)+")
"""A module of ours, or a name in it: `vocabulary.batch.Batch`. A sentence may end behind it."""

KNOWN = re.findall(r"^\| ([^|]+?) \|", (ROOT / "docs" / "sources.md").read_text("utf-8"), re.MULTILINE)
PAGES = {path.name for path in (ROOT / "docs").iterdir()}


@cache
def prose(path: Path) -> tuple[str, ...]:
    """Docstrings and comments of a file."""
    return tuple(_prose(path.read_text("utf-8")))


def _prose(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def cited(path: Path) -> set[str]:
    return {name for said in prose(path) for name in CITED.findall(said)}


def is_there(name: str) -> bool:
    return name in PAGES or name.removeprefix("dictionary rule ") in KNOWN


@pytest.mark.parametrize("package", PACKAGES)
def test_every_source_that_is_named_exists(package: str) -> None:
    dead = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / package).rglob("*.py")
        for name in cited(path)
        if not is_there(name)
    }
    assert dead == set()


def test_a_dead_citation_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text('"""Says so (nowhere.md, BR99)."""\n', "utf-8")
    assert {name for name in cited(tmp_path / "one.py") if not is_there(name)} == {"nowhere.md", "BR99"}


def resolves(name: str) -> bool:
    """Whether the longest beginning of `name` that is a folder or module has the rest in it."""
    place, rest = ROOT, name.split(".")
    while rest and (place / rest[0]).is_dir():
        place /= rest.pop(0)
    if not rest:
        return True
    module = place / f"{rest[0]}.py"
    if not module.exists():
        return (place / ".".join(rest)).exists()
    return words_of(module) >= {*rest[1:]}


@cache
def words_of(module: Path) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", module.read_text("utf-8")))


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_that_is_named_exists(package: str) -> None:
    dead = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / package).rglob("*.py")
        for said in prose(path)
        for name in OURS.findall(said)
        if not resolves(name)
    }
    assert dead == set()


@pytest.mark.parametrize("name", ["mappings.nowhere", "target.load.gone_away", "pipeline.stages.nowhere.run"])
def test_a_module_that_has_gone_would_be_found(name: str) -> None:
    assert not resolves(name)
