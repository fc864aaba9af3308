"""XML interchanges (spg.md): message by message; one that is not well formed, or cut off, stays so."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.readers.source import CHANGE, Source
from extractors.spg.shapes import MESSAGE_HEADER, MESSAGE_TRAILER
from pseudonyms.columns import KEEP, TEXT, Treatments
from pseudonyms.containers.delimited import LOSSLESS
from pseudonyms.containers.header import headers
from pseudonyms.containers.xml_tokens import ATTRIBUTE, SPAN, TAG, TAG_, Token, local, tokens, units
from pseudonyms.spelling import respelt
from pseudonyms.texts import LONGEST_PLAIN
from vocabulary.errors import DeliveryError

ROOT, MESSAGE = "SPGInterchange", "SPGMessage"
ENVELOPE = ("SPGInterchangeHeader", "SPGInterchangeTrailer", MESSAGE_TRAILER, MESSAGE_HEADER)
"""Elements whose content is about the file or the message, and about nobody."""

PLAIN_ATTRIBUTES = ("SchemaVersion", "SchemaDate", CHANGE)
REMARK, CDATA, DECLARATION = "<!--", "<![CDATA[", "<?xml "
SHORT = 3


@dataclass
class _Copy:
    """The file and what is known of its elements. `words`: path below the message to its treatment."""

    source: Source
    treatments: Treatments
    words: dict[str, str]
    messages: int = 0

    def message(self, held: list[Token]) -> Iterator[str]:
        """The tokens of one message, or of what stands around messages."""
        self.messages += bool(held) and _is_message(held[0])
        is_whole, path = _is_balanced(held), list[str]()
        for kind, written in held:
            if kind == TAG_:
                yield self._tag(written, path, is_whole)
            elif kind == SPAN:
                yield self._span(written, path, is_whole)
            else:
                yield self._text(written, path, is_whole)

    def _tag(self, written: str, path: list[str], is_whole: bool) -> str:
        found = TAG.fullmatch(written)
        assert found is not None
        name = local(found[2])
        if found[1]:
            if name in path:
                del path[len(path) - 1 - path[::-1].index(name) :]
        elif not found[4].strip():
            path.append(name)
        return ATTRIBUTE.sub(lambda one: self._attribute(one, name, is_whole), written)

    def _attribute(self, found: "re.Match[str]", element: str, is_whole: bool) -> str:
        name, value = found[2], found[4]
        if name in PLAIN_ATTRIBUTES or name.startswith("xmlns"):
            return found[0]
        if is_whole and not name.startswith("xsi:"):
            raise DeliveryError(self._unagreed(f"attribute {name} of {element}"))
        return found[1] + name + found[3] + value[0] + self._said(value[1:-1], TEXT) + value[-1]

    def _span(self, written: str, path: list[str], is_whole: bool) -> str:
        if written.startswith(CDATA):
            return CDATA + self._text(written[len(CDATA) : -SHORT], path, is_whole) + written[-SHORT:]
        if written.startswith(DECLARATION):
            return written
        begin = len(REMARK) if written.startswith(REMARK) else 2
        return written[:begin] + self._said(written[begin:], TEXT)

    def _text(self, written: str, path: list[str], is_whole: bool) -> str:
        if not written or written.isspace():
            return written
        below = path[path.index(MESSAGE) + 1 :] if MESSAGE in path else [one for one in path if one != ROOT]
        treatment = self.words.get("/".join(below))
        if treatment is None and below and below[0] in ENVELOPE:
            treatment = KEEP
        if treatment is None and is_whole and below and not self._holds_others("/".join(below)):
            raise DeliveryError(self._unagreed(f"element {'/'.join(below)}"))
        return self._said(written, treatment or TEXT)

    def _holds_others(self, path: str) -> bool:
        return any(word.startswith(f"{path}/") for word in self.words)

    def _said(self, written: str, treatment: str) -> str:
        if treatment == KEEP and len(written) <= LONGEST_PLAIN:
            return written
        return respelt(units(written), self.treatments.named(treatment), str)

    def _unagreed(self, what: str) -> str:
        return (
            f"{self.source.path}, message {self.messages}: {what} was not agreed. What is in it nobody has "
            f"said, so nothing was pseudonymised. Take it out, or add it to "
            f"extractors/{self.source.export}/fields.csv and to pseudonyms/columns.csv."
        )


def copied(source: Source, treatments: Treatments) -> Iterator[bytes]:
    """The pieces of the copy.

    Raises:
        DeliveryError: an element or attribute of a well-formed message was not agreed; a token is too long.
    """
    words = {path: how for part in source.parts for path, how in headers(source, part).items()}
    copy = _Copy(source, treatments, words)
    with source.path.open(encoding="utf-8", errors=LOSSLESS, newline="") as stream:
        try:
            for held in _messages(tokens(stream)):
                yield "".join(copy.message(held)).encode("utf-8", LOSSLESS)
        except ValueError as error:
            told = f"{source.path}, message {copy.messages + 1}: a text or tag is longer than any may be."
            raise DeliveryError(f"{told} Ask {source.company} for the file again.") from error


def _messages(found: Iterable[Token]) -> Iterator[list[Token]]:
    """The tokens of each message together, and those around them: never more than one message is held."""
    held: list[Token] = []
    for token in found:
        if _is_message(token) and held:
            yield held
            held = []
        held.append(token)
        if token[0] == TAG_ and token[1].startswith("</") and _name(token) == MESSAGE:
            yield held
            held = []
    if held:
        yield held


def _is_message(token: Token) -> bool:
    return token[0] == TAG_ and not token[1].startswith("</") and _name(token) == MESSAGE


def _name(token: Token) -> str:
    found = TAG.fullmatch(token[1])
    return local(found[2]) if found else ""


def _is_balanced(held: list[Token]) -> bool:
    """Every element that begins in `held` ends in it, but for the root: it is whole."""
    path: list[str] = []
    for kind, written in held:
        found = TAG.fullmatch(written) if kind == TAG_ else None
        if found is None or local(found[2]) == ROOT or found[4].strip():
            continue
        if not found[1]:
            path.append(local(found[2]))
        elif not path or path.pop() != local(found[2]):
            return False
    return not path
