"""delius text: physical lines, no quoting; T01, T02, T03; a broken line is kept with what may be its key."""

from pathlib import Path

import polars as pl
import pytest
from written_files import header, line, read_all, rules, source

from extractors.problem import Problem
from extractors.readers import text
from extractors.readers.source import Source


def read(
    tmp_path: Path, *lines: str | bytes, end: bytes = b"\r\n"
) -> tuple[pl.DataFrame, pl.DataFrame, list[Problem]]:
    """The ALIAS file made of its header and `lines`."""
    found = alias(tmp_path)
    raw = [
        text.encode("cp1252") if isinstance(text, str) else text for text in ("|".join(header(found)), *lines)
    ]
    found.path.write_bytes(end.join(raw) + end)
    return read_all(text.read, found)


def alias(tmp_path: Path) -> Source:
    return source(tmp_path / "C06_delius_ALIAS.txt", "C06", "delius")


@pytest.fixture
def good(tmp_path: Path) -> str:
    return line(alias(tmp_path), alias_id="25", surname="Zzbramé", first_name="  Qx ")


def test_values_are_untouched(tmp_path: Path, good: str) -> None:
    frame, findings, problems = read(tmp_path, good)
    assert frame.select("alias_id", "surname", "first_name", "gender").row(0) == (
        "25",
        "Zzbramé",
        "  Qx ",
        "",
    )
    assert frame.select("company", "export", "source_file", "source_row", "row_number").row(0) == (
        "C06", "delius", "C06_delius_ALIAS.txt", "2", 2,
    )  # fmt: skip
    assert findings.is_empty()
    assert problems == []


def test_the_last_line_needs_no_end(tmp_path: Path, good: str) -> None:
    found = alias(tmp_path)
    found.path.write_bytes(("|".join(header(found)) + "\r\n" + good).encode("cp1252"))
    assert read_all(text.read, found)[0].height == 1


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path)[0].is_empty()


def test_a_pipe_inside_a_value(tmp_path: Path, good: str) -> None:
    frame, findings, _ = read(tmp_path, good, good + "|more", good)
    assert rules(findings) == [("3", "T01")]
    assert frame["alias_id"].to_list() == ["25", "25", "25"]
    assert frame["surname"].to_list() == ["Zzbramé", None, "Zzbramé"]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_a_line_break_inside_a_value_breaks_two_lines(tmp_path: Path, good: str, end: str) -> None:
    frame, findings, _ = read(tmp_path, good, good.replace("Zz", "Zz" + end), good)
    assert rules(findings) == [("3", "T01"), ("4", "T01")]
    assert frame["source_row"].to_list() == ["2", "3", "4", "5"]


def test_a_blank_line_is_a_broken_one(tmp_path: Path, good: str) -> None:
    assert rules(read(tmp_path, good, "", good)[1]) == [("3", "T01")]


def test_a_nul(tmp_path: Path, good: str) -> None:
    frame, findings, _ = read(tmp_path, good, good.replace("Qx", "Q\0x"))
    assert rules(findings) == [("3", "T02")]
    assert frame["alias_id"].to_list() == ["25", "25"]


def test_a_byte_that_cp1252_does_not_have(tmp_path: Path, good: str) -> None:
    _, findings, _ = read(tmp_path, good, good.encode("cp1252").replace(b"Qx", b"Q\x81x"))
    assert rules(findings) == [("3", "T02")]


def test_all_rules_of_a_row_are_listed(tmp_path: Path, good: str) -> None:
    assert rules(read(tmp_path, good + "|\0")[1]) == [("2", "T01"), ("2", "T02")]


def test_signs_of_a_double_encoding_name_the_columns(tmp_path: Path) -> None:
    bad = line(alias(tmp_path), alias_id="1", surname="ZzÃ«", first_name="Qxâ€™s")
    frame, findings, _ = read(tmp_path, bad)
    assert findings.select("rule", "column", "severity").rows() == [("T03", "first_name;surname", "warning")]
    assert frame["surname"].item() == "ZzÃ«"


def test_a_capital_with_tilde_alone_is_no_sign(tmp_path: Path) -> None:
    assert read(tmp_path, line(alias(tmp_path), surname="ZzÃO", first_name="Âxel"))[1].is_empty()


def test_text_that_looks_like_a_formula_is_no_finding_here(tmp_path: Path) -> None:
    assert read(tmp_path, line(alias(tmp_path), surname="=Zz"))[1].is_empty()


def test_blocks_are_numbered_through(tmp_path: Path, good: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "BLOCK_BYTES", 50)
    frame, findings, _ = read(tmp_path, *[good] * 5, "broken", *[good] * 5)
    assert frame["row_number"].to_list() == list(range(2, 13))
    assert rules(findings) == [("7", "T01")]


def test_quotation_marks_mean_nothing(tmp_path: Path) -> None:
    frame, findings, _ = read(tmp_path, line(alias(tmp_path), surname='"Zz', first_name='Q"x"'))
    assert frame.select("surname", "first_name").row(0) == ('"Zz', 'Q"x"')
    assert findings.is_empty()
