"""main(): the one place where an error becomes an exit code."""

import errno

import duckdb
import polars as pl
import pytest

import cli.app
from vocabulary.errors import ConfigError, Day1Error, DeliveryError, TargetError, UsageError


def ended(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int | str | None:
    """The exit code when the command raises `error`."""

    def fail() -> None:
        raise error

    monkeypatch.setattr(cli.app, "app", fail)
    with pytest.raises(SystemExit) as end:
        cli.app.main()
    return end.value.code


@pytest.mark.parametrize(
    ("kind", "code"), [(UsageError, 2), (ConfigError, 3), (DeliveryError, 4), (TargetError, 5)]
)
def test_each_error_has_its_code_and_no_traceback(
    kind: type[Day1Error], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, kind("what to do")) == code
    assert capsys.readouterr() == ("", "day1: what to do\n")


def test_a_full_disk_is_told_without_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, OSError(errno.ENOSPC, "No space left on device", "work/a.parquet")) == 3
    assert capsys.readouterr().err.startswith("day1: work/a.parquet: No space left on device.")


def test_a_full_disk_is_known_in_the_words_of_polars(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = pl.DataFrame({"number": range(200_000)})
    with pytest.raises(pl.exceptions.ComputeError) as full:
        frame.write_parquet("/dev/full")
    assert ended(monkeypatch, full.value) == 3
    assert "No space left on device. Make room" in capsys.readouterr().err


def test_memory_that_is_short_is_known_in_the_words_of_duckdb(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small = duckdb.connect(config={"memory_limit": "1MB", "temp_directory": ""})
    with pytest.raises(duckdb.Error) as short:
        small.sql("SELECT list(range) FROM range(10000000)").fetchall()
    assert ended(monkeypatch, short.value) == 3
    assert capsys.readouterr().err.startswith("day1: memory is short.")


def test_a_bug_keeps_its_traceback_and_is_not_mistaken_for_differences(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(monkeypatch, KeyError("oops")) == 70
    assert "Traceback" in capsys.readouterr().err
