"""F10: a workbook is an archive of bounded size without macros and links, judged before it is opened."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from delivery_copies import Copy
from openpyxl import load_workbook

CopyOf = Callable[[str], Copy]
NAME = "C06_upw.xlsx"


def with_member(copy: Copy, member: str, content: bytes = b"x") -> Copy:
    """Adds a member to the workbook."""
    with zipfile.ZipFile(copy.folder / NAME, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content)
    copy.sign(NAME)
    return copy


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 cut off"])
def test_a_workbook_that_is_no_archive(copy_of: CopyOf, content: bytes) -> None:
    copy = copy_of("C06")
    copy.change(NAME, lambda _: content)
    assert copy.rules() == [("F10", NAME)]


def test_an_archive_that_is_no_workbook(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    with zipfile.ZipFile(copy.folder / NAME, "w") as archive:
        archive.writestr("readme.txt", "x")
    copy.sign(NAME)
    assert copy.rules() == [("F10", NAME)]


@pytest.mark.parametrize(
    "member", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/externalLinks/externalLink1.xml"]
)
def test_macros_and_links(copy_of: CopyOf, member: str) -> None:
    assert with_member(copy_of("C06"), member).rules() == [("F10", NAME)]


def test_a_workbook_that_unpacks_to_a_hundred_times_its_size(copy_of: CopyOf) -> None:
    assert with_member(copy_of("C06"), "xl/media/zeros", bytes(60_000_000)).rules() == [("F10", NAME)]


def test_an_archive_that_lies_about_its_size(copy_of: CopyOf) -> None:
    copy = with_member(copy_of("C06"), "xl/media/zeros", bytes(60_000_000))
    path = copy.folder / NAME
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 60_000_000), struct.pack("<I", 10)))
    copy.sign(NAME)
    assert copy.rules() == [("F10", NAME)]


def test_a_cell_that_would_make_the_sheet_endless(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    book = load_workbook(copy.folder / NAME)
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(copy.folder / NAME)
    copy.sign(NAME)
    assert copy.rules() == [("F10", NAME)]


def test_the_message_says_what_to_do(copy_of: CopyOf, tmp_path: Path) -> None:
    copy = copy_of("C06")
    copy.change(NAME, lambda _: b"")
    (message,) = copy.receive().problems
    assert message.startswith(f"{NAME}: ")
    assert "Ask C06" in message
    assert str(tmp_path) not in message
