"""A delta into a target that holds its full load: added, changed, deleted, left alone, taken out again."""

from dataclasses import replace

import polars as pl
import pytest
import sqlalchemy as sa
from small_plan import PLAN

from target.bulk import read
from target.continuing import Continued, load_delta
from target.database import transaction
from target.load import load
from target.plan import Plan
from target.undo import undo
from tests.target_dump import dump
from vocabulary.errors import TargetError

DELTA, FILE = "delta-01", "C06_spg.xml"


def changed(table: str, rows: pl.DataFrame) -> Plan:
    """The plan of the delta: `rows` in the place of those of `table`, everything else named by its cycle."""
    inserts = {
        name: frame.with_columns(pl.lit(f"day-1/{FILE}").alias("source_file"))
        for name, frame in PLAN.inserts.items()
    }
    return replace(PLAN, cycle=DELTA, inserts={**inserts, table: rows})


def continued(connection: sa.Connection, plan: Plan) -> Continued:
    """The delta on top of the load."""
    return load_delta(connection, plan, PLAN, "two", "one")


@pytest.fixture
def loaded(target: sa.Engine) -> sa.Engine:
    """The small target with the plan in it."""
    with transaction(target) as connection:
        load(connection, PLAN, "one")
    return target


RENAMED = PLAN.inserts["OFFENDER"].with_columns(pl.lit("Zzother").alias("surname"))
NOBODY = PLAN.inserts["OFFENDER"].clear()


def surnames(connection: sa.Connection) -> list[tuple[str, int, int]]:
    """Surname, version and flag of the new person."""
    rows = read(connection, "OFFENDER", ["FIRST_NAME", "SURNAME", "ROW_VERSION", "SOFT_DELETED"])
    return rows.filter(pl.col("FIRST_NAME") == "Qxanna").drop("FIRST_NAME").rows()


def test_a_changed_row_keeps_its_id_and_counts_a_version(loaded: sa.Engine) -> None:
    with transaction(loaded) as connection:
        found = continued(connection, changed("OFFENDER", RENAMED))
        assert surnames(connection) == [("Zzother", 1, 0)]
    assert (found.account.inserted, found.edited.height) == ({}, 0)


@pytest.mark.parametrize("engine", ["loaded", "postgres"])
@pytest.mark.parametrize("rows", [RENAMED, NOBODY], ids=["changed", "deleted"])
def test_the_undo_of_a_delta_leaves_the_load_before(
    engine: str, rows: pl.DataFrame, request: pytest.FixtureRequest
) -> None:
    target = request.getfixturevalue(engine)
    with transaction(target) as connection:
        if engine == "postgres":
            load(connection, PLAN, "one")
        before = dump(connection)
        continued(connection, changed("OFFENDER", rows))
        assert dump(connection) != before
        undo(connection, "C06", DELTA)
        assert dump(connection) == before


def test_a_deleted_row_is_marked(loaded: sa.Engine) -> None:
    with transaction(loaded) as connection:
        continued(connection, changed("OFFENDER", NOBODY))
        assert surnames(connection) == [("Zzdell", 1, 1)]


def test_a_row_that_somebody_changed_is_left_alone(loaded: sa.Engine) -> None:
    with transaction(loaded) as connection:
        connection.execute(sa.text("UPDATE OFFENDER SET SURNAME = 'Zzusers' WHERE FIRST_NAME = 'Qxanna'"))
        found = continued(connection, changed("OFFENDER", RENAMED))
        assert surnames(connection) == [("Zzusers", 0, 0)]
    assert found.edited["table"].unique().to_list() == ["OFFENDER"]


def test_the_same_delta_twice_is_one(loaded: sa.Engine) -> None:
    with transaction(loaded) as connection:
        continued(connection, changed("OFFENDER", RENAMED))
        once = dump(connection)
        assert continued(connection, changed("OFFENDER", RENAMED)).account.is_repeat
        assert dump(connection) == once


def test_a_delta_on_another_load_is_refused(loaded: sa.Engine) -> None:
    with transaction(loaded) as connection, pytest.raises(TargetError, match="another load of day-1"):
        load_delta(connection, changed("OFFENDER", RENAMED), PLAN, "two", "none")


def test_a_row_that_cannot_be_marked_is_refused(loaded: sa.Engine) -> None:
    without = changed("MASTER_TRANSFER", PLAN.inserts["MASTER_TRANSFER"].clear())
    with transaction(loaded) as connection:
        before = dump(connection)
        with pytest.raises(TargetError, match="1 rows of MASTER_TRANSFER"):
            continued(connection, without)
        assert dump(connection) == before
