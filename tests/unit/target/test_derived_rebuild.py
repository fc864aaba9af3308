"""Derived data after a baseline, a load and an undo: as the base rows give it, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from small_plan import PLAN

from reconcile.proofs.derived import check_derived
from reconcile.target.snapshot import Snapshot, take_snapshot
from target.database import transaction
from target.load import load
from target.plan import Plan
from target.undo import undo
from tests.unit.reconcile.text_world import baseline, country_of
from vocabulary.errors import TargetError

NEW_SENTENCE = ("EVENT", "DISPOSAL")


@pytest.fixture(params=["target", "postgres"])
def either(request: pytest.FixtureRequest) -> sa.Engine:
    """The small target, on SQLite and on PostgreSQL."""
    engine: sa.Engine = request.getfixturevalue(request.param)
    return engine


def _all(engine: sa.Engine, statement: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def _areas(engine: sa.Engine) -> dict[object, object]:
    """Surname to the area codes that have an interest in the person."""
    statement = (
        "SELECT O.SURNAME, A.CODE FROM ORGANISATION_OFFENDER I JOIN OFFENDER O ON O.OFFENDER_ID = "
        "I.OFFENDER_ID JOIN PROBATION_AREA A ON A.PROBATION_AREA_ID = I.PROBATION_AREA_ID"
    )
    return {name: str(code).strip() for name, code in _all(engine, statement)}


def _load(engine: sa.Engine) -> None:
    with transaction(engine) as connection:
        load(connection, PLAN, "one")


@contextmanager
def _derived_again(engine: sa.Engine, folder: Path) -> Iterator[None]:
    """What the derived tables hold after the block must be what reconcile derives."""
    with transaction(engine) as connection:
        take_snapshot(connection, folder)
    yield
    with engine.connect() as connection:
        assert check_derived(country_of(baseline(), connection, Snapshot.open(folder))).is_empty()


def test_a_baseline_leaves_nothing_to_derive(either: sa.Engine, tmp_path: Path) -> None:
    with _derived_again(either, tmp_path):
        pass


def test_a_load_leaves_nothing_to_derive(either: sa.Engine, tmp_path: Path) -> None:
    with _derived_again(either, tmp_path):
        _load(either)


def test_an_undo_leaves_nothing_to_derive(either: sa.Engine, tmp_path: Path) -> None:
    with _derived_again(either, tmp_path):
        _load(either)
        with transaction(either) as connection:
            undo(connection, "C06")


def test_a_transferred_person_is_seen_by_the_region_alone(either: sa.Engine) -> None:
    assert _areas(either) == {"Zzbramwick": "C06", "Zzcarrow": "N51"}
    _load(either)
    assert _areas(either) == {"Zzbramwick": "N51", "Zzcarrow": "N51", "Zzdell": "N51"}


def test_the_caseload_row_follows_the_manager(either: sa.Engine) -> None:
    _load(either)
    statement = (
        "SELECT C.OFFENDER_MANAGER_ID = M.OFFENDER_MANAGER_ID AS SAME FROM OFFENDER_MANAGER M "
        "LEFT JOIN CASELOAD C ON C.OFFENDER_ID = M.OFFENDER_ID WHERE M.ACTIVE_FLAG = 1"
    )
    assert _all(either, statement) == [(1,)] * 3


def test_a_rebuilt_array_is_no_new_version_of_the_row(target: sa.Engine) -> None:
    version = "SELECT ROW_VERSION FROM EVENT WHERE EVENT_ID = 2500001001"
    before = _all(target, version)
    _load(target)
    assert _all(target, version) == before


def test_a_new_persons_flag_is_computed(target: sa.Engine) -> None:
    # The plan does not say whether the new person has a sentence; the sentence it brings does.
    _load(target)
    assert _all(target, "SELECT CURRENT_DISPOSAL FROM OFFENDER WHERE SURNAME = 'Zzdell'") == [(1,)]


def _flag_and_version(engine: sa.Engine) -> tuple[object, ...]:
    (row,) = _all(engine, "SELECT CURRENT_DISPOSAL, ROW_VERSION FROM OFFENDER WHERE OFFENDER_ID = 2500000001")
    return row


def test_the_flag_of_a_person_whom_the_load_touched_follows_from_the_sentences(either: sa.Engine) -> None:
    with transaction(either) as connection:
        connection.exec_driver_sql("UPDATE OFFENDER SET CURRENT_DISPOSAL = 0")
    _load(either)
    assert _flag_and_version(either) == (1, 4)
    with transaction(either) as connection:
        undo(connection, "C06")
    assert _flag_and_version(either) == (0, 3)


def test_the_flag_of_a_person_whom_nobody_touched_stays(target: sa.Engine) -> None:
    _load(target)
    assert _all(target, "SELECT CURRENT_DISPOSAL FROM OFFENDER WHERE OFFENDER_ID = 2500000002") == [(1,)]


def _sentence_of_another_company() -> Plan:
    """A second company brings a sentence to the person whose flag the first company's load set."""
    new = {name: PLAN.inserts[name].with_columns(offender_id=pl.lit("2500000001")) for name in NEW_SENTENCE}
    new["EVENT"] = new["EVENT"].with_columns(event_number=pl.lit("9"))
    none = PLAN.provisional.clear()
    return replace(PLAN, company="C17", inserts=new, changes=(), provisional=none)


def test_a_flag_is_not_taken_back_while_another_companys_sentence_needs_it(target: sa.Engine) -> None:
    with transaction(target) as connection:
        connection.exec_driver_sql("UPDATE OFFENDER SET CURRENT_DISPOSAL = 0")
    _load(target)
    with transaction(target) as connection:
        load(connection, _sentence_of_another_company(), "two")
    with pytest.raises(TargetError, match="Undo C17 first"), transaction(target) as connection:
        undo(connection, "C06")
    assert _flag_and_version(target)[0] == 1
    for company in ("C17", "C06"):
        with transaction(target) as connection:
            undo(connection, company)
    assert _flag_and_version(target) == (0, 3)
