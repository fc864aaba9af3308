"""XML read as a stream: no document type, no entity, no network, one message in memory at a time (F07)."""

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from lxml import etree

PIECE = 64 * 1024


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
        BrokenXmlError: what stands before the first element is not XML.
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
        return
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenXmlError(parser.CurrentLineNumber) from error


def elements(path: Path, tags: list[str]) -> Iterator[etree._Element]:
    """Each finished element of one of `tags`, in order; it is emptied when the next is asked for.

    Raises:
        BrokenXmlError: the file is not well formed to its end.
    """
    with path.open("rb") as file:
        context = etree.iterparse(
            file,
            events=("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            # A comment would cut the text of its element in two.
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _, element in context:
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise BrokenXmlError(
                error.lineno or 0, REASONS.get(getattr(error, "code", 0), ILL_FORMED)
            ) from error


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse(*_: object) -> None:
    raise UnsafeXmlError("a document type or an entity is declared")


def _leave(*_: object) -> None:
    raise _PrologueEnd
