"""One letter for another of its kind: of the same case and alphabet, accented where the other can be."""

import unicodedata
from functools import cache

MARKED, PLAIN = "ACEINOSUYZ", "BDFGHJKLMPQRTVWX"
"""Letters that bear a mark in CP1252 (é, ñ, š), and those that bear none: a letter stays among its own, so
that an accented name is still one."""

BLOCK = 64
"""Code points of other alphabets among which a letter stays."""


def kind_of(letter: str) -> str:
    """The capitals among which the plain capital `letter` stays; blank for another alphabet."""
    if len(letter) != 1:
        return ""
    return MARKED if letter in MARKED else PLAIN if letter in PLAIN else ""


@cache
def plain(character: str) -> tuple[str, str]:
    """The capitals that `character` stands for in a comparison (matching.names), and its marks."""
    parts = unicodedata.normalize("NFKD", character)
    letters = "".join(part for part in parts if part.isalpha())
    return letters.upper(), "".join(part for part in parts if unicodedata.combining(part))


@cache
def dressed(letter: str, like: str) -> str:
    """The capital `letter` in the case and with the marks of `like`, as far as one character can bear them in
    the encodings that can write `like`."""
    letter = letter.lower() if like.islower() else letter
    marks = plain(like)[1]
    if not marks:
        return letter
    fitting = [unicodedata.normalize("NFC", letter + marks), *_accented(letter)]
    one = (each for each in fitting if len(each) == 1 and (not in_cp1252(like) or in_cp1252(each)))
    return next(one, letter)


@cache
def _accented(letter: str) -> tuple[str, ...]:
    """Every accented form of `letter` that CP1252 has."""
    codes = (bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0x100))
    return tuple(each for each in codes if each and unicodedata.normalize("NFD", each)[0] == letter != each)


@cache
def in_cp1252(character: str) -> bool:
    """Can CP1252 write it?"""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@cache
def others(character: str) -> str:
    """Letters of another alphabet among which `character` stays: near it, and of its kind."""
    first = ord(character) // BLOCK * BLOCK
    near = (chr(code) for code in range(first, first + BLOCK))
    return "".join(each for each in near if _kind(each) == _kind(character))


def _kind(character: str) -> tuple[str, bool, int, bool]:
    """Its category, whether CP1252 has it, its length in UTF-8, and whether it has no parts."""
    length = len(character.encode("utf-8", "replace"))
    is_whole = unicodedata.normalize("NFKD", character) == character
    return unicodedata.category(character), in_cp1252(character), length, is_whole
