"""K01 to K04: what must be true after the load, drawn as tables. The target is a real database."""

import shutil
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from drawn_tables import drawn, label
from reports.settled import settled_components

from pipeline.accounts import file_accounts
from pipeline.store import begin, finish
from pipeline.workspace import Workspace
from reports.data import Move, Total
from reports.totals import component_totals, person_totals, scoped, upw_totals
from target.database import connect, transaction
from tests.spec.drawn_batch import Cases, batch_of
from tests.unit.target.small_target import fill

ORDERS = {"order_ref": pl.String, "order_id": pl.Int64, "region": pl.String}
MINUTES = {"ordered": pl.Int64, "credited": pl.Int64, "adjusted": pl.Int64}


def typed(cases: Cases, schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    rows = pl.DataFrame(cases).select(list(schema)).with_columns(pl.all().replace("", None))
    return rows.cast({name: kind for name, kind in schema.items() if kind != pl.Boolean}).with_columns(
        pl.col(name).eq_missing("Y") for name, kind in schema.items() if kind == pl.Boolean
    )


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A target with one person of C06 and one of N51, each with a manager."""
    path = tmp_path_factory.mktemp("small") / "target.db"
    engine = connect(f"sqlite:///{path}")
    fill(engine)
    engine.dispose()
    return path


@pytest.fixture
def small(small_file: Path, tmp_path: Path) -> sa.Engine:
    shutil.copy(small_file, tmp_path / "target.db")
    return connect(f"sqlite:///{tmp_path}/target.db")


SETTLED = drawn("""
case                         | change                                                          | region | settled
as it stands                 |                                                                 | C06    | Y
another region was meant     |                                                                 | N51    | N
manager is closed            | UPDATE OFFENDER_MANAGER SET END_DATE = '2021-06-26 00:00:00', ACTIVE_FLAG = 0 | C06 | N
manager is deleted           | UPDATE OFFENDER_MANAGER SET SOFT_DELETED = 1                    | C06    | N
officer is not in the team   | DELETE FROM STAFF_TEAM                                          | C06    | N
two active managers          | UPDATE OFFENDER_MANAGER SET OFFENDER_ID = 2500000001            | C06    | N
person has no manager        | UPDATE OFFENDER_MANAGER SET OFFENDER_ID = 2500000002            | C06    | N
row says another area        | UPDATE OFFENDER_MANAGER SET PROBATION_AREA_ID = 999             | C06    | N
""")  # noqa: E501 - a table is read by its columns


@pytest.mark.parametrize("case", SETTLED, ids=lambda case: case["case"])
def test_k01_a_component_ends_with_one_manager_of_its_region(case: dict[str, str], small: sa.Engine) -> None:
    moving = pl.DataFrame({"kind": ["OM"], "component_ref": ["2500000001"], "region": [case["region"]]})
    numbers = moving.select("kind", "component_ref", pl.lit(2500000001).alias("component_id"))
    with transaction(small, dry_run=True) as connection:
        if case["change"]:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql(case["change"])
        settled = settled_components(connection, moving, {"OM": ("OFFENDER_MANAGER", "offender_id")}, numbers)
    assert settled["is_settled"].to_list() == [case["settled"] == "Y"]


ROWS = drawn("""
case                   | outcomes                         | carried | set aside | not in scope | closes
one of each            | carried set_aside not_in_scope   | 1       | 1         | 1            | Y
a row is lost          | carried carried                  | 2       | 0         | 0            | N
""")


@pytest.mark.parametrize("case", ROWS, ids=label)
def test_k02_every_row_has_one_outcome(case: dict[str, str], tmp_path: Path) -> None:
    cases = [{"row_outcome": outcome} for outcome in case["outcomes"].split()]
    batch = batch_of("C06", delius={"event": cases})
    workspace = Workspace(tmp_path, tmp_path, "sqlite://", "day-1")
    received = {"files": [{"export": "delius", "file": "C06_delius_event", "rows": 3}], "unread": []}
    finish(begin(workspace.stage_folder("C06", "receive")), received)
    (account,) = file_accounts(workspace, batch)
    counts = (account.carried, account.set_aside, account.not_in_scope)
    assert counts == (int(case["carried"]), int(case["set aside"]), int(case["not in scope"]))
    assert account.closes is (case["closes"] == "Y")


def test_k02_a_row_with_two_outcomes_leaves_the_account_open(tmp_path: Path) -> None:
    batch = batch_of("C06", delius={"event": [{}, {}]})
    other = batch.all("delius", "event").head(1).with_columns(pl.lit("set_aside").alias("row_outcome"))
    batch.frames["delius"]["again"] = other
    workspace = Workspace(tmp_path, tmp_path, "sqlite://", "day-1")
    received = {"files": [{"export": "delius", "file": "C06_delius_event", "rows": 2}], "unread": []}
    finish(begin(workspace.stage_folder("C06", "receive")), received)
    assert not file_accounts(workspace, batch)[0].closes


SOURCE = drawn("""
case                   | order_ref | order_id | region | ordered | credited | adjusted | is_listed
as it was              | 1         | 1        | N51    | 6000    | 1200     | 60       |
done beyond the order  | 2         | 2        | N51    | 2400    | 2500     | 0        |
lost, and listed       | 3         | 3        | N51    | 3000    | 600      | 0        | Y
in another region      | 4         | 4        | N50    | 4800    | 0        | -60      |
""")
TARGET = drawn("""
order_id | region | ordered | credited | adjusted
1        | N51    | 6000    | 1200     | 60
2        | N51    | 2400    | 2500     | 0
4        | N50    | 4800    | 0        | -60
""")


def work_totals(target: Cases) -> dict[tuple[str, str], Total]:
    source = typed(SOURCE, {**ORDERS, **MINUTES, "is_listed": pl.Boolean})
    rows = typed(target, {"order_id": pl.Int64, "region": pl.String, **MINUTES})
    return {(total.name, total.scope): total for total in upw_totals(source, rows, "C06")}


def test_k03_minutes_agree_apart_from_listed_rows() -> None:
    totals = work_totals(TARGET)
    assert totals["upw_minutes_ordered", "C06"] == Total("upw_minutes_ordered", "C06", 16200, 13200, 3000)
    assert totals["upw_minutes_credited", "N51"] == Total("upw_minutes_credited", "N51", 4300, 3700, 600)
    assert totals["upw_minutes_adjusted", "N50"] == Total("upw_minutes_adjusted", "N50", -60, -60, 0)
    assert all(total.agrees for total in totals.values())


def test_k03_remaining_is_never_below_zero() -> None:
    remaining = work_totals(TARGET)["upw_minutes_remaining", "N51"]
    assert (remaining.source, remaining.target) == (4740 + 0 + 2400, 4740)


def test_k03_a_lost_minute_that_nobody_listed_is_told() -> None:
    target = [dict(TARGET[0], credited="1199"), *TARGET[1:]]
    differing = {name for (name, scope), total in work_totals(target).items() if not total.agrees}
    assert differing == {"upw_minutes_credited", "upw_minutes_remaining"}


def test_k03_an_order_that_came_from_nowhere_is_told() -> None:
    extra = {"order_id": "9", "region": "N51", "ordered": "2400", "credited": "0", "adjusted": "0"}
    assert not work_totals([*TARGET, extra])["upw_minutes_ordered", "N51"].agrees


MOVING = drawn("""
case               | kind | component_ref | person_id | region | is_settled
settled            | OM   | 1             | 1         | N51    | Y
settled            | RQ   | 11            | 1         | N51    | Y
settled            | OM   | 2             | 2         | N50    | Y
""")
STAYS = drawn("""
case               | person_id | region
held, listed       | 3         | N51
one of two stays   | 1         | N51
""")


def moving(*changed: dict[str, str]) -> pl.DataFrame:
    names = {"kind": pl.String, "component_ref": pl.String, "person_id": pl.String, "region": pl.String}
    return typed([*changed, *MOVING[len(changed) :]], {**names, "is_settled": pl.Boolean})


def test_k04_persons_agree_apart_from_those_who_stay() -> None:
    stays = typed(STAYS, {"person_id": pl.String, "region": pl.String})
    totals = person_totals(moving(), stays, "C06")
    assert totals == [
        Total("persons", "C06", 3, 2, 1),
        Total("persons", "N50", 1, 1, 0),
        Total("persons", "N51", 2, 1, 1),
    ]
    assert all(total.agrees for total in totals)


def test_k04_a_person_who_did_not_arrive_is_told() -> None:
    stays = typed(STAYS, {"person_id": pl.String, "region": pl.String})
    lost = [dict(row, is_settled="N") for row in MOVING]
    assert not person_totals(moving(*lost), stays, "C06")[0].agrees


MOVES = (
    Move("OM", "N51", transferred=1, opened=0, left_behind=1),
    Move("OM", "N50", 0, 1, 0),
    Move("RQ", "N51", 1, 0, 0),
)


def test_k04_components_agree_by_kind_and_region() -> None:
    totals = {(total.name, total.scope): total for total in component_totals(MOVES, moving(), "C06")}
    assert totals["components_OM", "C06"] == Total("components_OM", "C06", 3, 2, 1)
    assert totals["components_RQ", "N51"] == Total("components_RQ", "N51", 1, 1, 0)
    assert all(total.agrees for total in totals.values())


def test_k04_a_component_that_is_not_settled_is_told() -> None:
    unsettled = dict(MOVING[0], is_settled="N")
    totals = {(total.name, total.scope): total for total in component_totals(MOVES, moving(unsettled), "C06")}
    assert not totals["components_OM", "N51"].agrees


def test_k04_restricted_persons_are_the_same_before_and_after() -> None:
    assert all(total.agrees for total in scoped("restricted_persons", [("N51", 2, 2, 0)], "C06"))
    assert not any(total.agrees for total in scoped("restricted_persons", [("N51", 2, 1, 0)], "C06"))
