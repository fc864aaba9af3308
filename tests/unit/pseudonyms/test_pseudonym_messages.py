"""XML interchanges: message by message, well formed or not."""

import re
from pathlib import Path

import pytest
from delivered import changed, copy_of, deliveries

from pseudonyms.columns import Treatments
from vocabulary.errors import DeliveryError

NAME = "C17_spg_001.xml"
SURNAME = re.compile(rb"<Surname>([^<]+)</Surname>")


@pytest.fixture(scope="module")
def content() -> bytes:
    """A sample interchange."""
    return (deliveries() / "C17" / NAME).read_bytes()


def skeleton(content: bytes) -> list[bytes]:
    """The tags of it, in order."""
    return re.findall(rb"<[^>]*>", content)


def test_tags_blanks_and_numbers_of_messages_stay(
    content: bytes, tmp_path: Path, treatments: Treatments
) -> None:
    said = copy_of(changed(tmp_path, NAME, content), treatments)
    assert skeleton(said) == skeleton(content)
    number = re.compile(rb"<MessageReferenceNumber>\d+<")
    assert number.findall(said) == number.findall(content)
    assert {*SURNAME.findall(said)} & {*SURNAME.findall(content)} == set()


def test_a_file_that_is_cut_off_stays_cut_off(content: bytes, tmp_path: Path, treatments: Treatments) -> None:
    whole = copy_of(changed(tmp_path, NAME, content), treatments)
    place = content.index(b"</Surname>") - 3
    cut = copy_of(changed(tmp_path, NAME, content[:place]), treatments)
    assert len(cut) == place
    assert SURNAME.search(content)[1][:5] not in cut[-80:]  # type: ignore[index]
    assert cut[:800] == whole[:800]


def test_references_and_a_lost_end_tag_stay_and_say_nothing(
    content: bytes, tmp_path: Path, treatments: Treatments
) -> None:
    surname = SURNAME.search(content)
    assert surname
    odd = content.replace(surname[0], b"<Surname>O&#39;Brien &amp; Roe &unknown; < Jane", 1)
    said = copy_of(changed(tmp_path, NAME, odd), treatments)
    assert [one for one in (b"&#39;", b"&amp;", b"&unknown;") if one not in said] == []
    assert [one for one in (b"Brien", b"Roe", b"Jane") if one in said] == []
    assert skeleton(said)[-50:] == skeleton(odd)[-50:]


def test_remarks_and_document_types_say_nothing(
    content: bytes, tmp_path: Path, treatments: Treatments
) -> None:
    odd = content.replace(
        b"<SPGInterchange ", b'<!DOCTYPE x [<!ENTITY a "Jane Roe">]><!-- by Jane --><SPGInterchange ', 1
    )
    said = copy_of(changed(tmp_path, NAME, odd), treatments)
    assert b"Jane" not in said
    assert b"<!-- " in said
    assert len(said) == len(odd)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"<SecondName/>", b"<SecondName/><Colour>green</Colour>", "OffenderProfile/Colour"),
        (b"<Surname>", b'<Surname colour="green">', "attribute colour of Surname"),
    ],
)
def test_what_nobody_agreed_to_is_refused(
    content: bytes, tmp_path: Path, treatments: Treatments, old: bytes, new: bytes, told: str
) -> None:
    with pytest.raises(DeliveryError, match=told) as refused:
        copy_of(changed(tmp_path, NAME, content.replace(old, new, 1)), treatments)
    assert "green" not in str(refused.value)
