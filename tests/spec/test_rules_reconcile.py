"""K01 and K02: what must be true after the load, drawn as tables. The target is a real database."""

import shutil
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from drawn_tables import drawn, label

from pipeline.figures.deleted_rows import deleted_rows
from pipeline.figures.row_account import file_accounts
from pipeline.storage.store import commit_stage, start_stage
from pipeline.workspace import Workspace
from reconcile.proofs.left import find_left
from reports.data import FileAccount
from target.database import connect, transaction
from target.load import load
from tests.spec.drawn_batch import batch_of
from tests.unit.target.small_plan import PLAN
from tests.unit.target.small_target import fill

DAY_1 = "2021-06-26 00:00:00"


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A target with one person of C06 and one of N51, after the load of C06."""
    path = tmp_path_factory.mktemp("small") / "target.db"
    engine = connect(f"sqlite:///{path}")
    fill(engine)
    with transaction(engine) as connection:
        load(connection, PLAN, "one")
        connection.exec_driver_sql(f"UPDATE RESTRICTION SET RESTRICTION_END_DATE = '{DAY_1}'")
    engine.dispose()
    return path


@pytest.fixture
def small(small_file: Path, tmp_path: Path) -> sa.Engine:
    shutil.copy(small_file, tmp_path / "target.db")
    return connect(f"sqlite:///{tmp_path}/target.db")


KEYS = {"officer": "RESPONSIBLE_OFFICER", "order": "UPW_DETAILS", "restriction": "RESTRICTION"}
LEFT = drawn("""
case                             | change                                                                          | left
as it stands                     |                                                                                 |
manager opened again             | UPDATE OFFENDER_MANAGER SET ACTIVE_FLAG = 1                                     | OFFENDER_MANAGER 2500002001
manager opened again, deleted    | UPDATE OFFENDER_MANAGER SET ACTIVE_FLAG = 1, SOFT_DELETED = 1                   |
future contact at the old team   | UPDATE CONTACT SET TEAM_ID = 2500004001                                         | CONTACT 2500003301
past contact at the old team     | UPDATE CONTACT SET TEAM_ID = 2500004001, CONTACT_DATE = '2021-06-25 00:00:00'   |
pending transfer                 | UPDATE OFFENDER SET PENDING_TRANSFER = 1                                        | OFFENDER 2500000001
officer responsible by the old manager | UPDATE RESPONSIBLE_OFFICER SET OFFENDER_MANAGER_ID = 2500002001           | RESPONSIBLE_OFFICER {officer}
live order at the old team       | UPDATE UPW_DETAILS SET TEAM_ID = 2500004001                                     | UPW_DETAILS {order}
restriction for an old account   | UPDATE RESTRICTION SET RESTRICTION_END_DATE = NULL                              | RESTRICTION {restriction}
restriction that ends later      | UPDATE RESTRICTION SET RESTRICTION_END_DATE = '2021-12-31 00:00:00'             | RESTRICTION {restriction}
""")  # noqa: E501 - a table is read by its columns


@pytest.mark.parametrize("case", LEFT, ids=lambda case: case["case"])
def test_k01_nothing_stays_with_the_company(case: dict[str, str], small: sa.Engine) -> None:
    with transaction(small, dry_run=True) as connection:
        if case["change"]:
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            connection.exec_driver_sql(case["change"])
        keys = {
            name: connection.exec_driver_sql(f"SELECT {table}_ID FROM {table}").scalar_one()
            for name, table in KEYS.items()
        }
        found = find_left(connection)
    wanted = [tuple(case["left"].format(**keys).split())] if case["left"] else []
    assert found.select("table", "key").rows() == wanted
    assert set(found["company"]) <= {"C06"}


ACCOUNTS = drawn("""
case                            | outcomes                         | places                              | closes
one of each outcome             | carried set_aside not_in_scope   | written 1                           | Y
a row is lost                   | carried carried                  | written 2                           | N
one in each place               | carried carried carried          | written 1 already_there 1 list_only 1 | Y
a carried row is nowhere        | carried carried carried          | written 2 unproven 1                | N
a carried row has no place      | carried carried carried          | written 2                           | N
a carried row is in two places  | carried carried set_aside        | written 2 list_only 1               | N
nothing is carried              | set_aside set_aside not_in_scope |                                     | Y
""")  # noqa: E501


def account(tmp_path: Path, outcomes: list[str], places: dict[str, int]) -> FileAccount:
    """The account of a file of three rows."""
    batch = batch_of("C06", delius={"event": [{"row_outcome": outcome} for outcome in outcomes]})
    workspace = Workspace(tmp_path, tmp_path, "sqlite://", "day-1")
    received = {"files": [{"export": "delius", "file": "C06_delius_event", "rows": 3}], "unread": []}
    commit_stage(start_stage(workspace.stage_folder("C06", "receive")), received)
    nothing = deleted_rows(workspace, None)  # type: ignore[arg-type]  # a full cycle deletes nothing
    (found,) = file_accounts(workspace, batch, {"C06_delius_event": places}, nothing)
    return found


@pytest.mark.parametrize("case", ACCOUNTS, ids=label)
def test_k02_every_row_has_one_outcome_and_every_carried_row_one_place(
    case: dict[str, str], tmp_path: Path
) -> None:
    outcomes, words = case["outcomes"].split(), case["places"].split()
    places = dict(zip(words[::2], map(int, words[1::2]), strict=True))
    found = account(tmp_path, outcomes, places)
    counts = (found.carried, found.set_aside, found.not_in_scope)
    assert counts == tuple(outcomes.count(one) for one in ("carried", "set_aside", "not_in_scope"))
    assert found.closes is (case["closes"] == "Y")


def test_k02_a_row_with_two_outcomes_leaves_the_account_open(tmp_path: Path) -> None:
    batch = batch_of("C06", delius={"event": [{}, {}]})
    from_elsewhere = batch.all("delius", "event").head(1)
    batch.frames["delius"]["again"] = from_elsewhere.with_columns(row_outcome=pl.lit("set_aside"))
    workspace = Workspace(tmp_path, tmp_path, "sqlite://", "day-1")
    received = {"files": [{"export": "delius", "file": "C06_delius_event", "rows": 2}], "unread": []}
    commit_stage(start_stage(workspace.stage_folder("C06", "receive")), received)
    nothing = deleted_rows(workspace, None)  # type: ignore[arg-type]
    assert not file_accounts(workspace, batch, {"C06_delius_event": {"written": 2}}, nothing)[0].closes
