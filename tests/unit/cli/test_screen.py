"""Nothing that a file or a name says steers the terminal on which it is shown."""

import io
import sys

import pytest

from cli.app import end
from cli.options import Options
from cli.output import print_document, print_table, say, warn
from cli.screen import visible
from reports.tables import Table

EVIL = "\x1b[2J\x1b]0;title\x07\x9b31m\r\u202e[bold]x[/bold][link=http://a]y[/link]"
STEERS = ("\x1b", "\x07", "\x9b", "\r", "\u202e")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a\tb\nc", "a\tb\nc"), ("\x1b[1m", "\\x1b[1m"), ("\u202ea", "\\u202ea"), ("[bold]é", "[bold]é")],
)
def test_what_steers_a_screen_is_shown_as_its_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


def told(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    return said.out + said.err


def test_tables_advice_and_errors_are_escaped_and_no_markup(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(Options(), Table(EVIL, ("a", "b"), ((EVIL, 1),)))
    say(Options(), EVIL)
    warn(Options(), EVIL)
    with pytest.raises(SystemExit):
        end(EVIL, 2)
    said = told(capsys)
    assert [one for one in STEERS if one in said] == []
    assert said.count("[bold]x[/bold][link=http://a]y[/link]") == 5


def test_a_document_is_escaped_on_a_screen_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, is_raw in ((io.StringIO(), True), (Screen(), False)):
        monkeypatch.setattr(sys, "stdout", stream)
        print_document(EVIL)
        assert ("\x1b" in stream.getvalue()) is is_raw
