"""The live table: what is at work, what was done, and how much time is left."""

import io

import pytest
from rich.console import Console

from cli.live import LiveTable, clock, short


def drawn(table: LiveTable, *, width: int = 120, height: int = 30) -> str:
    out = Console(file=io.StringIO(), force_terminal=False, width=width, height=height)
    out.print(table.draw(out))
    text: str = out.file.getvalue()  # type: ignore[attr-defined]
    return text


def test_it_names_the_stage_at_work_and_what_the_others_found() -> None:
    table = LiveTable(8, {})
    table.stage("C17", "extract")
    table.done("C17", "extract", "1,412 rows", 1412, 3)
    table.stage("", "plan")
    lines = drawn(table).splitlines()
    assert lines[1].split()[0] == "C17"
    assert "1,412" in lines[1]
    assert lines[1].split()[-1] == "3"
    assert lines[2].startswith("all: plan")


def test_a_company_that_stopped_says_so_where_it_stopped() -> None:
    table = LiveTable(8, {})
    table.stage("C06", "map")
    table.done("C06", "map", "stopped")
    assert "stopped" in drawn(table)


def test_in_a_low_terminal_those_at_work_come_first() -> None:
    table = LiveTable(8, {})
    for number in range(1, 10):
        table.stage(f"C{number:02}", "map")
        if number != 1:
            table.done(f"C{number:02}", "map", "1 rows", 1)
    lines = drawn(table, height=9).splitlines()
    assert lines[1].startswith("C01")
    assert "and 6 more that are done" in lines[4]


def test_at_eighty_columns_no_line_is_broken() -> None:
    table = LiveTable(8, {})
    for stage in ("receive", "extract", "map", "match", "validate", "load"):
        table.stage("C17", stage)
        table.done("C17", stage, "1 rows", 123_456_789, 12_345)
        table.took["C17", stage] = 3_661
    header, line, _ = drawn(table, width=80).splitlines()
    assert header.split() == ["receive", "extract", "map", "match", "validate", "load", "rows"]
    assert line.split() == ["C17", *["1:01:01"] * 6, "123.5M"]


def test_the_time_left_is_what_earlier_runs_took_at_this_pace() -> None:
    table = LiveTable(8, {("C17", "map"): 2.0, ("C17", "match"): 3.0, ("", "plan"): 5.0})
    assert table.time_left(4.0) is None
    table.done("C17", "map", "1 rows")
    assert table.time_left(4.0) == pytest.approx(16.0)


def test_without_earlier_runs_it_is_the_average_of_the_steps_so_far() -> None:
    table = LiveTable(8, {})
    table.done("C17", "map", "1 rows")
    table.done("C17", "match", "1 rows")
    assert table.time_left(4.0) == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.04, "0.0"), (9.96, "10.0"), (59.4, "59"), (61, "1:01"), (3_661, "1:01:01")]
)
def test_a_duration_is_short(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(("figure", "text"), [(9_999, "9,999"), (12_345, "12k"), (1_234_567, "1.2M")])
def test_a_large_figure_is_rounded(figure: int, text: str) -> None:
    assert short(figure) == text
