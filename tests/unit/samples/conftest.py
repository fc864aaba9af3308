"""One small set of clean deliveries and one of damaged ones, drawn once for all tests of the samples."""

from pathlib import Path

import pytest

from samples.defects.plan import CARRIED
from samples.make import make

COMPANIES = ("C01", "C06", "C10", "C11", "C17", "C21")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cycle folder of clean deliveries."""
    out = tmp_path_factory.mktemp("clean")
    make(out, companies=COMPANIES, people=24)
    return out / "day-1"


@pytest.fixture(scope="session")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the cycle of damaged deliveries and what to expect of them."""
    out = tmp_path_factory.mktemp("damaged")
    make(out, companies=("C06", "C17"), defects=CARRIED)
    return out
