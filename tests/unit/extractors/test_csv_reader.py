"""CSV: RFC 4180, numbered by record; T01, T02, T09."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from written_files import header, line, read_all, rules, source

from extractors.account import count
from extractors.problem import Problem
from extractors.readers import csv_records
from extractors.readers.source import Source

Read = tuple[pl.DataFrame, pl.DataFrame, list[Problem]]


def projects(tmp_path: Path, company: str = "C17") -> Source:
    return source(tmp_path / f"{company}_upw_projects.csv", company, "upw")


def read(found: Source, *records: str | bytes) -> Read:
    """The file made of its header and `records`."""
    agreed = encoding_of(found)
    top = found.dialect.delimiter.join(header(found))
    raw = [record.encode(agreed) if isinstance(record, str) else record for record in (top, *records)]
    found.path.write_bytes(b"\r\n".join(raw) + b"\r\n")
    return read_all(csv_records.read, found)


def encoding_of(found: Source) -> str:
    return found.dialect.encoding


def test_a_quoted_line_break_does_not_count(tmp_path: Path) -> None:
    found = projects(tmp_path)
    frame, findings, _ = read(
        found, line(found, ",", code="P1", name='"two\r\nlines, ""quoted"""'), line(found, ",", code="P2")
    )
    assert frame.select("source_row", "code", "name").rows() == [
        ("2", "P1", 'two\r\nlines, "quoted"'),
        ("3", "P2", ""),
    ]
    assert findings.is_empty()


@pytest.mark.parametrize(
    "change", [lambda record: record + ",more", lambda record: record[:-1], lambda _: ""]
)
def test_another_number_of_fields(tmp_path: Path, change: Callable[[str], str]) -> None:
    found = projects(tmp_path)
    good = line(found, ",", code="P1", name="Sample")
    frame, findings, _ = read(found, good, change(good), good)
    assert rules(findings) == [("3", "T01")]
    assert frame["name"].to_list() == ["Sample", None, "Sample"]


@pytest.mark.parametrize(
    "name",
    ['a "b" c', '"a" b', '"He said "no" there"', '"a""b" ', ' "a"', 'a"', '"a"b""'],
)
def test_quoting_that_is_not_rfc_4180(tmp_path: Path, name: str) -> None:
    found = projects(tmp_path)
    good = line(found, ",", code="P1")
    frame, findings, _ = read(found, good, line(found, ",", code="P2", name=name), good)
    assert rules(findings) == [("3", "T01")]
    assert frame["code"].to_list() == ["P1", "P2", "P1"]


@pytest.mark.parametrize("name", ['""', '"a ""b"" c"', '"a, b"', '"two\nlines"', '""""', "it's"])
def test_quoting_that_is_rfc_4180(tmp_path: Path, name: str) -> None:
    found = projects(tmp_path)
    assert read(found, line(found, ",", code="P2", name=name))[1].is_empty()


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_every_field_quoted(tmp_path: Path, end: bytes) -> None:
    found = projects(tmp_path)
    lines = [",".join(f'"{name}"' for name in header(found)), ",".join('"x"' for _ in header(found))]
    found.path.write_bytes((end or b"\n").join(text.encode() for text in lines) + end)
    frame, findings, problems = read_all(csv_records.read, found)
    assert frame.height == 1
    assert findings.is_empty()
    assert problems == []


def test_a_record_whose_quoting_alone_is_wrong_counts_in_totals(tmp_path: Path) -> None:
    found = source(tmp_path / "C17_upw_sessions.csv", "C17", "upw")
    good = line(found, ",", session_ref="S1", offered="60")
    quoted = line(found, ",", session_ref="S2", offered="30", note='a "b" c')
    wide = line(found, ",", session_ref="S3", offered="15") + ",more"
    read(found, good, quoted, wide)
    assert count(found).totals["upw_minutes_offered"] == 90


def test_a_byte_that_is_not_utf_8_sets_aside_its_row_only(tmp_path: Path) -> None:
    found = projects(tmp_path)
    good = line(found, ",", code="P1", name="Samplé")
    frame, findings, _ = read(found, good, good.encode("cp1252"), good)
    assert rules(findings) == [("3", "T02")]
    assert frame["name"].to_list() == ["Samplé", "Sampl\ufffd", "Samplé"]


def test_a_nul(tmp_path: Path) -> None:
    found = projects(tmp_path)
    assert rules(read(found, line(found, ",", name="a\0b"))[1]) == [("2", "T02")]


@pytest.mark.parametrize("sign", "=+-@")
def test_text_like_a_formula_is_kept_and_noted(tmp_path: Path, sign: str) -> None:
    found = projects(tmp_path)
    frame, findings, _ = read(found, line(found, ",", name=f"{sign}SUM(A1)"))
    assert frame["name"].item() == f"{sign}SUM(A1)"
    assert findings.select("rule", "column", "severity").rows() == [("T09", "name", "warning")]


@pytest.mark.parametrize("value", ["-", "- ", "a=b", " =a"])
def test_text_that_is_no_formula(tmp_path: Path, value: str) -> None:
    found = projects(tmp_path)
    assert read(found, line(found, ",", name=value))[1].is_empty()


def test_numbers_and_codes_are_not_text(tmp_path: Path) -> None:
    found = projects(tmp_path)
    assert read(found, line(found, ",", capacity="-5", type="-X"))[1].is_empty()


def test_semicolon_and_decimal_comma(tmp_path: Path) -> None:
    found = source(tmp_path / "C03_upw_sessions.csv", "C03", "upw")
    frame, findings, _ = read(found, line(found, ";", session_ref="S1", offered="7,5"))
    assert frame.select("session_ref", "offered").row(0) == ("S1", "7,5")
    assert findings.is_empty()


def test_cp1252(tmp_path: Path) -> None:
    found = projects(tmp_path, "C12")
    assert read(found, line(found, ",", name="Samplé €"))[0]["name"].item() == "Samplé €"


def test_a_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    found = projects(tmp_path)
    good = line(found, ",", code="P1")
    frame, findings, _ = read(found, good, '"' + good, *[good] * 20_000)
    assert frame.height == 20_002
    assert rules(findings) == [("3", "T01")]


@pytest.mark.parametrize(
    ("lines", "aside"),
    [
        (['P2,"said', 'he "never" came', 'again"'], ["3", "4", "5"]),
        (['P2,"said', 'again"'], ["3", "4"]),
        (['"""P2', "P3"], ["3", "4"]),
    ],
)
def test_a_record_over_several_lines_that_is_malformed(
    tmp_path: Path, lines: list[str], aside: list[str]
) -> None:
    """Nobody can say where it ends: each line of it is set aside, and the next record is read."""
    found = projects(tmp_path)
    good = line(found, ",", code="P1")
    frame, findings, _ = read(found, good, *lines, good)
    assert [row for row, _ in rules(findings)] == aside
    assert frame["code"].to_list()[-1] == "P1"


def test_a_header_that_comes_again(tmp_path: Path) -> None:
    found = projects(tmp_path)
    good = line(found, ",", code="P1")
    assert rules(read(found, good, ",".join(header(found)), good)[1]) == [("3", "T01")]


def test_a_mark_before_the_header(tmp_path: Path) -> None:
    found = projects(tmp_path)
    found.path.write_bytes(
        b"\xef\xbb\xbf" + ",".join(header(found)).encode() + b"\r\n" + line(found, ",", code="P1").encode()
    )
    frame, _, problems = read_all(csv_records.read, found)
    assert frame["code"].to_list() == ["P1"]
    assert [problem.rule for problem in problems] == ["F06"]


def test_a_line_that_names_the_separator_is_no_header(tmp_path: Path) -> None:
    found = projects(tmp_path)
    found.path.write_bytes(b"sep=,\r\n" + ",".join(header(found)).encode() + b"\r\n")
    assert [problem.rule for problem in read_all(csv_records.read, found)[2]] == ["F11"]


@pytest.mark.parametrize("note", ["x" * 200_000, '"' + 'a ""b"" ' * 25_000 + '"'])
def test_a_long_field(tmp_path: Path, note: str) -> None:
    found = projects(tmp_path)
    frame, findings, _ = read(found, line(found, ",", code="P1", name=note), line(found, ",", code="P2"))
    assert frame["code"].to_list() == ["P1", "P2"]
    assert findings.is_empty()
