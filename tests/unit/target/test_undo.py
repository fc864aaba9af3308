"""A load taken out again: the target is as it was before, own tables included."""

from dataclasses import replace

import polars as pl
import pytest
import sqlalchemy as sa
from small_plan import PLAN, other_company
from small_target import frame

from target.bulk import read
from target.database import transaction
from target.ledger import LEDGER
from target.load import load
from target.plan import Change
from target.undo import undo
from tests.target_dump import dump
from vocabulary.errors import TargetError


def _there_and_back(engine: sa.Engine) -> tuple[object, object, object]:
    """The target before a load, with it, and after its undo."""
    with engine.connect() as connection:
        before = dump(connection)
    with transaction(engine) as connection:
        load(connection, PLAN, "one")
        loaded = dump(connection)
    with transaction(engine) as connection:
        undo(connection, "C06")
    with engine.connect() as connection:
        return before, loaded, dump(connection)


def test_the_target_equals_its_state_before_on_sqlite(target: sa.Engine) -> None:
    before, loaded, after = _there_and_back(target)
    assert loaded != before
    assert after == before


def test_the_target_equals_its_state_before_on_postgres(postgres: sa.Engine) -> None:
    before, loaded, after = _there_and_back(postgres)
    assert loaded != before
    assert after == before


def test_a_row_changed_twice_by_one_plan_gets_its_first_values_back(target: sa.Engine) -> None:
    withdrawn = Change("OFFENDER", "withdraw", frame(key=2500000001, PENDING_TRANSFER=0))
    renamed = Change("OFFENDER", "repoint", frame(key=2500000001, SURNAME="Zzother"))
    with target.connect() as connection:
        before = dump(connection)
    with transaction(target) as connection:
        load(connection, replace(PLAN, changes=(withdrawn, renamed)), "one")
        undo(connection, "C06")
        assert dump(connection) == before


def test_a_provisional_code_stays_while_another_company_needs_it(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, PLAN, "one")
        load(connection, other_company(), "one")
        undo(connection, "C06")
        codes = read(connection, "R_STANDARD_REFERENCE_LIST", ["CODE_VALUE"])["CODE_VALUE"]
    assert codes.is_in(["WAITS"]).any()
    assert not codes.is_in(["WIP"]).any()


def test_the_last_company_that_needs_a_provisional_code_takes_it_away(target: sa.Engine) -> None:
    with target.connect() as connection:
        before = dump(connection)
    with transaction(target) as connection:
        load(connection, PLAN, "one")
        load(connection, other_company(), "one")
        undo(connection, "C06")
        undo(connection, "C17")
        assert dump(connection) == before


def test_rows_that_another_company_changed_since_are_not_overwritten(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, PLAN, "one")
        load(
            connection, replace(PLAN, company="C17", inserts={}, provisional=PLAN.provisional.clear()), "one"
        )
        with pytest.raises(TargetError, match="Undo C17 first"):
            undo(connection, "C06")


@pytest.fixture
def with_delta(target: sa.Engine) -> sa.Engine:
    """The small target with the plan in it, and another cycle on top."""
    delta = replace(PLAN, cycle="delta-01", inserts={}, provisional=PLAN.provisional.clear())
    with transaction(target) as connection:
        load(connection, PLAN, "one")
        load(connection, delta, "one")
    return target


def test_a_cycle_under_a_later_one_is_not_undone_with_a_word_of_the_later(with_delta: sa.Engine) -> None:
    with transaction(with_delta) as connection:
        before = dump(connection)
        with pytest.raises(TargetError, match="Undo delta-01 first"):
            undo(connection, "C06", "day-1")
        assert dump(connection) == before


def test_the_cycle_that_is_named_is_undone_and_no_other(with_delta: sa.Engine) -> None:
    with transaction(with_delta) as connection:
        undo(connection, "C06", "delta-01")
        assert read(connection, LEDGER)["CYCLE"].to_list() == ["day-1"]


def test_every_cycle_is_undone_where_none_is_named(with_delta: sa.Engine) -> None:
    with transaction(with_delta) as connection:
        undo(connection, "C06")
        assert read(connection, LEDGER).is_empty()


def test_a_company_that_was_never_loaded_cannot_be_undone(target: sa.Engine) -> None:
    with pytest.raises(TargetError, match="Loaded: nothing"), transaction(target) as connection:
        undo(connection, "C17")


def test_undo_gives_the_crosswalk_rows_it_took_out(target: sa.Engine) -> None:
    with transaction(target) as connection:
        load(connection, PLAN, "one")
        taken_out = undo(connection, "C06")
    assert taken_out.filter(pl.col("TABLE_NAME") == "OFFENDER")["NATURAL_KEY"].to_list() == ["new"]
