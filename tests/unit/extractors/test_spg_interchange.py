"""F07, F08, F09: well formed and harmless, numbered and repeated as agreed, of the right version."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from delivery_copies import Copy

CopyOf = Callable[[str], Copy]
NAME = "C17_spg_001.xml"


def changed(copy: Copy, old: bytes, new: bytes) -> list[tuple[str, str]]:
    """Findings after the last `old` of the interchange has become `new`."""
    copy.change(NAME, lambda content: new.join(content.rsplit(old, 1)))
    return copy.rules()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_file_that_is_cut_off(copy_of: CopyOf, share: float) -> None:
    copy = copy_of("C17")
    copy.change(NAME, lambda content: content[: int(len(content) * share)])
    assert copy.rules() == [("F07", NAME)]


LAUGHS = b"""<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"""


@pytest.mark.parametrize(
    "declaration", [LAUGHS, b"<!DOCTYPE x>", b'<!DOCTYPE x SYSTEM "file:///etc/passwd">']
)
def test_a_document_type(copy_of: CopyOf, declaration: bytes) -> None:
    copy = copy_of("C17")
    copy.change(
        NAME, lambda content: content.replace(b"<SPGInterchange ", declaration + b"<SPGInterchange ", 1)
    )
    assert copy.rules() == [("F07", NAME)]


MARK = b"<LocalReference>"


def in_the_fifth(text: bytes) -> Callable[[bytes], bytes]:
    """Puts `text` in front of the fifth message's reference."""

    def changed(content: bytes) -> bytes:
        parts = content.split(MARK)
        return MARK.join([*parts[:5], text + parts[5], *parts[6:]])

    return changed


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"\xe9", "T02"),
        (b"&#1;", "T02"),
        (b"\x01", "T02"),
        (b" a < b ", "T01"),
        (b"&a;", "T01"),
    ],
)
def test_a_message_that_is_broken_is_set_aside_alone(
    copy_of: CopyOf, tmp_path: Path, text: bytes, rule: str
) -> None:
    copy = copy_of("C17")
    copy.change(NAME, in_the_fifth(text))
    receipt = copy.receive(out=tmp_path / "texts")
    assert receipt.problems == ()
    assert receipt.texts is not None
    found = receipt.texts.findings.filter(pl.col("source_file") == NAME).select("source_row", "rule")
    assert found.rows() == [("5", rule)]


def test_text_between_elements_sets_its_message_aside(copy_of: CopyOf, tmp_path: Path) -> None:
    copy = copy_of("C17")
    copy.change(NAME, lambda content: content.replace(b"<Surname>", b"stray<Surname>", 1))
    receipt = copy.receive(out=tmp_path / "texts")
    assert receipt.texts is not None
    found = receipt.texts.findings.filter(pl.col("source_file") == NAME).select("source_row", "rule")
    assert found.rows() == [("1", "T01")]


def test_what_surrounds_the_messages_must_be_right(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    copy.change(
        NAME, lambda content: content.replace(b"<ApplicationReference>", b"<ApplicationReference>\xe9")
    )
    assert copy.rules() == [("F07", NAME)]
    assert "holds a byte that is not UTF-8" in copy.receive().problems[0]


@pytest.mark.parametrize("stray", [b"stray", b"<Note>x</Note>", b"<Contact/>"])
def test_what_stands_between_messages(copy_of: CopyOf, stray: bytes) -> None:
    assert changed(copy_of("C17"), b"</SPGMessage>", b"</SPGMessage>" + stray) == [("F11", NAME)]


def test_an_attribute_that_nobody_agreed_to(copy_of: CopyOf) -> None:
    assert changed(copy_of("C17"), b"<Surname>", b'<Surname kind="x">') == [("F11", NAME)]


def test_a_file_that_is_cut_off_says_so(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    copy.change(NAME, lambda content: content[: len(content) // 2])
    assert "is cut off in message " in copy.receive().problems[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<ControlCount>", b"<ControlCount>1"),
        (b"<MessageReferenceNumber>", b"<MessageReferenceNumber>9"),
        (b"<SenderControlReference>", b"<SenderControlReference>X"),
        (b"<SenderIdentity>C17", b"<SenderIdentity>C16"),
        (b"<ReceiverIdentity>N00", b"<ReceiverIdentity>N01"),
    ],
)
def test_header_trailer_and_numbers_disagree(copy_of: CopyOf, old: bytes, new: bytes) -> None:
    assert changed(copy_of("C17"), old, new) == [("F08", NAME)]


def test_a_message_that_is_missing_breaks_count_and_numbers(copy_of: CopyOf) -> None:
    copy = copy_of("C17")

    def without_first(content: bytes) -> bytes:
        start, end = content.index(b"<SPGMessage>"), content.index(b"</SPGMessage>") + len(b"</SPGMessage>")
        return content[:start] + content[end:]

    copy.change(NAME, without_first)
    assert [rule for rule, _ in copy.rules()] == ["F08", "F04", "F05"]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"0-9-13"', b'"0-9-12"'), (b"http://www.justice.gsi.gov.uk/SPG/", b"http://example.org/")],
)
def test_another_version_or_namespace(copy_of: CopyOf, old: bytes, new: bytes) -> None:
    assert ("F09", NAME) in changed(copy_of("C17"), old, new)


@pytest.mark.parametrize(
    ("element", "wrong"),
    [(b"SenderIdentity>C17", b"SenderIdentity>C16"), (b"ReceiverIdentity>N00", b"ReceiverIdentity>C17")],
)
def test_another_sender_or_receiver(copy_of: CopyOf, element: bytes, wrong: bytes) -> None:
    copy = copy_of("C17")
    copy.change(NAME, lambda content: content.replace(element, wrong))
    assert copy.rules() == [("F09", NAME)]


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"<Surname>", b"<Nickname/><Surname>"), (b"<Surname>", b"<Surname>Zz</Surname><Surname>")],
)
def test_an_element_that_was_not_agreed_or_comes_twice(copy_of: CopyOf, old: bytes, new: bytes) -> None:
    assert changed(copy_of("C17"), old, new) == [("F11", NAME)]


def test_a_record_that_is_not_part_of_a_full_file(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    copy.change(NAME, lambda content: content.replace(b"CustodyRelease>", b"CustodyRecall>"))
    assert ("F11", NAME) in copy.rules()
