"""Who may be named for a restricted person, and how a new row refers to them."""

import datetime as dt

import polars as pl
import pytest

from mappings.staff.named_users import named_users, users_to_name
from vocabulary.batch import Batch
from vocabulary.decisions import ACCESS

ACCOUNTS = pl.DataFrame(
    {
        "login": ["Comes", "made", None],
        "user_id": [2, None, None],
        "is_new": [False, True, False],
        "new_officer": ["N51A001", "N51A002", "N51A003"],
    }
)
"""An account that moves, one that is made, and an officer whose login waits."""

ENDED = dt.date(2021, 1, 31)


def baseline() -> Batch:
    """Officers of the company and of a region, one without a team, logins in use and one that has ended."""
    frames = {
        "staff": pl.DataFrame(
            {
                "staff_id": [1, 2, 3],
                "area": ["C06", "N51", "N51"],
                "officer": ["C06A001", "N51B001", "N51B002"],
            }
        ),
        "user": pl.DataFrame(
            {
                "user_id": [1, 2, 3, 4, 5, 6],
                "user": ["leaves", "Comes", "region", "gone", "teamless", "service"],
                "staff_id": [1, 1, 2, 2, 3, None],
                "end_date": [None, None, None, ENDED, None, None],
            }
        ),
        "team": pl.DataFrame({"team_id": [5, 7, 8], "code": ["C06T05", "N51T07", "N51T08"]}),
        "staff_team": pl.DataFrame({"staff_id": [1, 2, 2], "team_id": [5, 8, 7]}),
    }
    carried = {
        name: rows.with_columns(pl.lit("carried").alias("row_outcome")) for name, rows in frames.items()
    }
    return Batch("N00", "day-1", dt.date(2021, 6, 25), {"delius": carried})


def named(login: str) -> list[tuple[object, ...]]:
    """What becomes of the answer `login`."""
    answers = pl.DataFrame({"company": ["C06"], "offender_id": ["9"], "answer": [login]})
    batch = Batch("C06", "day-1", dt.date(2021, 6, 25), decided={ACCESS: answers})
    return named_users(batch, baseline(), ACCOUNTS).rows()


def test_who_comes_along_or_is_in_a_region_may_be_named() -> None:
    assert users_to_name(baseline(), ACCOUNTS)["user"].to_list() == ["Comes", "made", "region"]


@pytest.mark.parametrize("login", ["Comes", "comes"])
def test_an_account_that_moves_is_named_by_its_number_under_the_new_officer(login: str) -> None:
    assert named(login) == [(9, "2", "staff:N51A001", None)]


def test_an_account_that_is_made_is_named_by_the_new_officer() -> None:
    assert named("made") == [(9, "user:N51A002", "staff:N51A002", None)]


def test_a_user_of_a_region_is_named_by_account_officer_and_first_team() -> None:
    assert named("region") == [(9, "3", "2", "N51T07")]


@pytest.mark.parametrize("login", ["leaves", "gone", "teamless", "service", "nobody"])
def test_who_cannot_log_in_after_day_1_is_no_answer(login: str) -> None:
    assert named(login) == []


def test_without_answers_nobody_is_named() -> None:
    batch = Batch("C06", "day-1", dt.date(2021, 6, 25))
    assert named_users(batch, baseline(), ACCOUNTS).is_empty()
