"""What stays as it stands because it is nobody's: placeholders, error values, signs of a double encoding."""

import re
from functools import cache

from matching.linkage.settings import settings
from vocabulary.resources import text_table
from vocabulary.source import error_values

DOUBLE = re.compile(r"[ÃÂ][^\x00-\x7F]|â€[^\x00-\x7F]?")
"""Letters that were encoded twice (T03): taken apart, nobody could tell them any more."""


@cache
def placeholders() -> frozenset[str]:
    """Words that stand for blank, and what a cell shows that failed; in capitals."""
    return frozenset(text_table("mappings", "codes", "placeholder.csv")["source_code"]) | error_values()


@cache
def no_names() -> frozenset[str]:
    """What stands where a name is missing, in capitals: matching leaves it out."""
    return frozenset(settings().names["none"]) | frozenset(settings().names["titles"]) | error_values()


@cache
def no_postcodes() -> frozenset[str]:
    """Postcodes of nowhere, in capitals and without blanks."""
    return frozenset(settings().postcodes["none"])


@cache
def authorities() -> frozenset[str]:
    """Local authorities by which a region is found, in capitals."""
    places = text_table("mappings", "routing", "local_authorities.csv")["local_authority"]
    areas = text_table("mappings", "framework", "areas.csv")["local_authority"]
    return frozenset(name.upper() for name in [*places.drop_nulls(), *areas.drop_nulls()])


def is_placeholder(text: str) -> bool:
    """`text` is blank, a placeholder or an error value."""
    plain = text.strip().upper()
    return not plain or plain in placeholders()
