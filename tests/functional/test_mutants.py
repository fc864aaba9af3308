"""A dozen wrong changes to mappings and target, each of which a run must find; `make mutants` has all."""

from pathlib import Path

import pytest

from tests.mutants.judging import KILLED
from tests.mutants.listed import Mutant, mutants
from tests.mutants.runs import Bench
from tests.mutants.telling import line

pytestmark = pytest.mark.runs


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The prepared workspace that every mutant takes a copy of."""
    return Bench(Path(tmp_path_factory.mktemp("mutants")))


@pytest.mark.parametrize("mutant", [one for one in mutants() if one.is_quick], ids=lambda one: one.id)
def test_a_wrong_change_is_found_and_its_rows_are_named(bench: Bench, mutant: Mutant) -> None:
    outcome = bench.run(mutant)
    assert outcome.fate == KILLED, line(outcome)
