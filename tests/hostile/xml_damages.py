"""Damages of an interchange: of one message, which alone may be lost, and of the whole file."""

import re
from collections.abc import Callable, Iterator

from tests.hostile.pair import ASIDE, EITHER, RIGHT, Clean, Pair, Row, as_drawn, refusal

MESSAGE = re.compile(rb"  <SPGMessage>.*?</SPGMessage>\n", re.DOTALL)
SURNAME = b"<Surname>"

Change = Callable[[bytes], bytes]


def _in(old: bytes, new: bytes) -> Change:
    return lambda message: message.replace(old, new, 1)


def _after(mark: bytes, text: bytes) -> Change:
    return _in(mark, mark + text)


MESSAGES: dict[str, tuple[Change, str]] = {
    # case: what becomes of one message, fate of its row
    "bad-byte": (_after(SURNAME, b"\xe9"), ASIDE),
    "bad-byte-at-the-end": (_in(b"</Surname>", b"\xc3</Surname>"), ASIDE),
    "overlong-byte": (_after(SURNAME, b"\xc0\xaf"), ASIDE),
    "surrogate-bytes": (_after(SURNAME, b"\xed\xa0\x80"), ASIDE),
    "bad-byte-in-the-header": (_after(b"<MessageType>", b"\xff"), ASIDE),
    "bad-byte-between-elements": (_in(b"<Surname>", b"\xe9<Surname>"), ASIDE),
    "control-character": (_after(SURNAME, b"\x01"), ASIDE),
    "nul": (_after(SURNAME, b"\0"), ASIDE),
    "escape-character": (_after(SURNAME, b"\x1b[0m"), ASIDE),
    "reference-to-a-control-character": (_after(SURNAME, b"&#1;"), ASIDE),
    "reference-to-nul": (_after(SURNAME, b"&#0;"), ASIDE),
    "reference-to-a-surrogate": (_after(SURNAME, b"&#xD800;"), ASIDE),
    "reference-out-of-range": (_after(SURNAME, b"&#x110000;"), ASIDE),
    "reference-without-end": (_after(SURNAME, b"&#65"), ASIDE),
    "not-a-character": (_after(SURNAME, b"\xef\xbf\xbe"), ASIDE),
    "entity-unknown": (_after(SURNAME, b"&eacute;"), ASIDE),
    "ampersand-bare": (_after(SURNAME, b"A & B"), ASIDE),
    "less-than-bare": (_after(SURNAME, b" a < b "), ASIDE),
    "tag-not-closed": (_in(b"</Surname>", b""), ASIDE),
    "tag-not-opened": (_in(b"<Surname>", b""), ASIDE),
    "tags-crossed": (_in(b"</Surname>", b"</Gender>"), ASIDE),
    "tag-in-capitals": (_in(b"</Surname>", b"</SURNAME>"), ASIDE),
    "attribute-without-quotes": (_in(b"<Surname>", b"<Surname a=b>"), ASIDE),
    "attribute-twice": (_in(b"<Surname>", b'<Surname a="1" a="2">'), ASIDE),
    "prefix-unknown": (_in(b"<Surname>", b"<x:Surname>"), ASIDE),
    "text-between-elements": (_in(b"<Surname>", b"stray text<Surname>"), ASIDE),
    "text-in-the-message": (_in(b"<SPGMessageHeader>", b"stray<SPGMessageHeader>"), ASIDE),
    "text-after-the-record": (_in(b"<SPGMessageTrailer>", b"stray<SPGMessageTrailer>"), ASIDE),
    "cdata-between-elements": (_in(b"<Surname>", b"<![CDATA[stray]]><Surname>"), ASIDE),
    "cdata-as-text": (
        lambda message: re.sub(rb"<Surname>(.*?)</", rb"<Surname><![CDATA[\1]]></", message),
        RIGHT,
    ),
    "comment-inside-text": (
        lambda message: re.sub(rb"<Surname>(.)", rb"<Surname>\1<!-- said -->", message),
        RIGHT,
    ),
    "comment-between-elements": (_in(b"<Surname>", b"<!-- said --><Surname>"), RIGHT),
    "comment-with-a-message": (_in(b"<Surname>", b"<!-- <SPGMessage></SPGMessage> --><Surname>"), RIGHT),
    "instruction": (_in(b"<Surname>", b"<?target said?><Surname>"), RIGHT),
    "references": (lambda message: re.sub(rb"<Surname>Z", rb"<Surname>&#90;", message), RIGHT),
    "another-prefix": (
        lambda message: re.sub(rb"(</?)(?=\w)", rb"\1p:", message).replace(
            b"<p:SPGMessage>", b'<p:SPGMessage xmlns:p="http://www.justice.gsi.gov.uk/SPG/">'
        ),
        RIGHT,
    ),
    "on-one-line": (lambda message: re.sub(rb">\s+<", b"><", message), RIGHT),
    "deep-300": (_after(SURNAME, b"<a>" * 300 + b"</a>" * 300), ASIDE),
    "cdata-never-closed": (_after(SURNAME, b"<![CDATA["), ASIDE),
    "comment-never-closed": (_after(SURNAME, b"<!-- "), ASIDE),
    "comment-with-two-dashes": (_after(SURNAME, b"<!-- a -- b -->"), ASIDE),
}

UNKNOWN: dict[str, Change] = {
    "element": _in(b"<Surname>", b"<Nickname/><Surname>"),
    "element-twice": lambda message: re.sub(rb"(<Surname>.*?</Surname>)", rb"\1\1", message),
    "element-of-another-namespace": _in(b"<Surname>", b'<Surname xmlns="http://example.org/">'),
    "attribute": _in(b"<Surname>", b'<Surname kind="x">'),
    "element-200-deep": _after(SURNAME, b"<a>" * 200 + b"</a>" * 200),
    "record": lambda message: message.replace(b"OffenderProfile>", b"OffenderRecord>"),
    "two-records": lambda message: re.sub(
        rb"(    <SPGMessageTrailer>)", rb"    <Address><a/></Address>\n\1", message
    ),
    "no-record": lambda message: re.sub(
        rb"    <OffenderProfile>.*</OffenderProfile>\n", b"", message, flags=re.DOTALL
    ),
    "nesting-in-a-text": lambda message: re.sub(rb"<Surname>.*?</", rb"<Surname><b>x</b></", message),
}

FILES: dict[str, tuple[Change, tuple[str, ...]]] = {
    # case: what becomes of the file, rules of which one refuses it
    "empty": (lambda _: b"", ("F07",)),
    "cut-off": (lambda content: content[: len(content) // 2], ("F07",)),
    "cut-off-in-the-trailer": (lambda content: content[:-40], ("F07",)),
    "cut-off-in-the-header": (lambda content: content[:300], ("F07",)),
    "no-xml": (lambda _: b"Sample text", ("F07",)),
    "json": (lambda _: b'{"a": 1}', ("F07",)),
    "something-after-the-end": (lambda content: content + b"more", ("F07",)),
    "a-second-root": (lambda content: content + b"<a/>", ("F07",)),
    "doctype": (_in(b"<SPGInterchange ", b"<!DOCTYPE x><SPGInterchange "), ("F07",)),
    "entity": (_in(b"<SPGInterchange ", b'<!DOCTYPE x [<!ENTITY a "b">]><SPGInterchange '), ("F07",)),
    "outer-entity": (
        _in(b"<SPGInterchange ", b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><SPGInterchange '), ("F07",),
    ),
    "doctype-in-the-middle": (_in(b"  <SPGMessage>", b"<!DOCTYPE x>  <SPGMessage>"), ("F07",)),
    "utf-32": (lambda content: content.decode().encode("utf-32"), ("F07",)),
    "encoding-unknown": (_in(b"UTF-8", b"UTF-9"), ("F07",)),
    "declaration-lies": (_in(b"UTF-8", b"UTF-16"), ("F07",)),
    "text-between-messages": (_in(b"  <SPGMessage>", b"stray  <SPGMessage>"), ("F07", "F11")),
    "text-after-the-trailer": (_in(b"</SPGInterchange>", b"stray</SPGInterchange>"), ("F07", "F11")),
    "element-between-messages": (_in(b"  <SPGMessage>", b"<Note>x</Note>  <SPGMessage>"), ("F07", "F11")),
    "record-without-message": (_in(b"  <SPGMessage>", b"<Contact/>  <SPGMessage>"), ("F07", "F11")),
    "header-twice": (
        lambda content: re.sub(rb"(?s)(  <SPGInterchangeHeader>.*?Header>\n)", rb"\1\1", content),
        ("F08", "F11"),
    ),
    "no-header": (
        lambda content: re.sub(rb"(?s)  <SPGInterchangeHeader>.*?</SPGInterchangeHeader>\n", b"", content),
        ("F08", "F09"),
    ),
    "no-trailer": (
        lambda content: re.sub(rb"(?s)  <SPGInterchangeTrailer>.*?</SPGInterchangeTrailer>\n", b"", content),
        ("F08",),
    ),
    "message-lost": (lambda content: MESSAGE.sub(b"", content, count=1), ("F08",)),
    "message-twice": (lambda content: MESSAGE.sub(lambda found: found[0] * 2, content, count=1), ("F08",)),
    "message-in-a-message": (
        _in(b"  <SPGMessage>\n    <SPGMessageHeader>", b"  <SPGMessage><SPGMessage>\n    <SPGMessageHeader>"),
        ("F07", "F08"),
    ),
    "number-lost": (lambda content: re.sub(rb"<MessageReferenceNumber>5</.*?>\n", b"", content), ("F08",)),
    "bad-byte-in-the-envelope": (_after(b"<ApplicationReference>", b"\xe9"), ("F07",)),
    "bad-byte-between-messages": (_in(b"</SPGMessage>", b"</SPGMessage>\xe9"), ("F07",)),
    "deep-100000": (_in(b"  <SPGMessage>", b"<a>" * 100_000 + b"  <SPGMessage>"), ("F07", "F15")),
    "text-of-20-mb": (_after(SURNAME, b"x" * 20_000_000), ("F07", "F15")),
}  # fmt: skip


def xml_pairs(clean: Clean) -> Iterator[Pair]:
    """A damage of a message at the first and a later person, then damages of the file."""
    persons = [number for number, cells in clean.rows[""].items() if any("Surname" in path for path in cells)]
    for case, (change, fate) in MESSAGES.items():
        for where, number in {"first": persons[0], "later": persons[5]}.items():
            drawn = as_drawn(clean)
            drawn[""][number] = Row(fate, drawn[""][number].cells)
            yield Pair(f"xml-{case}-{where}", clean, _changed(clean, number, change, case), drawn)
    for case, change in UNKNOWN.items():
        yield refusal(f"xml-unknown-{case}", clean, _changed(clean, persons[3], change, case), "F11", "F07")
    for case, (change, rules) in FILES.items():
        changed = change(clean.content)
        assert changed != clean.content, case
        yield refusal(f"xml-{case}", clean, changed, *rules)
    yield from _forms(clean)
    several = clean.content
    drawn = as_drawn(clean)
    for number in persons[1:4]:
        several = _changed(clean, number, MESSAGES["bad-byte"][0], "", several)
        drawn[""][number] = Row(ASIDE)
    yield Pair("xml-bad-bytes-in-three-messages", clean, several, drawn)


def _forms(clean: Clean) -> Iterator[Pair]:
    """The same interchange as other programs write it."""
    text = clean.content.decode()
    drawn = as_drawn(clean)
    yield Pair("xml-utf-16", clean, text.replace("UTF-8", "UTF-16").encode("utf-16"), drawn).allowing("F07")
    latin = text.replace("UTF-8", "ISO-8859-1").encode("iso-8859-1", "xmlcharrefreplace")
    yield Pair("xml-latin-1", clean, latin, drawn).allowing("F07")
    lies = clean.content.replace(b"UTF-8", b"ISO-8859-1", 1)
    either = {
        "": {
            number: Row(EITHER if _is_ascii(row.cells) else ASIDE, row.cells)
            for number, row in drawn[""].items()
        }
    }
    yield Pair("xml-says-latin-1-and-is-utf-8", clean, lies, either).allowing("F07")
    yield Pair("xml-no-declaration", clean, clean.content.partition(b"\n")[2], drawn)
    yield Pair("xml-byte-order-mark", clean, b"\xef\xbb\xbf" + clean.content, drawn)
    yield Pair("xml-blank-lines-at-the-end", clean, clean.content + b"\n\n\n", drawn)
    yield Pair("xml-crlf", clean, clean.content.replace(b"\n", b"\r\n"), drawn)
    yield Pair("xml-on-one-line", clean, re.sub(rb">\s+<", b"><", clean.content), drawn)
    yield refusal("xml-blank-before-the-declaration", clean, b"\n" + clean.content, "F07")


def _is_ascii(cells: object) -> bool:
    return str(cells).isascii()


def _changed(clean: Clean, number: int, change: Change, case: str, content: bytes | None = None) -> bytes:
    content = clean.content if content is None else content
    found = list(MESSAGE.finditer(content))[number - 1]
    changed = change(found[0])
    assert changed != found[0], case
    return content[: found.start()] + changed + content[found.end() :]
