"""F15: a file beyond its limits is refused before it is read. F14: what rows set aside explain."""

import zipfile
from collections.abc import Callable

import pytest
from delivery_copies import Copy

from extractors.readers.returned_book import check_returned
from extractors.receive import receive
from vocabulary.errors import DeliveryError
from vocabulary.limits import default_limits, unknown_bound

CopyOf = Callable[[str], Copy]
TEXT, CSV, JSON = "C06_delius_CONTACT.txt", "C17_upw_sessions.csv", "C06_eoc.jsonl"
XML, BOOK = "C17_spg_001.xml", "C06_upw.xlsx"


@pytest.mark.parametrize(
    ("name", "kind", "bound"),
    [
        *[(TEXT, "text", bound) for bound in ("bytes", "rows", "line_bytes", "columns")],
        *[(CSV, "csv", bound) for bound in ("bytes", "rows", "line_bytes", "columns")],
        *[(JSON, "jsonl", bound) for bound in ("bytes", "rows", "line_bytes")],
        *[(XML, "xml", bound) for bound in ("bytes", "rows")],
        (BOOK, "xlsx", "rows"),
        *[("delivery.toml", "manifest", bound) for bound in ("bytes", "files")],
    ],
)
def test_a_file_beyond_a_limit(copy_of: CopyOf, name: str, kind: str, bound: str) -> None:
    company = "C17" if name.startswith("C17") else "C06"
    copy = copy_of(company)
    limits = default_limits().overridden({kind: {bound: 2}})
    found = receive(copy.folder, company, "day-1", limits=limits).findings
    assert ("F15", name) in found.select("rule", "source_file").rows()


@pytest.mark.parametrize("bound", ["bytes", "unpacked_bytes", "members", "columns"])
def test_a_workbook_beyond_a_limit_of_archives(copy_of: CopyOf, bound: str) -> None:
    limits = default_limits().overridden({"xlsx": {bound: 2 if bound != "columns" else 1}})
    receipt = receive(copy_of("C06").folder, "C06", "day-1", limits=limits)
    wrong = receipt.findings.filter(rule="F10")["source_file"].to_list()
    assert BOOK in wrong or "C06_staff.xlsx" in wrong


@pytest.mark.parametrize("bound", ["bytes", "rows", "unpacked_bytes", "members"])
def test_a_workbook_of_answers_beyond_a_limit(copy_of: CopyOf, bound: str) -> None:
    limits = default_limits().overridden({"decisions": {bound: 1}})
    with pytest.raises(DeliveryError, match="Hand back the workbook"):
        check_returned(copy_of("C06").folder / BOOK, limits)


def test_a_workbook_of_answers_with_a_cell_far_below(copy_of: CopyOf) -> None:
    path = copy_of("C06").folder / BOOK
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(b"</sheetData>", far))
    with pytest.raises(DeliveryError, match="reaches down to row 1,048,576"):
        check_returned(path, default_limits())


@pytest.mark.parametrize(
    ("kind", "bounds"),
    [("pdf", {}), ("csv", 7), ("csv", {"lines": 7}), ("csv", {"rows": 0}), ("csv", {"rows": True})],
)
def test_a_limit_that_is_none(kind: str, bounds: object) -> None:
    assert unknown_bound(kind, bounds)


def explained(copy: Copy, name: str, edit: Callable[[list[bytes]], list[bytes]]) -> list[str]:
    """Rules of receive after the lines of a file were edited, the manifest stating what it stated."""
    end = b"\r\n"
    copy.change(name, lambda content: end.join(edit(content.split(end))))
    return [rule for rule, _ in copy.rules()]


@pytest.mark.parametrize(
    ("edit", "rules"),
    [
        (lambda lines: [*lines[:3], b"", *lines[3:]], ["F14", "F14"]),  # a blank line
        (lambda lines: [*lines[:3], lines[3][:20], *lines[4:]], ["F14"]),  # a row cut off: a total
        (lambda lines: [*lines[:3], lines[3] + lines[4], *lines[5:]], ["F14", "F14"]),  # two rows in one line
        (lambda lines: [*lines[:3], lines[3] + b",", *lines[4:]], ["F14"]),  # a separator more
        (lambda lines: [*lines[:3], *lines[4:]], ["F04", "F05"]),  # a row lost: nothing is set aside
        (lambda lines: [*lines[:3], lines[3] + b",", *lines[6:]], ["F04", "F05"]),  # one broken, two lost
    ],
)
def test_what_rows_set_aside_explain(
    copy_of: CopyOf, edit: Callable[[list[bytes]], list[bytes]], rules: list[str]
) -> None:
    found = explained(copy_of("C17"), CSV, edit)
    assert set(found) == set(rules)
