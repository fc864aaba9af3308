"""Which number a component has in the target. Whether it is settled is K01, which tests/spec draws."""

import polars as pl
import pytest
from sqlalchemy import create_engine

from reports.settled import component_numbers, settled_components
from target.tables import table

CROSSWALK = pl.DataFrame(
    {"TABLE_NAME": ["EVENT", "NSI"], "NATURAL_KEY": ["spg:event:E1", "spg:nsi:N1"], "TARGET_ID": [71, 72]}
)


@pytest.mark.parametrize(
    ("kind", "ref", "number"),
    [
        ("OS", "2500000001", 2500000001),
        ("OS", "spg:event:E1", 71),
        ("OS", "spg:nsi:N1", None),
        ("NSI", "spg:nsi:N1", 72),
    ],
)
def test_a_reference_is_its_number_or_in_the_crosswalk(kind: str, ref: str, number: int | None) -> None:
    moving = pl.DataFrame({"kind": [kind], "component_ref": [ref]})
    numbered = component_numbers(moving, {"OS": "EVENT", "NSI": "NSI"}, CROSSWALK)
    assert numbered["component_id"].to_list() == [number]


def test_nothing_that_moves_is_nothing_unsettled() -> None:
    moving = pl.DataFrame(schema={"kind": pl.String, "component_ref": pl.String, "region": pl.String})
    numbers = component_numbers(moving, {}, CROSSWALK)
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for name in ("PROBATION_AREA", "TEAM", "STAFF_TEAM"):
            table(name).create(connection)
        settled = settled_components(connection, moving, {}, numbers)
    assert settled.columns == [*moving.columns, "is_settled"]
