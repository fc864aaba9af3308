"""JSON lines: values as text, lists as JSON, a line that is no complete object is T01."""

import json
from pathlib import Path
from typing import Any

import pytest
from written_files import read_all, rules, source

from extractors.account import count
from extractors.problem import Problem
from extractors.readers import jsonl

GOOD = b'{"assessment_ref": "EOC-1", "ogrs3_1": 34, "crn": null, "plan": [{"no": 1}, {"no": 2}]}'


def test_lines_become_rows(tmp_path: Path) -> None:
    found = source(tmp_path / "C06_eoc.jsonl", "C06", "eoc")
    found.path.write_bytes(
        b"\n".join(
            [GOOD, GOOD[:20], b"[1]", b"", GOOD.replace(b"EOC", b"E\xe9"), GOOD.replace(b"-1", b"\\u0000")]
        )
    )
    frame, findings, problems = read_all(jsonl.read, found)
    assert frame.select("assessment_ref", "ogrs3_one_year", "crn", "objective.number").row(0) == (
        "EOC-1", "34", None, '["1", "2"]',
    )  # fmt: skip
    assert rules(findings) == [("2", "T01"), ("3", "T01"), ("4", "T01"), ("5", "T02"), ("6", "T02")]
    assert problems == []


def values(tmp_path: Path, line: bytes, *words: str) -> tuple[str | None, ...]:
    """The words of one line."""
    found = source(tmp_path / "C06_eoc.jsonl", "C06", "eoc")
    found.path.write_bytes(line)
    return read_all(jsonl.read, found)[0].select(words).row(0)


def test_a_text_in_the_place_of_a_number_or_a_flag_keeps_its_marks(tmp_path: Path) -> None:
    line = b'{"ogrs3_1": "34", "ogrs3_2": "", "needs": [{"score": "2", "priority": "true"}]}'
    words = ("ogrs3_one_year", "ogrs3_two_year", "need.score", "need.is_priority")
    assert values(tmp_path, line, *words) == ('"34"', "", '["\\"2\\""]', '["\\"true\\""]')


def test_letters_in_a_list_stay_letters(tmp_path: Path) -> None:
    line = '{"needs": [{"summary": "Zoë"}]}'.encode()
    assert values(tmp_path, line, "need.summary") == ('["Zoë"]',)


def test_half_a_character_makes_a_line_unreadable(tmp_path: Path) -> None:
    found = source(tmp_path / "C06_eoc.jsonl", "C06", "eoc")
    found.path.write_bytes(b'{"surname": "\\ud83d"}\n{"surname": "\\ude00"}\n{"surname": "\\ud83d\\ude00"}')
    frame, findings, _ = read_all(jsonl.read, found)
    assert rules(findings) == [("1", "T02"), ("2", "T02")]
    assert frame["surname"].to_list()[2] == "\U0001f600"


def test_what_is_no_list_has_members_that_are_missing(tmp_path: Path) -> None:
    line = b'{"needs": "none", "plan": null}'
    assert values(tmp_path, line, "need.area", "objective.number") == ("[null]", None)


@pytest.mark.parametrize(
    "line",
    [
        b'{"assessment_ref": "E1", "assessment_ref": "E2", "plan": [{"no": 1}]}',
        b'{"assessment_ref": "E2", "plan": [{"no": 1, "no": 2}]}',
    ],
)
def test_a_member_twice(tmp_path: Path, line: bytes) -> None:
    found = source(tmp_path / "C06_eoc.jsonl", "C06", "eoc")
    found.path.write_bytes(b"\n".join([GOOD, line, GOOD[:20]]))
    frame, findings, problems = read_all(jsonl.read, found)
    assert rules(findings) == [("2", "T01"), ("3", "T01")]
    assert frame["assessment_ref"].to_list() == ["EOC-1", "E2", None]
    assert problems == []
    assert count(found).totals == {"assessments": 2, "objectives": 3}


def problems_of(path: Path, more: dict[str, Any], *, is_agreed: bool = True) -> list[Problem]:
    """Those of a file of two lines with the members `more`, beside all that were agreed."""
    found = source(path / "C06_eoc.jsonl", "C06", "eoc")
    (part,) = found.parts
    agreed = {name: None for name in found.headers(part) if "[]" not in name} if is_agreed else {}
    line = json.dumps(agreed | more).encode()
    found.path.write_bytes(line + b"\n" + line)
    return read_all(jsonl.read, found)[2]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"colour": "red"}, "'colour'"),
        ({"needs": [{"area": "A", "weight": 1}]}, "'needs[].weight'"),
        ({"needs": [], "plan": None}, ""),
        ({"needs": "none"}, ""),
    ],
)
def test_a_member_that_was_not_agreed(tmp_path: Path, more: dict[str, Any], told: str) -> None:
    problems = problems_of(tmp_path, more)
    assert [(problem.rule, told in problem.message) for problem in problems] == [("F11", True)] * bool(told)


@pytest.mark.parametrize(
    ("name", "is_agreed"), [("Qxother Zzother", True), ("X500001", True), ("qxother", False)]
)
def test_a_member_that_may_be_somebody_is_not_named(tmp_path: Path, name: str, *, is_agreed: bool) -> None:
    (problem,) = problems_of(tmp_path, {name: 1}, is_agreed=is_agreed)
    assert problem.rule == "F11"
    assert name not in problem.message
