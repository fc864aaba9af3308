"""What the CSV files say of an export that is read, they say of all of it, and in words that exist."""

import pytest

from extractors.layout import parts
from extractors.registry import extractor
from extractors.totals import total_rules
from vocabulary.companies import EXPORTS, companies
from vocabulary.dialects import dialect
from vocabulary.keys import key_words
from vocabulary.links import links
from vocabulary.source import source_words

every_export = pytest.mark.parametrize("export", EXPORTS)


def words_of(export: str) -> dict[str, set[str]]:
    """Entity to its words."""
    return {entity: {word.name for word in words} for entity, words in source_words(export).items()}


@every_export
def test_every_entity_has_a_key_of_its_own_words(export: str) -> None:
    for entity, words in words_of(export).items():
        assert set(key_words(export, entity)) <= words


@every_export
def test_links_name_words_that_are_there(export: str) -> None:
    words = words_of(export)
    for entity, found in links(export).items():
        for link in found:
            assert link.word in words[entity]
            assert link.parent_word in words[link.parent]


@every_export
def test_totals_add_up_words_that_are_there(export: str) -> None:
    (owner, *_) = [company.code for company in companies().values() if export in company.exports]
    entities = {part.name: part.entity for part in parts(export, owner)}
    for rule in total_rules(export):
        needed = {*rule.words, *([rule.where] if rule.where else [])}
        assert needed <= words_of(export)[entities[rule.part]]


@every_export
def test_every_company_delivers_every_part_under_words_of_its_own(export: str) -> None:
    for company in companies().values():
        if export in company.exports:
            assert {part.entity for part in parts(export, company.code)} == set(source_words(export))


@every_export
def test_there_is_a_reader_for_every_container(export: str) -> None:
    delivered = [company.code for company in companies().values() if export in company.exports]
    containers = {dialect(export, code).container for code in delivered}
    assert containers <= set(extractor(export).readers)
