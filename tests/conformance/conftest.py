"""One sample cycle with every company and the baseline, each delivery read once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from extraction import Extracted

from extractors.receive import Receipt, receive
from samples.make import make


@pytest.fixture(scope="session")
def sample_cycle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cycle folder with small deliveries of all companies and the baseline."""
    out = tmp_path_factory.mktemp("sample")
    make(out, people=4)
    return out / "day-1"


@pytest.fixture(scope="session")
def extracted(
    sample_cycle: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Extracted]:
    """Gives the delivery of a company, the folder of its frames of an export, and the account."""
    out = tmp_path_factory.mktemp("frames")
    known: dict[str, Receipt] = {}

    def extract(company: str, export: str) -> Extracted:
        if company not in known:
            folder = sample_cycle / folder_of(company)
            known[company] = receive(folder, company, "day-1", out=out / company)
        received = known[company]
        assert received.delivery is not None
        assert received.texts is not None
        return received.delivery, out / company / export, received.texts

    return extract


def folder_of(company: str) -> str:
    """The baseline lies in a folder of that name."""
    return "baseline" if company == "N00" else company
