"""Printing: stdout for figures, stderr for the rest, data never markup."""

import json

import pytest

from cli.options import Format, Options
from cli.output import print_table, say, show, warn
from reports.tables import Table

TABLE = Table("Title", ("file", "rows"), (("[red]x[/red].csv", 1234), ("b" * 200, 5)))


def test_data_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(Options(), TABLE)
    assert "[red]x[/red].csv" in capsys.readouterr().out


def test_csv_is_neither_wrapped_nor_grouped(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(Options(format=Format.CSV), TABLE)
    assert capsys.readouterr().out.splitlines() == ["file,rows", "[red]x[/red].csv,1234", f"{'b' * 200},5"]


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(Options(format=Format.JSON), TABLE)
    assert json.loads(capsys.readouterr().out)[0] == {"file": "[red]x[/red].csv", "rows": 1234}


def test_an_empty_table_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(Options(), Table("Title", ("file",), (), "no file"))
    assert "no file" in capsys.readouterr().out


def test_advice_goes_to_stderr_unless_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    say(Options(), "next")
    say(Options(quiet=True), "unheard")
    assert capsys.readouterr() == ("", "next\n")


def test_a_warning_is_heard_in_quiet_too(capsys: pytest.CaptureFixture[str]) -> None:
    warn(Options(quiet=True), "[bold]look")
    assert capsys.readouterr().err == "[bold]look\n"


WIDE = Table(
    "Totals",
    ("company", "total", "source"),
    (("C06", "upw_minutes_credited", 124_170), ("C17", "persons", 119)),
)


@pytest.mark.parametrize("width", [20, 30, 40, 80])
def test_no_cell_is_cut_in_a_terminal_of_any_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setattr("cli.output.LOG_WIDTH", 0)
    show(Options(), [WIDE])
    said = capsys.readouterr().out
    assert [cell for cell in ("upw_minutes_credited", "124,170", "persons", "119") if cell not in said] == []
    assert ("company  C06" in said) == (width < 36)
