"""Whose restrictions are looked at: nDelius says, a held person stays whole, a sent row is told as sent."""

import polars as pl
import pytest

from mappings.allocation.regions import person_regions
from mappings.case.case_model import CaseModel
from mappings.staff.accounts import NEW_ACCOUNT_SCHEMA
from mappings.staff.restricted_persons import judged_access, taken_accounts
from tests.spec.drawn_batch import batch_of, ndelius
from vocabulary.batch import Batch

COMPANY, HUB, TEAM = "C04", "C04H01", "C04S01"
NOBODY = pl.DataFrame(schema=NEW_ACCOUNT_SCHEMA)
NO_MOVES = pl.Series("user_id", [], pl.Int64)
ROWS = [
    {"restriction_id": "1", "offender_id": "1", "user": "zz.leaves"},
    {"restriction_id": "2", "offender_id": "1", "user": "zz.region"},
]


def baseline(team: str) -> Batch:
    """One restricted person, managed by `team`, whom nothing but the team gives a region."""
    return ndelius(
        offender=[{"offender_id": "1"}],
        offender_manager=[
            {"manager_id": "1", "offender_id": "1", "area": COMPANY, "team": team, "is_active": "Y"}
        ],
        staff=[{"staff_id": "1", "area": COMPANY}, {"staff_id": "2", "area": "N55"}],
        user=[
            {"user_id": "1", "staff_id": "1", "user": "zz.leaves"},
            {"user_id": "2", "staff_id": "2", "user": "zz.region"},
        ],
        restriction=ROWS,
    )


def judged(team: str, sent: list[dict[str, str]]) -> pl.DataFrame:
    model = CaseModel(batch_of(COMPANY, delius={"restriction": sent}), baseline(team))
    return judged_access(model, "restriction", NOBODY, NO_MOVES, person_regions(model).held)


@pytest.mark.parametrize(("team", "access"), [(TEAM, ["ends", "stays"]), (HUB, [])], ids=["moves", "held"])
def test_a_held_person_stays_with_every_row(team: str, access: list[str]) -> None:
    assert judged(team, ROWS)["access"].to_list() == access


def test_a_row_that_was_never_sent_is_told_by_the_baseline() -> None:
    found = judged(TEAM, ROWS[1:])
    assert found["source_file"].str.head(3).to_list() == ["N00", COMPANY]
    assert found["company"].to_list() == [COMPANY, COMPANY]


def test_a_company_learns_which_of_its_accounts_another_takes() -> None:
    """The account of nobody's region is no company's to lose, and an own one is no other's."""
    moving = [("C06", 1), ("C06", None), ("C04", 1), ("C06", 3)]
    accounts = pl.DataFrame(moving, schema=["company", "user_id"], orient="row")
    assert taken_accounts(baseline(TEAM), accounts).rows() == [(1, COMPANY)]
