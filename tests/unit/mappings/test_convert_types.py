"""Every type of the specification has a reader, and nothing else has."""

import polars as pl
import pytest

from mappings.parsing.typed import typed
from vocabulary.companies import EXPORTS
from vocabulary.dialects import dialect
from vocabulary.errors import ConfigError
from vocabulary.source import Word, source_words


@pytest.mark.parametrize("export", EXPORTS)
def test_every_plain_word_can_be_read(export: str) -> None:
    for words in source_words(export).values():
        for word in words:
            if not word.code_list:
                assert isinstance(typed(word, dialect(export, "C17")), pl.Expr)


def test_an_unknown_type_is_our_mistake() -> None:
    word = Word("upw", "Projects", "upw_project", "colour", "rainbow", False, "")
    with pytest.raises(ConfigError, match=r"'rainbow' of upw upw_project\.colour"):
        typed(word, dialect("upw", "C17"))
