"""Logins: the words in them as names, the numbers in them as numbers; small and large letters are one."""

import re

from pseudonyms.kept import is_placeholder
from pseudonyms.key import Secret
from pseudonyms.names import name
from pseudonyms.permutations import rotated

NUMBERS = re.compile(r"\d+", re.ASCII)


def login(secret: Secret, value: str) -> str:
    """The pseudonym of a login; whoever bears his name in it bears the pseudonym of his name."""
    if is_placeholder(value):
        return value
    words = re.sub(r"[^\W\d_]+", lambda found: name(secret, found[0]), value)
    use = re.sub(r"[^a-z]", "", value.lower())

    def other(found: re.Match[str]) -> str:
        size = 10 ** len(found[0])
        return f"{rotated(secret, f'login/{use}', int(found[0]), size):0{len(found[0])}}"

    digits = [other(found) for found in NUMBERS.finditer(value)]
    return NUMBERS.sub(lambda _: digits.pop(0), words)
