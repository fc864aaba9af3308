"""The list of mutants fits the code as it is: a line that has come loose is found before anything runs."""

from collections import Counter
from pathlib import Path

import pytest

from target.schema.record import filled_tables
from tests.mutants.listed import STAGES, Mutant, mutants
from vocabulary.companies import EXPORTS, companies

ROOT = Path(__file__).parents[2]
LISTED = mutants()
LEAST = 90
DERIVED = ("CASELOAD", "ORGANISATION_OFFENDER")
OWN = ("DAY1_BEFORE_IMAGE", "DAY1_CROSSWALK", "DAY1_LEDGER")


@pytest.mark.parametrize("mutant", LISTED, ids=lambda mutant: mutant.id)
def test_the_old_text_is_in_the_file(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text("utf-8")
    assert mutant.changed(text) != text


def test_words_are_known() -> None:
    places = {mutant.file.split("/")[0] for mutant in LISTED}
    assert places == {"mappings", "target"}
    assert {mutant.stage for mutant in LISTED} <= {*STAGES}
    assert {mutant.company for mutant in LISTED} <= {*companies()}
    assert {mutant.export for mutant in LISTED} <= {*EXPORTS}
    assert {name for mutant in LISTED for name in mutant.tables} <= {*filled_tables(), *DERIVED, *OWN}


def test_every_mutant_has_an_id_and_a_place_of_its_own() -> None:
    assert [name for name, times in Counter(mutant.id for mutant in LISTED).items() if times > 1] == []
    changes = Counter((one.file, one.occurrence, one.old, one.new, one.company) for one in LISTED)
    assert [change[0] for change, times in changes.items() if times > 1] == []
    assert [mutant.id for mutant in LISTED if not mutant.tables] == []


def test_there_are_enough() -> None:
    assert len(LISTED) >= LEAST
    assert sum(mutant.is_quick for mutant in LISTED) == 12
