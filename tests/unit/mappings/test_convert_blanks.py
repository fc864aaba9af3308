"""Where a placeholder is a blank, and where it is a word."""

import pytest

from mappings.parsing.blanks import takes_placeholders
from vocabulary.source import source_words


@pytest.mark.parametrize(
    ("export", "entity", "word", "expected"),
    [
        ("delius", "offender", "surname", False),
        ("delius", "offender", "first_name", False),
        ("delius", "offender", "tier", False),
        ("delius", "contact", "notes", False),
        ("delius", "team", "name", False),
        ("spg", "upw_session", "project_name", False),
        ("upw", "upw_session", "note", False),
        ("upw", "upw_session", "offered", True),
        ("upw", "upw_session", "date", True),
        ("upw", "upw_project", "beneficiary", True),
        ("delius", "offender", "noms_number", True),
    ],
)
def test_names_notes_and_codes_take_no_placeholder(
    export: str, entity: str, word: str, expected: bool
) -> None:
    words = {each.name: each for each in source_words(export)[entity]}
    assert takes_placeholders(words[word]) is expected
