"""Clean sample deliveries, drawn once, and copies of them to damage."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from delivery_copies import Copy

from samples.make import make


@pytest.fixture(scope="session")
def clean_cycle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle folder with the companies C06, C17 and the baseline."""
    out = tmp_path_factory.mktemp("clean")
    make(out, companies=["C06", "C17"], people=8)
    return out / "day-1"


@pytest.fixture
def copy_of(clean_cycle: Path, tmp_path: Path) -> Callable[[str], Copy]:
    """Gives a copy of a company's clean delivery."""

    def copied(company: str) -> Copy:
        folder = Path(shutil.copytree(clean_cycle / company, tmp_path / company))
        return Copy(folder, company)

    return copied
