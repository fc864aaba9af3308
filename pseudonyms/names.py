"""Names: letter by letter, each in an order of the alphabet that the letters before it draw.

So two names that are one when compared (capitals, accents, hyphens: matching.names) are one afterwards, one
that begins the other begins it still, and no two become one (a prefix-preserving map, as Crypto-PAn of IP
addresses). Frequencies stay, which is why a copy is still personal data (docs/pseudonyms.md).
"""

import re

from matching.linkage.settings import settings
from pseudonyms.kept import DOUBLE, no_names
from pseudonyms.key import Secret
from pseudonyms.letters import dressed, kind_of, others, plain
from pseudonyms.permutations import moved

USE, DIGITS = "name", "0123456789"


def name(secret: Secret, value: str) -> str:
    """The pseudonym of a name; what stands where a name is missing stays, as does a title before it."""
    if value.strip().upper() in no_names():
        return value
    title = _title().match(value)
    begin = title.end() if title else 0
    said = value[:begin] + _mapped(secret, value[begin:])
    # A name is not to become the word for none: it is mapped on, as often as that happens.
    while said.strip().upper() in no_names():
        said = value[:begin] + _mapped(secret, said[begin:])
    return said


def _title() -> re.Pattern[str]:
    return re.compile(rf"(?i)^\s*(?:{'|'.join(settings().names['titles'])})\.?\s+")


def _mapped(secret: Secret, value: str) -> str:
    doubled = {place for found in DOUBLE.finditer(value) for place in range(*found.span())}
    before, out = "", []
    for place, character in enumerate(value):
        letters = plain(character)[0] if character.isalpha() else ""
        if character in DIGITS:
            out.append(moved(secret, f"{USE}/{before}", DIGITS)[int(character)])
        elif not letters or place in doubled:
            out.append(character)
        else:
            out.append(_letter(secret, character, letters, before))
        before += letters
    return "".join(out)


def _letter(secret: Secret, character: str, letters: str, before: str) -> str:
    use = f"{USE}/{before}"
    if kind := kind_of(letters):
        return dressed(moved(secret, use, kind)[kind.index(letters)], character)
    # Of another alphabet: the capital is mapped, where there is one, so that its small letter follows it.
    capital = character.upper() if len(character.upper()) == 1 else character
    choice = others(capital)
    other = moved(secret, use, choice)[choice.index(capital)]
    small = other.lower()
    return small if character != capital and len(small) == 1 else other
