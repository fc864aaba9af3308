"""Which rows of the baseline nDelius cannot hold, said a second time from its text."""

import polars as pl
import pytest

from reconcile.sources.dangling import without_dangling, without_named

CODES = {"team": pl.Series(["N51A01"]), "officer": pl.Series(["N51A001"]), "user": pl.Series(["zed"])}


@pytest.mark.parametrize(
    ("team", "officer", "is_kept"),
    [
        ("N51A01", "N51A001", True),
        ("N51Z99", "N51A001", False),
        ("N51A01", "N51Z999", False),
        ("N51A01", "N51A01U", True),
        ("N51UAT", "N51UATU", True),
        (None, "N51A001", True),
        (None, None, True),
    ],
)
def test_a_row_names_a_team_and_an_officer_that_are_there(
    team: str | None, officer: str | None, is_kept: bool
) -> None:
    rows = pl.DataFrame(
        {"team": [team], "officer": [officer]}, schema=dict.fromkeys(["team", "officer"], pl.String)
    )
    assert without_dangling("contact", rows, CODES).is_empty() != is_kept


def test_what_names_a_row_that_is_gone_is_gone() -> None:
    frames = {"responsible_officer": pl.DataFrame({"manager_id": ["1", "2", None]})}
    gone = {"offender_manager": pl.DataFrame({"manager_id": ["1"]})}
    assert without_named(frames, gone)["responsible_officer"]["manager_id"].to_list() == ["2", None]
