"""Under whom a diary row stands, and what an appointment says."""

import datetime as dt

import polars as pl
import pytest

from mappings.writes.appointments import assign_team_and_officer
from tests.spec.drawn_batch import ndelius

BASELINE = ndelius(team=[{"code": "C06U01", "area": "C06"}], staff=[{"officer": "C06A001"}])
LAST, DAY_1 = dt.date(2021, 6, 25), dt.date(2021, 6, 26)


@pytest.mark.parametrize(
    ("day", "team", "officer", "expected"),
    [
        (LAST, "C06U01", "C06A001", ("C06", "C06U01", "C06A001")),
        (LAST, "C06U01", None, ("C06", "C06U01", "C06U01U")),
        (LAST, "C06U01", "C06X999", ("C06", "C06U01", "C06U01U")),
        (LAST, "C06Z99", "C06A001", ("C06", "C06UAT", "C06A001")),
        (LAST, None, None, ("C06", "C06UAT", "C06UATU")),
        (DAY_1, "C06U01", "C06A001", ("N51", "N51W07", "N51W07U")),
        (DAY_1, None, None, ("N51", "N51UAT", "N51UATU")),
    ],
)
def test_a_row_keeps_its_people_until_day_1(
    day: dt.date, team: str | None, officer: str | None, expected: tuple[str, str, str]
) -> None:
    rows = pl.DataFrame(
        {"company": ["C06"], "region": ["N51"], "date": [day], "team": [team], "officer": [officer]},
        schema_overrides={"team": pl.String, "officer": pl.String},
    )
    assert assign_team_and_officer(rows, BASELINE).select("area", "team", "officer").row(0) == expected


def test_no_rows_have_an_area_too() -> None:
    rows = pl.DataFrame(
        schema={"company": pl.String, "region": pl.String, "date": pl.Date, "team": pl.String}
    )
    assert assign_team_and_officer(rows, BASELINE).columns == [*rows.columns, "area"]
