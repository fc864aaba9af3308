"""F11: missing, unknown and repeated columns are named; what looks like data is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from written_files import header, read_all, source

from extractors.readers import text
from extractors.readers.header import match_header
from extractors.readers.source import Source


@pytest.fixture
def found(tmp_path: Path) -> Source:
    return source(tmp_path / "C06_delius_ALIAS.txt", "C06", "delius")


def test_columns_may_stand_in_any_order(found: Source) -> None:
    matched = match_header(list(reversed(header(found))), found, found.parts[0])
    assert matched.problem is None
    assert matched.positions["alias_id"] == matched.width - 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda names: names[1:], "missing: 'ALIAS_ID'"),
        (lambda names: [*names, "EXTRA"], "unknown: 'EXTRA'"),
        (lambda names: [*names, "SURNAME"], "twice: 'SURNAME'"),
        (lambda names: [name.lower() if name == "SURNAME" else name for name in names], "missing: 'SURNAME'"),
    ],
)
def test_what_is_wrong_is_named(found: Source, change: Callable[[list[str]], list[str]], told: str) -> None:
    problem = match_header(change(header(found)), found, found.parts[0]).problem
    assert problem is not None
    assert problem.rule == "F11"
    assert told in problem.message
    assert problem.message.startswith("C06_delius_ALIAS.txt: ")


def test_a_line_of_data_in_place_of_the_header_is_not_repeated(found: Source) -> None:
    problem = match_header(["2500000001", "Qxelan", "Zzbramwick"], found, found.parts[0]).problem
    assert problem is not None
    assert "Zzbramwick" not in problem.message


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfeA\0L\0I\0A\0S\0\n\0", b"no line end at all"])
def test_a_file_without_a_header(found: Source, content: bytes) -> None:
    found.path.write_bytes(content)
    frame, _, problems = read_all(text.read, found)
    assert frame.is_empty()
    assert [problem.rule for problem in problems] == ["F11"]


def test_a_delta_has_a_column_in_front(tmp_path: Path) -> None:
    found = source(tmp_path / "C06_delius_ALIAS.txt", "C06", "delius", is_delta=True)
    assert header(found)[0] == "change"
    matched = match_header(header(found)[1:], found, found.parts[0])
    assert matched.problem is not None
