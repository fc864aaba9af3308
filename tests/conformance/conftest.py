"""One sample cycle with every company and the baseline, each export extracted once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from extraction import Extracted

from extractors.delivery import read_delivery
from extractors.registry import extractor
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
    known: dict[tuple[str, str], Extracted] = {}

    def extract(company: str, export: str) -> Extracted:
        if (company, export) not in known:
            delivery, _ = read_delivery(sample_cycle / folder_of(company), company, "day-1")
            assert delivery is not None
            to = out / company / export
            known[company, export] = (delivery, to, extractor(export).extract(delivery, to))
        return known[company, export]

    return extract


def folder_of(company: str) -> str:
    """The baseline lies in a folder of that name."""
    return "baseline" if company == "N00" else company
