"""Lines of text, CSV and JSON: broken as they were, and with nothing said in them."""

import json
from pathlib import Path

import pytest
from delivered import changed, copy_of, deliveries

from pseudonyms.columns import Treatments
from vocabulary.errors import DeliveryError

CONTACT, STAR, EOC = "C04_delius_CONTACT.txt", "C17_documents.csv", "C04_eoc.jsonl"


def lines(name: str) -> list[bytes]:
    """The lines of a sample file."""
    return (deliveries() / name[:3] / name).read_bytes().splitlines(keepends=True)


def test_line_ends_marks_and_undecodable_bytes_stay(tmp_path: Path, treatments: Treatments) -> None:
    head, first, *_ = lines(CONTACT)
    rest = first.rstrip(b"\r\n")
    content = b"\xef\xbb\xbf" + head + rest + b"\n" + rest.replace(b"|", b"|", 1) + b"\x81\x00\r\n" + rest
    said = copy_of(changed(tmp_path, CONTACT, content), treatments)
    assert said.startswith(b"\xef\xbb\xbf" + head)
    assert len(said) == len(content)
    ends = [line[-2:] for line in said.splitlines(keepends=True)[1:]]
    assert (ends[0][-1:], ends[1], b"\x81\x00\r\n" in said) == (b"\n", b"\r\n", True)


def test_of_a_line_broken_in_two_the_key_stays_the_same_key(tmp_path: Path, treatments: Treatments) -> None:
    head, first, *_ = lines(CONTACT)
    fields = first.split(b"|")
    note = b"|".join([*fields[:16], b"He told Jane Roe\r\nhis brother John that|", b"0\r\n"])
    whole, broken = (copy_of(changed(tmp_path, CONTACT, head + one), treatments) for one in (first, note))
    assert broken.splitlines()[1].split(b"|")[0] == whole.splitlines()[1].split(b"|")[0]
    assert [one for one in (b"Jane", b"Roe", b"brother", b"John") if one in broken] == []
    assert [len(one) for one in broken.split(b"\r\n")] == [len(one) for one in (head + note).split(b"\r\n")]


def test_fields_that_moved_one_column_are_not_taken_for_plain_ones(
    tmp_path: Path, treatments: Treatments
) -> None:
    head, first, *_ = lines(CONTACT)
    fields = first.split(b"|")
    moved = b"|".join([*fields[:8], b"Jane", *fields[8:]])
    assert b"Jane" not in copy_of(changed(tmp_path, CONTACT, head + moved), treatments)


def test_a_header_in_the_middle_stays_a_header(tmp_path: Path, treatments: Treatments) -> None:
    head, first, *_ = lines(CONTACT)
    said = copy_of(changed(tmp_path, CONTACT, head + first + head + first), treatments).splitlines(True)
    assert (said[0], said[2]) == (head, head)
    assert said[1] == said[3]


def test_quotation_marks_stay_where_they_were(tmp_path: Path, treatments: Treatments) -> None:
    head, *_ = lines(STAR)
    width = head.count(b",")
    rows = [
        b'"D-1","X500097","a ""b"", c"' + b"," * (width - 2) + b"\r\n",
        b'D-2,X500097,quo"ted' + b"," * (width - 2) + b"\r\n",
        b'D-3,"never closed' + b"," * (width - 1) + b"\r\n",
        b"D-4,X500097\r\n",
    ]
    said = copy_of(changed(tmp_path, STAR, head + b"".join(rows)), treatments).splitlines(keepends=True)[1:]
    kept = [bytes(one if one in b'",\r\n' else 46 for one in row) for row in rows]
    assert [bytes(one if one in b'",\r\n' else 46 for one in row) for row in said] == kept
    assert b"X500097" not in b"".join(said)
    assert said[0].split(b",")[1].strip(b'"') == said[1].split(b",")[1]


@pytest.mark.parametrize("name", [CONTACT, STAR])
def test_a_column_that_nobody_agreed_to_is_refused(name: str, tmp_path: Path, treatments: Treatments) -> None:
    head, first, *_ = lines(name)
    mark = b"|" if name == CONTACT else b","
    content = head.rstrip() + mark + b"favourite_colour\r\n" + first.rstrip() + mark + b"green\r\n"
    with pytest.raises(DeliveryError, match="favourite_colour") as told:
        copy_of(changed(tmp_path, name, content), treatments)
    assert "green" not in str(told.value)


def test_a_row_in_the_place_of_the_header_is_not_repeated(tmp_path: Path, treatments: Treatments) -> None:
    _, first, *_ = lines(CONTACT)
    with pytest.raises(DeliveryError, match="has no header") as told:
        copy_of(changed(tmp_path, CONTACT, first), treatments)
    assert first.split(b"|")[1].decode() not in str(told.value)


def test_a_json_line_keeps_blanks_escapes_and_repeated_members(
    tmp_path: Path, treatments: Treatments
) -> None:
    line = (
        '{ "crn" : "X500097","surname":"Zo\\u00eb \\"Q\\"",  "surname": "Roe" , "ogrs3_1":22, "needs": [] }\n'
    )
    said = copy_of(changed(tmp_path, EOC, line.encode()), treatments).decode()
    assert "\\u00" in said
    assert '\\"' in said
    assert said.count('"surname"') == 2
    assert [one for one in ("X500097", "Zo\\u", "Roe") if one in said] == []
    assert json.loads(said)["ogrs3_1"] == 22


def test_a_json_line_that_is_cut_off_stays_cut_off(tmp_path: Path, treatments: Treatments) -> None:
    whole = lines(EOC)[0]
    surname = json.loads(whole)["surname"].encode()
    cut = whole[: whole.index(surname) + len(surname)]
    said = copy_of(changed(tmp_path, EOC, cut), treatments)
    assert len(said) == len(cut)
    assert surname not in said
    assert said == copy_of(changed(tmp_path, EOC, whole), treatments)[: len(cut)]


def test_a_member_that_nobody_agreed_to_is_refused_and_in_a_broken_line_replaced(
    tmp_path: Path, treatments: Treatments
) -> None:
    with pytest.raises(DeliveryError, match="member colour was not agreed"):
        copy_of(changed(tmp_path, EOC, b'{"crn": "X500097", "colour": "green"}\n'), treatments)
    said = copy_of(changed(tmp_path, EOC, b'{"crn": "X500097", "Jane Roe": "green'), treatments)
    assert [one for one in (b"Jane", b"Roe", b"green") if one in said] == []
