"""JSON lines: token by token, so that blanks, escapes, repeated members and broken lines stay as they are."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.readers.bounds import lines
from extractors.readers.jsonl import LIST_MARK, SAYABLE
from extractors.readers.mark import encoding
from extractors.readers.source import Source
from pseudonyms.columns import KEEP, TEXT, Treatment, Treatments
from pseudonyms.containers.delimited import LOSSLESS, skipped_mark
from pseudonyms.containers.header import headers
from pseudonyms.spelling import Spelt, respelt
from vocabulary.errors import DeliveryError

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[{}\[\],:]|[^\s"{}\[\],:]+|\s+', re.DOTALL)
UNIT = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)
LITERALS = ("true", "false", "null", "NaN", "Infinity", "-Infinity")


@dataclass
class _Line:
    """Where in the object of one line we are: the container each token stands in, and its member."""

    open: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    awaits_value: bool = False

    def mark(self, sign: str) -> None:
        """Goes on over a bracket, comma or colon."""
        if sign in "{[":
            self.open.append(sign)
            self.members.append("")
        elif sign in "}]" and self.open:
            self.open.pop()
            self.members.pop()
        self.awaits_value = sign == ":"

    @property
    def is_member(self) -> bool:
        """The next text is the name of a member."""
        return bool(self.open) and self.open[-1] == "{" and not self.awaits_value

    @property
    def path(self) -> str:
        """The member as fields.csv writes it: `crn`, `needs[].area`."""
        return LIST_MARK.join(member for member in self.members if member)


def copied(source: Source, treatments: Treatments) -> Iterator[bytes]:
    """The lines of the copy.

    Raises:
        DeliveryError: a whole object has a member that was not agreed.
        LimitError: a line is longer than any may be.
    """
    (part,) = source.parts
    words, coding = headers(source, part), encoding(source)
    with source.path.open("rb") as file:
        yield skipped_mark(file)
        for number, line in enumerate(lines(file, source.limits.of("jsonl")["line_bytes"]), 1):
            text = line.decode(coding, LOSSLESS)
            is_whole = _is_whole(text)

            def treatment(path: str, number: int = number, is_whole: bool = is_whole) -> str:
                is_list = any(word.startswith(path + LIST_MARK) for word in words)
                if is_whole and path not in words and not is_list:
                    raise DeliveryError(_unagreed(source, number, path))
                return KEEP if is_list else words.get(path, "")

            yield "".join(_tokens(text, treatment, treatments)).encode(coding, LOSSLESS)


def _tokens(text: str, treatment: Callable[[str], str], treatments: Treatments) -> Iterator[str]:
    """`treatment`: path of a member to the name of its treatment; blank where nobody agreed to it, which a
    broken line may have."""
    line = _Line()
    for token in TOKEN.findall(text):
        if token in ("{", "}", "[", "]", ",", ":"):
            line.mark(token)
            yield token
        elif token.isspace() or token in LITERALS:
            yield token
        elif token[0] == '"' and line.is_member:
            line.members[-1] = "".join(one for one, _ in _units(token.strip('"')))
            yield token if treatment(line.path) else _scalar(token, treatments.named(TEXT))
        else:
            yield _scalar(token, treatments.named(treatment(line.path) or TEXT))


def _scalar(token: str, treat: Treatment) -> str:
    if token[0] != '"':
        said = treat(token)
        return f"1{said[1:]}" if said.startswith("0") and not token.startswith("0") else said
    end = '"' if len(token) > 1 and token.endswith('"') else ""
    escapes = "\\u" in token

    def spell(character: str) -> str:
        return f"\\u{ord(character):04x}" if escapes and character > "\x7f" else character

    return '"' + respelt(_units(token[1 : len(token) - len(end)]), treat, spell) + end


def _units(inner: str) -> Iterator[Spelt]:
    for written in UNIT.findall(inner):
        if len(written) == 1:
            yield written, written
        elif written[1] == "u" and len(written) == 6:
            yield chr(int(written[2:], 16)), written
        else:
            yield {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(written[1], written[1]), written


def _is_whole(text: str) -> bool:
    try:
        return isinstance(json.loads(text.lstrip("\ufeff")), dict)
    except (ValueError, RecursionError):
        return False


def _unagreed(source: Source, number: int, path: str) -> str:
    named = f"member {path}" if SAYABLE.fullmatch(path) else "a member"
    return (
        f"{source.path}, line {number}: {named} was not agreed. What is in it nobody has said, so nothing "
        f"was pseudonymised. Take it out, or add it to extractors/{source.export}/fields.csv and to "
        f"pseudonyms/columns.csv."
    )
