"""A target says what it holds, and what does not fit is refused before anything is looked at."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from small_plan import PLAN, other_company
from small_target import CODES, ORGANISATION

from pipeline.holding import require_fit
from pipeline.workspace import Workspace
from target.create import create, is_empty, remove
from target.database import connect, transaction
from target.holding import Holding, enter_baseline, read_holding
from target.load import load
from target.schema.shape import RELEASE
from vocabulary.errors import TargetError


@pytest.fixture(params=["target", "postgres"])
def database(request: pytest.FixtureRequest) -> sa.Engine:
    found: sa.Engine = request.getfixturevalue(request.param)
    return found


def workspace(engine: sa.Engine, cycle: str) -> Workspace:
    """One without a delivery, on that target."""
    url = engine.url.render_as_string(hide_password=False)
    return Workspace(Path("nowhere"), Path("nowhere"), url, cycle)


def test_a_target_knows_its_baseline_and_its_loads(database: sa.Engine) -> None:
    with transaction(database, dry_run=True) as connection:
        assert read_holding(connection) == Holding(RELEASE, "", "-", {})
        enter_baseline(connection, "day-1", "x")
        for plan in (other_company(), PLAN):
            load(connection, plan, "one")
        assert read_holding(connection) == Holding(RELEASE, "day-1", "x", {"day-1": ("C17", "C06")})


@pytest.mark.parametrize("cycle", ["day-1", "delta-01"])
def test_the_cycle_that_is_there_and_a_delta_on_top_fit(database: sa.Engine, cycle: str) -> None:
    with transaction(database) as connection:
        load(connection, PLAN, "one")
    require_fit(workspace(database, cycle))


@pytest.mark.parametrize("cycle", ["rehearsal-1", "rehearsal-9"])
def test_another_cycle_does_not_fit(database: sa.Engine, cycle: str) -> None:
    with transaction(database) as connection:
        load(connection, PLAN, "one")
    with pytest.raises(TargetError, match=r"holds cycle day-1 \(C06\).*target reset --cycle day-1 --yes"):
        require_fit(workspace(database, cycle))


def test_tables_of_another_release_do_not_fit(target: sa.Engine) -> None:
    with transaction(target) as connection:
        connection.exec_driver_sql("UPDATE DAY1_TARGET SET RELEASE = '2030-01'")
    with pytest.raises(TargetError, match=f"release 2030-01; this day1 writes {RELEASE}"):
        require_fit(workspace(target, "day-1"))


def test_a_target_that_cannot_say_is_one_of_an_earlier_day1(target: sa.Engine) -> None:
    with transaction(target) as connection:
        connection.exec_driver_sql("DROP TABLE DAY1_TARGET")
    with pytest.raises(TargetError, match="earlier version of day1, which lacks DAY1_TARGET"):
        connect(target.url.render_as_string())


def test_what_was_made_is_taken_away_and_can_be_made_again(database: sa.Engine) -> None:
    with transaction(database) as connection:
        load(connection, PLAN, "one")
    remove(database)
    anew = connect(database.url.render_as_string(hide_password=False))
    assert is_empty(anew)
    assert sa.inspect(anew).get_table_names() == []
    create(anew, ORGANISATION, CODES)
    with transaction(anew) as connection:
        assert read_holding(connection) == Holding(RELEASE, "", "-", {})
    anew.dispose()


def test_a_table_that_something_else_needs_is_not_taken_away(postgres: sa.Engine) -> None:
    with transaction(postgres) as connection:
        connection.exec_driver_sql("CREATE VIEW theirs AS SELECT CRN FROM OFFENDER")
    with pytest.raises(TargetError):
        remove(postgres)
    assert not is_empty(postgres)
