"""Every entity of every export has a key that its rows can be told apart by."""

import pytest

from mappings.parsing.duplicates import key_words
from vocabulary.companies import EXPORTS
from vocabulary.source import source_words


@pytest.mark.parametrize("export", EXPORTS)
def test_every_entity_has_a_key_of_its_own_words(export: str) -> None:
    for entity, words in source_words(export).items():
        assert set(key_words(export, entity)) <= {word.name for word in words}
