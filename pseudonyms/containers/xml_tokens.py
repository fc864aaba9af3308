"""XML taken apart in the order of the file, without a parser: what is not well formed stays so."""

import re
from collections.abc import Iterator
from typing import TextIO

from pseudonyms.spelling import Spelt

PIECE = 1024 * 1024
LONGEST = 10_000_000
"""Characters of one token at most, as of a text in the parser."""

ATTRIBUTE = re.compile(r"""(\s+)([\w:.-]+)(\s*=\s*)("[^"<]*"|'[^'<]*')""")
TAG = re.compile(r"""<(/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)(\s*/?)>""")
SPANS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">"))
"""How what is neither tag nor text begins and ends."""

TAG_, TEXT, SPAN = "tag", "text", "span"
UNIT = re.compile(r"&#x[0-9a-fA-F]{1,8};|&#\d{1,9};|&\w{1,10};|.", re.DOTALL)
NAMED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
NOT_TOLD = "\ue000"
"""Stands for a reference that nobody can look up: of no alphabet, so that it stays."""

Token = tuple[str, str]
"""TAG_, TEXT or SPAN, and how it is written."""


def tokens(stream: TextIO) -> Iterator[Token]:
    """The tokens of `stream`; put together they are all of it. A `<` that begins no tag is text.

    Raises:
        ValueError: one is longer than any may be.
    """
    held, is_end = "", False
    while held or not is_end:
        if len(held) < LONGEST and not is_end:
            piece = stream.read(PIECE)
            is_end = not piece
            held += piece
        place = 0
        while place < len(held) and (found := _next(held, place, is_end)):
            yield found
            place += len(found[1])
        if not place and (len(held) >= LONGEST):
            raise ValueError("a token is too long")
        held = held[place:]


def _next(held: str, place: int, is_end: bool) -> Token | None:
    """The token at `place`; None where more must be read to tell."""
    if held[place] != "<":
        end = held.find("<", place)
        if end < 0 and not is_end:
            return None
        return TEXT, held[place : end if end >= 0 else len(held)]
    for begin, finish in SPANS:
        if held.startswith(begin, place):
            end = held.find(_finish(held, place, finish), place + len(begin))
            if end < 0:
                return (TEXT, held[place:]) if is_end else None
            return SPAN, held[place : end + len(_finish(held, place, finish))]
    if not is_end and held.find(">", place) < 0:
        return None
    found = TAG.match(held, place)
    return (TAG_, found[0]) if found else (TEXT, "<")


def _finish(held: str, place: int, finish: str) -> str:
    """A document type with declarations of its own ends behind them."""
    first = held.find(">", place)
    return "]>" if finish == ">" and "[" in held[place : first if first >= 0 else None] else finish


def units(text: str) -> Iterator[Spelt]:
    """The characters of a text, and how each is written."""
    for written in UNIT.findall(text):
        if len(written) == 1:
            yield written, written
        elif written in NAMED:
            yield NAMED[written], written
        elif written.startswith("&#"):
            number = int(written[3:-1], 16) if written[2] == "x" else int(written[2:-1])
            yield chr(number) if number < 0x110000 else NOT_TOLD, written
        else:
            yield NOT_TOLD, written


def local(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]
