"""Progress on stderr."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress as Bar

from cli.options import Options
from cli.progress import LiveBar, progress
from pipeline.progress import Silent


def test_a_log_gets_one_line_per_finished_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Options(), 8) as watching:
        watching.stage("C17", "extract")
        watching.done("C17", "extract", "1,412 rows")
    assert capsys.readouterr() == ("", "C17  extract    1,412 rows\n")


def test_quiet_is_silent() -> None:
    with progress(Options(quiet=True), 8) as watching:
        assert isinstance(watching, Silent)


def test_the_bar_names_the_stage_at_work() -> None:
    out = io.StringIO()
    with Bar(console=Console(file=out, force_terminal=True, width=80)) as bar:
        LiveBar(bar, 8).stage("C17", "load")
        assert bar.tasks[0].description == "C17 load"
