"""What the messages of one structure have in common: most are built alike, so their paths are read once.

The tags of a message in the order of the document, each with the number of its children, say how it is
built. Where a word's text stands among them is then the same for all messages of that structure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from extractors.layout import Part
from extractors.spg.envelope import NAMESPACE

NAMESPACE_LENGTH = len(NAMESPACE) + 2
"""Characters of `{namespace}` before the name of an element."""

MESSAGE_HEADER, MESSAGE_TRAILER = "SPGMessageHeader", "SPGMessageTrailer"
NUMBER = "MessageReferenceNumber"

MOST_SHAPES = 2_000
"""Structures remembered at a time: a file in which no two messages are alike does not fill the memory."""

Structure = tuple[tuple[str, ...], tuple[int, ...]]
"""Tag and number of children of every element of a message, in the order of the document."""


@dataclass(frozen=True)
class Shape:
    """Where things are among the elements of a message: a place counts from 0, the message itself.

    `record`: what its one agreed record is called, None where it has none. `places`: each word and where its
    text is. `inner`: where elements are that hold others, and so no text. `number`, `trailer_number`: where
    those are, None where they are missing. `unknown`: paths that nobody agreed to, or that come twice.
    """

    record: str | None
    places: tuple[tuple[str, int], ...]
    inner: tuple[int, ...]
    number: int | None
    trailer_number: int | None
    unknown: frozenset[str]


def shape_of(
    elements: Sequence[etree._Element], parts: dict[str, Part], known: dict[Structure, Shape]
) -> Shape:
    """The shape of the message with these `elements`, from `known` where it was met before.

    `parts`: by what the company calls them.
    """
    structure = (tuple([element.tag for element in elements]), tuple(map(len, elements)))
    if structure not in known:
        if len(known) >= MOST_SHAPES:
            known.clear()
        known[structure] = _find_shape(elements, parts)
    return known[structure]


def child_name(child: etree._Element) -> str:
    """The name within our namespace; one of another namespace keeps a rest of it, and so is unknown."""
    return str(child.tag[NAMESPACE_LENGTH:])


def _find_shape(elements: Sequence[etree._Element], parts: dict[str, Part]) -> Shape:
    places = {element: place for place, element in enumerate(elements)}
    children = {child_name(child): child for child in elements[0]}
    number, trailer_number = (
        _number(children.get(name), places) for name in (MESSAGE_HEADER, MESSAGE_TRAILER)
    )
    records = [name for name in children if name not in (MESSAGE_HEADER, MESSAGE_TRAILER)]
    if len(records) != 1 or records[0] not in parts:
        unknown = frozenset(records or ["a message without a record"])
        return Shape(None, (), (), number, trailer_number, unknown)
    part, words, unknown_paths = parts[records[0]], dict[str, int](), set[str]()
    for branch in (children.get(MESSAGE_HEADER), children[records[0]]):
        for path, leaf in _leaves(branch, child_name(branch)) if branch is not None else ():
            word = part.headers.get(path)
            if word is None or word in words:
                unknown_paths.add(path)
            else:
                words[word] = places[leaf]
    inner = tuple(place for place, element in enumerate(elements) if len(element))
    return Shape(records[0], tuple(words.items()), inner, number, trailer_number, frozenset(unknown_paths))


def _number(branch: etree._Element | None, places: dict[etree._Element, int]) -> int | None:
    found = None if branch is None else {child_name(child): child for child in branch}.get(NUMBER)
    return None if found is None else places[found]


def _leaves(element: etree._Element, above: str) -> Iterator[tuple[str, etree._Element]]:
    for child in element:
        path = f"{above}/{child_name(child)}"
        if len(child):
            yield from _leaves(child, path)
        else:
            yield path, child
