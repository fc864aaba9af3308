"""An interchange that is not well formed as a whole: its messages are cut out of the bytes and read one by
one.

What stands around them must be right, so that it is known how many there are; a message that is not XML is
then set aside with its number, and the others are read.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from extractors.readers.xml import PLAIN, REASONS, SAFE, BrokenXmlError, is_blank, reason_of

START = re.compile(rb"<(?:[\w.-]+:)?SPGMessage(?=[\s>/])")
END = re.compile(rb"</(?:[\w.-]+:)?SPGMessage\s*>")
ROOT = re.compile(rb"<(?:[\w.-]+:)?SPGInterchange\b[^>]*>")
NAME = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)[\s>/]")
NUMBER = re.compile(rb"<(?:[\w.-]+:)?MessageReferenceNumber\s*>\s*(\d{1,18})\s*<")
REFERENCE = re.compile(r"&#(?:x[0-9a-fA-F]{0,8}|\d{0,9});")
NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

LONGEST = 10_000_000
"""Bytes of one message at most, as of a text in the parser."""


@dataclass(frozen=True)
class Cut:
    """One message: its element, of one with wrong characters as it reads without them, None where it is no
    XML.

    `record` is the name of its record and `number` its MessageReferenceNumber as they stand in the bytes.
    """

    element: etree._Element | None
    is_readable: bool
    record: str | None
    number: str | None


@dataclass(frozen=True)
class Cuts:
    """What surrounds the messages, and where each of them is in the file."""

    path: Path
    around: etree._Element
    places: tuple[tuple[int, int], ...]
    root: bytes

    def messages(self, records: frozenset[str], first: int) -> Iterator[Cut]:
        """The messages from number `first` on, counted from 0. `records`: the names of known records."""
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for start, end in self.places[first:]:
                yield _cut(content[start:end], self.root, records)


def cut_out(path: Path) -> Cuts | None:
    """The messages of `path`; None where what surrounds them is not right, or they cannot be told apart."""
    if not path.stat().st_size:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = ROOT.search(content)
        root = found[0].rstrip(b"/>") + b">" if found else None
        places = tuple(_places(content))
        if root is None or not places or any(end - start > LONGEST for start, end in places):
            return None
        ends = [0, *(end for _, end in places)]
        starts = [*(start for start, _ in places), len(content)]
        rest = b"".join(content[end:start] for end, start in zip(ends, starts, strict=True))
    try:
        around = etree.fromstring(rest, etree.XMLParser(**SAFE, **PLAIN))  # type: ignore[arg-type]
    except etree.XMLSyntaxError as error:
        raise BrokenXmlError(error.lineno or 0, f"{reason_of(error)} around the messages") from error
    texts = [around.text, *(child.tail for child in around)]
    return Cuts(path, around, places, root) if is_blank(texts) else None


def _places(content: mmap.mmap) -> Iterator[tuple[int, int]]:
    """From each start tag to the first end tag, or to the next start where an end tag is lost."""
    found, end = START.search(content), END.search(content)
    while found:
        following = START.search(content, found.end())
        if end is not None and end.start() < found.end():
            end = END.search(content, found.end())
        if end is None:
            stop = following.start() if following else found.end()
        else:
            stop = min(end.end(), following.start()) if following else end.end()
        yield found.start(), stop
        found = following


def _cut(message: bytes, root: bytes, records: frozenset[str]) -> Cut:
    names = (name.decode() for name in NAME.findall(message))
    record = next((name for name in names if name in records), None)
    number = NUMBER.search(message)
    stated = number[1].decode() if number else None
    try:
        return Cut(_parsed(message, root), True, record, stated)
    except etree.XMLSyntaxError as error:
        if reason_of(error) not in REASONS.values():
            return Cut(None, False, record, stated)
    try:
        return Cut(_parsed(_without_wrong(message), root), False, record, stated)
    except etree.XMLSyntaxError:
        return Cut(None, False, record, stated)


def _without_wrong(message: bytes) -> bytes:
    """The message with a mark in the place of each byte and character that XML does not allow."""
    text = NO_CHARACTER.sub("\ufffd", message.decode("utf-8", "replace"))
    return REFERENCE.sub(_checked, text).encode()


def _checked(found: re.Match[str]) -> str:
    digits = found[0][2:-1]
    number = int(digits[1:] or "0", 16) if digits.startswith("x") else int(digits or "0")
    is_right = number <= 0x10FFFF and not NO_CHARACTER.match(chr(number))
    return found[0] if is_right else "\ufffd"


def _parsed(message: bytes, root: bytes) -> etree._Element:
    name = re.match(rb"<([\w.:-]+)", root)
    assert name is not None
    parser = etree.XMLParser(**SAFE, **PLAIN)  # type: ignore[arg-type]
    return etree.fromstring(b"".join([root, message, b"</", name[1], b">"]), parser)[0]
