"""What a document lists is what there is: files of the proofs, verdicts, words of the glossary."""

import re
from pathlib import Path

import pytest

from reports.share import VERDICTS

ROOT = Path(__file__).parents[2]
PROOFS = ROOT / "reconcile"
MODULES = sorted(
    path.stem
    for path in PROOFS.rglob("*.py")
    if path.stem != "__init__" and path.relative_to(PROOFS).parts[0] != "selftest"
)


def text_of(name: str) -> str:
    """The document."""
    return (ROOT / "docs" / name).read_text("utf-8")


def entries(name: str) -> dict[str, str]:
    """First cell of each row of the document's tables to the rest of the row."""
    rows = [line.strip("| ").split(" | ", 1) for line in text_of(name).splitlines() if line.startswith("| ")]
    assert len({first for first, _ in rows}) == len(rows), "a word stands twice"
    return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("module", MODULES)
def test_the_architecture_names_every_file_of_the_proofs(module: str) -> None:
    proof = text_of("architecture.md").split("## Proof", 1)[1].split("\n## ", 1)[0]
    assert f"`{module}`" in proof


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_glossary_knows_every_verdict(verdict: str) -> None:
    assert re.search(rf"\b{verdict}\b", entries("glossary.md")["verdict"])
