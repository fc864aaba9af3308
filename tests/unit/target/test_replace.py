"""A corrected delivery takes the place of the earlier load in one step, or the earlier load stands."""

from dataclasses import replace

import polars as pl
import pytest
import sqlalchemy as sa
from small_plan import PLAN, PROVISIONAL

from target.database import transaction
from target.load import load
from tests.target_dump import dump
from vocabulary.errors import TargetError

State = dict[str, list[tuple[object, ...]]]

ROWS = {name: rows for name, rows in PLAN.inserts.items() if name != "UPW_DETAILS"} | {
    "OFFENDER": PLAN.inserts["OFFENDER"].with_columns(surname=pl.lit("Zzcorrected")),
    "OFFENDER_MANAGER": PLAN.inserts["OFFENDER_MANAGER"].filter(natural_key="OM:1"),
}
CORRECTED = replace(PLAN, inserts=ROWS, changes=PLAN.changes[:1], provisional=PROVISIONAL.head(1))
"""A value is another; a row, all rows of a table and a code are delivered no more; a row of nDelius is left
alone."""

BROKEN = replace(
    CORRECTED,
    inserts=ROWS | {"OFFENDER": ROWS["OFFENDER"].with_columns(surname=pl.lit(None, pl.String))},
)


def state(engine: sa.Engine) -> State:
    """Every row."""
    with engine.connect() as connection:
        return dump(connection)


def differing(one: State, other: State) -> list[str]:
    """Tables that hold other rows."""
    return [name for name in one if one[name] != other[name]]


@pytest.fixture(params=["target", "postgres"])
def loaded(request: pytest.FixtureRequest) -> sa.Engine:
    """A small target of each database with the plan in it."""
    engine: sa.Engine = request.getfixturevalue(request.param)
    with transaction(engine) as connection:
        load(connection, PLAN, "one")
    return engine


def test_the_target_equals_one_that_was_given_the_corrected_delivery_alone(
    loaded: sa.Engine, other_target: sa.Engine
) -> None:
    with transaction(other_target) as connection:
        load(connection, CORRECTED, "two")
    with transaction(loaded) as connection:
        load(connection, CORRECTED, "two")
    assert differing(state(loaded), state(other_target)) == []


def test_a_corrected_delivery_that_is_refused_leaves_the_earlier_load(loaded: sa.Engine) -> None:
    before = state(loaded)
    with pytest.raises(TargetError), transaction(loaded) as connection:
        load(connection, BROKEN, "two")
    assert differing(before, state(loaded)) == []
