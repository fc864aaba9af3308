"""One writer in a target, whichever workspace it works in: the second is told who."""

import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa

from target.database import connect, transaction, write_alone
from target.holding import read_holding
from vocabulary.errors import TargetError


@pytest.fixture(params=["target", "postgres"])
def database(request: pytest.FixtureRequest) -> sa.Engine:
    found: sa.Engine = request.getfixturevalue(request.param)
    return found


def again(engine: sa.Engine) -> sa.Engine:
    """Another connection to the same target."""
    return connect(engine.url.render_as_string(hide_password=False))


def test_the_second_writer_is_told_who_and_a_reader_reads(database: sa.Engine) -> None:
    with write_alone(database, "load"):
        with (
            pytest.raises(TargetError, match=r"in use by .*day1 load.*since 20"),
            write_alone(again(database), "undo"),
        ):
            pass
        with transaction(again(database)) as connection:
            assert read_holding(connection).loads == {}
    with write_alone(again(database), "undo"):
        pass


def test_another_program_that_writes_a_file_is_told_of(
    target: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("target.adapters.sqlite.PRAGMAS", ("busy_timeout = 1",))
    with closing(sqlite3.connect(str(target.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(TargetError, match="another program has it locked"),
            write_alone(again(target), "load"),
        ):
            pass
