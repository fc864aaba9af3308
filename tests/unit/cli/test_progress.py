"""Progress on stderr: lines for a log, JSON for a machine, nothing with --quiet."""

import json
import re

import pytest

from cli.options import Options
from cli.progress import progress
from pipeline.progress import Silent


def test_a_log_gets_a_line_with_clock_and_duration_per_finished_stage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress(Options(), 8) as watching:
        watching.stage("C17", "extract")
        watching.done("C17", "extract", "1,412 rows", 1412, 3)
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"\d\d:\d\d:\d\d  C17  extract    1,412 rows  \d+\.\d s  3 findings\n", err)


def test_a_machine_gets_an_object_per_line(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(Options(log_json=True, quiet=True), 8) as watching:
        watching.stage("C17", "extract")
        watching.done("C17", "extract", "1,412 rows", 1412, 3)
    begins, done = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (begins["event"], begins["company"], begins["stage"]) == ("begins", "C17", "extract")
    assert (done["event"], done["rows"], done["findings"]) == ("done", 1412, 3)
    assert done["seconds"] >= 0
    assert done["at"].endswith("+00:00")


def test_quiet_is_silent() -> None:
    with progress(Options(quiet=True), 8) as watching:
        assert isinstance(watching, Silent)
