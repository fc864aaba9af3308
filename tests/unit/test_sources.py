"""A source that a docstring or comment names exists: as a page of docs/, or as a line of docs/sources.md."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "cli", "extractors", "lists", "mappings", "matching", "pipeline", "reconcile", "reports", "samples",
    "target", "validators", "vocabulary",
)  # fmt: skip
CITED = re.compile(r"\b[a-z_]+(?:-[a-z-]+)?\.md\b|\bBR\d\d\b|dictionary rule \d+")
KNOWN = re.findall(r"^\| ([^|]+?) \|", (ROOT / "docs" / "sources.md").read_text("utf-8"), re.MULTILINE)
PAGES = {path.name for path in (ROOT / "docs").iterdir()}


def prose(path: Path) -> Iterator[str]:
    """Docstrings and comments of a file."""
    text = path.read_text("utf-8")
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
