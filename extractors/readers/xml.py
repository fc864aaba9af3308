"""XML read as a stream: no document type, no entity, no network, one message in memory at a time (F07)."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from lxml import etree

PIECE = 64 * 1024

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
"""How every parser of ours is made."""

# A comment would cut the text of its element in two.
PLAIN = {"remove_comments": True, "remove_pis": True}

ATTRIBUTE = re.compile(rb"""=\s*["']""")
"""What every attribute has. It is looked for in the bytes, so that elements need be asked only where there
is one."""

ONE_BYTE = re.compile(
    rb"""<\?xml[^>]{0,200}encoding\s*=\s*["'](?:iso-8859|windows-125|latin|cp125)""", re.IGNORECASE
)
"""A declaration of an encoding in which every byte is a character."""


class UnsafeXmlError(Exception):
    """The prologue declares a document type or an entity."""


REASONS = {
    etree.ErrorTypes.ERR_INVALID_ENCODING: "holds a byte that is not UTF-8",
    etree.ErrorTypes.ERR_INVALID_CHAR: "holds a character that XML does not allow",
}
"""What the parser says where the markup is right and a text is not."""

ILL_FORMED = "is not well formed"


class BrokenXmlError(Exception):
    """The file is not well formed to its end; `line` is where reading stopped, `reason` why."""

    def __init__(self, line: int, reason: str = ILL_FORMED) -> None:
        super().__init__(f"{reason}, at line {line}")
        self.line = line
        self.reason = reason


class _PrologueEnd(Exception):  # noqa: N818 - not an error: how an expat handler leaves
    """The first element has begun: no document type can follow."""


def check_prologue(path: Path) -> None:
    """Reads up to the first element.

    Raises:
        UnsafeXmlError: at the first declaration of a document type or entity, before anything is expanded.
        BrokenXmlError: what stands before the first element is not XML, or lies about the encoding.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = _leave
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except _PrologueEnd:
        if _says_one_byte_and_is_utf_8(path):
            raise BrokenXmlError(1, "declares an encoding of one byte and is in UTF-8") from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenXmlError(parser.CurrentLineNumber) from error


def _says_one_byte_and_is_utf_8(path: Path) -> bool:
    """The parser would believe it, and take each letter of two bytes for two letters."""
    with path.open("rb") as file:
        if not ONE_BYTE.search(file.read(PIECE)):
            return False
    content = path.read_bytes()
    try:
        return not content.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def has_attributes(path: Path) -> bool:
    """Whether an attribute may stand behind the start tag of the root."""
    with path.open("rb") as file:
        first = file.read(PIECE)
        root = re.search(rb"<[A-Za-z_][^>]*>", first)
        rest = first[root.end() :] if root else first
        while rest:
            if ATTRIBUTE.search(rest):
                return True
            rest = file.read(PIECE)
    return False


def elements(path: Path, tags: list[str], strays: set[str]) -> Iterator[etree._Element]:
    """Each finished element of one of `tags`, in order; it is emptied when the next is asked for.

    What stands beside them below the root is added to `strays`: the name of an element, or that there is
    text.

    Raises:
        BrokenXmlError: the file is not well formed to its end.
    """
    with path.open("rb") as file:
        context = etree.iterparse(file, events=("end",), tag=tags, **SAFE, **PLAIN)
        try:
            for _, element in context:
                yield element
                _forget(element, tags, strays)
            if context.root is not None:
                _note([context.root.text, *(child.tail for child in context.root)], strays)
                _note_names(context.root, tags, strays)
        except etree.XMLSyntaxError as error:
            raise BrokenXmlError(error.lineno or 0, reason_of(error)) from error


def reason_of(error: etree.XMLSyntaxError) -> str:
    """Why a text is not XML, in words."""
    return REASONS.get(getattr(error, "code", 0), ILL_FORMED)


STRAY_TEXT = "text between elements"


def is_blank(texts: list[str | None]) -> bool:
    """Nothing but blanks stands in any of `texts`."""
    together = "".join(filter(None, texts))
    return not together or together.isspace()


def _note(texts: list[str | None], strays: set[str]) -> None:
    if not is_blank(texts):
        strays.add(STRAY_TEXT)


def _note_names(root: etree._Element, tags: list[str], strays: set[str]) -> None:
    strays.update(etree.QName(child).localname for child in root if child.tag not in tags)


def _forget(element: etree._Element, tags: list[str], strays: set[str]) -> None:
    element.clear(keep_tail=True)  # type: ignore[call-arg]
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        gone = parent[0]
        if gone.tag not in tags:
            strays.add(etree.QName(gone).localname)
        if gone.tail and not gone.tail.isspace():
            strays.add(STRAY_TEXT)
        del parent[0]


def _refuse(*_: object) -> None:
    raise UnsafeXmlError("a document type or an entity is declared")


def _leave(*_: object) -> None:
    raise _PrologueEnd
