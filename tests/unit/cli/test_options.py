"""Options in front of the command's name and after it."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.options import Format, Options, from_environment, merged, takes_options

SEEN: list[Options] = []
"""What the command below was given."""


def heard(options: Options) -> None:
    """Keeps the options."""
    SEEN.append(options)


def introduction(options: Options) -> None:
    """Takes the options in front."""


@pytest.fixture
def app() -> typer.Typer:
    """A command and a group with a command."""
    app, group = typer.Typer(rich_markup_mode=None), typer.Typer()
    app.callback()(takes_options(introduction))
    app.command("run")(takes_options(heard))
    group.callback()(takes_options(introduction))
    group.command("create")(takes_options(heard))
    app.add_typer(group, name="target")
    return app


def given(app: typer.Typer, *words: str, env: dict[str, str] | None = None) -> Options:
    """The options that the command sees."""
    result = CliRunner().invoke(app, words, env=env)
    assert result.exit_code == 0, result.output
    return SEEN[-1]


ONE_OF_EACH = (
    *("--workspace", "w", "--target", "sqlite:///t.db", "--deliveries", "d", "--company", "C17"),
    *(
        "--cycle",
        "day-1",
        "--wave",
        "first",
        "--format",
        "json",
        "--reveal",
        "--quiet",
        "--log-json",
        "--no-color",
    ),
)
ALL_SET = Options(
    Path("w"), "sqlite:///t.db", Path("d"), ("C17",), "day-1", "first", Format.JSON, True, True, True, True
)


def test_every_option_may_stand_before_the_name(app: typer.Typer) -> None:
    assert given(app, *ONE_OF_EACH, "run") == ALL_SET


def test_every_option_may_stand_after_the_name(app: typer.Typer) -> None:
    assert given(app, "run", *ONE_OF_EACH) == ALL_SET


def test_every_option_may_stand_inside_a_group(app: typer.Typer) -> None:
    assert given(app, "target", *ONE_OF_EACH, "create") == ALL_SET


def test_the_later_place_wins(app: typer.Typer) -> None:
    assert given(app, "--cycle", "rehearsal-1", "run", "--cycle", "day-1").cycle == "day-1"


def test_companies_of_both_places_add_up(app: typer.Typer) -> None:
    assert given(app, "--company", "C06", "run", "--company", "C17").company == ("C06", "C17")


def test_what_is_typed_wins_over_the_environment(app: typer.Typer) -> None:
    environment = {"DAY1_WORKSPACE": "env", "DAY1_DELIVERIES": "env"}
    seen = given(app, "--workspace", "typed", "run", env=environment)
    assert (seen.workspace, seen.deliveries) == (Path("typed"), Path("env"))


def test_a_blank_variable_says_nothing() -> None:
    assert from_environment({"DAY1_TARGET": ""}) == Options()


def test_a_raised_flag_stays() -> None:
    assert merged(Options(quiet=True), {"quiet": False}).quiet


def test_an_unknown_format_is_a_usage_error(app: typer.Typer) -> None:
    assert CliRunner().invoke(app, ["run", "--format", "xml"]).exit_code == 2
