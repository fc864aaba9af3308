"""F04, F05 and F06: rows, parts and control totals as stated; byte order marks noted."""

from collections.abc import Callable

import pytest
from delivery_copies import Copy

CopyOf = Callable[[str], Copy]
OFFENDER = "C06_delius_OFFENDER.txt"


@pytest.mark.parametrize(
    ("company", "name"),
    [("C06", OFFENDER), ("C06", "C06_upw.xlsx"), ("C17", "C17_spg_001.xml"), ("C17", "C17_upw_sessions.csv"),
     ("C06", "C06_eoc.jsonl"), ("C06", "C06_staff.xlsx")],
)  # fmt: skip
def test_another_number_of_rows(copy_of: CopyOf, company: str, name: str) -> None:
    copy = copy_of(company)
    copy.entry(name)["rows"] += 1
    copy.save()
    assert copy.rules() == [("F04", name)]


@pytest.mark.parametrize(("company", "name"), [("C06", "C06_upw.xlsx"), ("C17", "C17_spg_001.xml")])
def test_parts_are_compared_one_by_one(copy_of: CopyOf, company: str, name: str) -> None:
    copy = copy_of(company)
    stated = copy.entry(name)["rows_by_part"]
    one, other = list(stated)[:2]
    stated[one], stated[other] = stated[one] + 1, stated[other] - 1
    copy.save()
    assert copy.rules() == [("F04", name)]
    assert one in copy.receive().problems[0]


def test_a_broken_line_counts_as_sent(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    name = "C06_delius_ALIAS.txt"
    copy.change(name, lambda content: content + b"broken\r\n", rows=copy.entry(name)["rows"] + 1)
    assert copy.rules() == []


def test_a_broken_line_adds_nothing_to_a_total(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    copy.change(OFFENDER, lambda content: content + b"broken\r\n", rows=copy.entry(OFFENDER)["rows"] + 1)
    assert copy.rules() == []


def test_every_stated_total_is_compared(copy_of: CopyOf) -> None:
    for company in ("C06", "C17"):
        copy = copy_of(company)
        with_totals = [file for file in copy.manifest["file"] if file.get("totals")]
        for file in with_totals:
            name = next(iter(file["totals"]))
            file["totals"][name] = file["totals"][name] + 1
        copy.save()
        assert copy.rules() == [("F05", file["name"]) for file in with_totals]


def test_a_total_the_export_does_not_have(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    copy.entry(OFFENDER)["totals"] = {"people": 8}
    copy.save()
    assert copy.rules() == [("F05", OFFENDER)]


def test_a_total_that_is_not_stated(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    copy.entry(OFFENDER)["totals"] = {}
    copy.save()
    assert copy.rules() == []


def test_a_mark_where_none_belongs_is_noted(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    copy.change(OFFENDER, lambda content: b"\xef\xbb\xbf" + content)
    receipt = copy.receive()
    assert receipt.findings.select("rule", "source_file", "severity").rows() == [("F06", OFFENDER, "info")]
    assert not receipt.is_blocked


def test_a_mark_that_is_missing_is_noted(copy_of: CopyOf) -> None:
    copy = copy_of("C17")
    name = "C17_programmes_rar.csv"
    copy.change(name, lambda content: content.removeprefix(b"\xef\xbb\xbf"))
    assert copy.rules() == [("F06", name)]


def test_a_header_problem_is_found_before_anything_is_extracted(copy_of: CopyOf) -> None:
    copy = copy_of("C06")
    copy.change(OFFENDER, lambda content: content.replace(b"CRN|", b"CASE|", 1))
    assert copy.rules() == [("F11", OFFENDER)]
    assert "'CRN'" in copy.receive().problems[0]
    assert "'CASE'" in copy.receive().problems[0]
