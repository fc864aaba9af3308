"""What a delta wrote, as files: rows that it changed are no rows that it added."""

import polars as pl
import pytest
import sqlalchemy as sa
from small_plan import PLAN
from test_continuing import DELTA, RENAMED, changed, continued

from target.database import transaction
from target.export.loaded import find_loads
from target.load import load
from vocabulary.errors import TargetError


@pytest.fixture
def corrected(target: sa.Engine) -> sa.Engine:
    """The small target with the plan in it, and a delta that renames a person."""
    with transaction(target) as connection:
        load(connection, PLAN, "one")
        continued(connection, changed("OFFENDER", RENAMED))
    return target


def test_a_row_that_a_delta_changed_is_exported_as_a_change(corrected: sa.Engine) -> None:
    with transaction(corrected) as connection:
        found = find_loads(connection, ["C06"], DELTA)
        assert found.inserted_tables() == []
        rows = pl.concat(found.changed_rows("OFFENDER"))
        assert rows.select("OLD_SURNAME", "NEW_SURNAME").rows() == [("Zzdell", "Zzother")]


def test_a_load_under_a_delta_is_no_longer_as_it_was_left(corrected: sa.Engine) -> None:
    with transaction(corrected) as connection, pytest.raises(TargetError, match="delta-01 stands on day-1"):
        find_loads(connection, ["C06"], "day-1")
