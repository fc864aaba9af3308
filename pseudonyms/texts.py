"""Free text: other letters and digits of the same kinds, and every mark, blank and control character as it
stands."""

import re
from collections.abc import Iterator

from pseudonyms.kept import DOUBLE, is_placeholder
from pseudonyms.key import Secret
from pseudonyms.letters import dressed, kind_of, others, plain

RUNS = re.compile(r"[a-z]+|[A-Z]+|[0-9]+|[^\x00-\x7f]+")
FIRSTS = {"a": 26, "A": 26, "0": 10}

LONGEST_PLAIN = 20
"""Characters of the longest value of a column that holds no words: a code, a number, a date with its time."""

WORDS = re.compile(r"[^\W\d_]{4}")


def text(secret: Secret, value: str) -> str:
    """Another text of the same length; the same text gives the same, whatever blanks are around it.

    No letter or digit stays in its place. What is drawn tells nothing of what it was drawn for: unlike a
    name, a text cannot be counted out.
    """
    if is_placeholder(value):
        return value
    said, use = _drawn(secret, "text", value), "text"
    while is_placeholder(said):
        use += "+"
        said = _drawn(secret, use, value)
    return said


def file_name(secret: Secret, value: str) -> str:
    """Another name of a file with the same ending."""
    stem, dot, ending = value.rpartition(".")
    return text(secret, stem) + dot + ending if stem and ending.strip().isalnum() else text(secret, value)


def keep(secret: Secret, value: str) -> str:
    """The value itself; of a column that holds no words, words are replaced all the same."""
    if len(value) <= LONGEST_PLAIN or not WORDS.search(value):
        return value
    return text(secret, value)


def _drawn(secret: Secret, use: str, value: str) -> str:
    drawn = iter(secret.stream(use, value.strip(), len(value)))

    def other(found: re.Match[str]) -> str:
        run = found[0]
        if run[0] > "\x7f":
            return _foreign(run, drawn)
        first = "a" if run[0] >= "a" else "A" if run[0] >= "A" else "0"
        start, size = ord(first), FIRSTS[first]
        return "".join(
            chr(start + (ord(one) - start + 1 + byte % (size - 1)) % size)
            for one, byte in zip(run, drawn, strict=False)
        )

    return RUNS.sub(other, value)


def _foreign(run: str, drawn: Iterator[int]) -> str:
    """Letters beyond ASCII for others; signs of a double encoding stay (T03)."""
    doubled = {place for found in DOUBLE.finditer(run) for place in range(*found.span())}
    return "".join(
        one if place in doubled or not one.isalpha() else _other(one, next(drawn))
        for place, one in enumerate(run)
    )


def _other(character: str, byte: int) -> str:
    letters = plain(character)[0]
    kind = kind_of(letters)
    choice, own = (kind, letters) if kind else (others(character), character)
    other = choice[(choice.index(own) + 1 + byte % max(len(choice) - 1, 1)) % len(choice)]
    return dressed(other, character) if kind else other
