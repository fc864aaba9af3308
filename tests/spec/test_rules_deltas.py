"""T08: what a row of a delta says it is, drawn as a table; the stages and the proofs judge it apart."""

from pathlib import Path

import polars as pl
import pytest
from drawn_tables import drawn, label

from reconcile.sources.deltas import Delivered, state_after, wrongly_told
from validators.delta_rows import plain_key, wrong_changes

EXPORT, ENTITY, KEY = "upw", "upw_session", "session_ref"
BEFORE = ("SE-1", "SE-2", "7.0")

ROWS = drawn("""
case                               | change | session_ref | rules
a new key is added                 | A      | SE-9        |
a key that is there is added       | A      | SE-1        | T08
a key that is there is changed     | C      | SE-1        |
a key that is there is deleted     | D      | SE-2        |
a key that nobody had is changed   | C      | SE-8        | T08
a key that nobody had is deleted   | D      | SE-7        | T08
nothing is said                    |        | SE-2        | T08
something else is said             | U      | SE-2        | T08
a small letter                     | c      | SE-2        | T08
blanks stand around it             | C      |  SE-2       |
a number as a workbook writes it   | C      | 7           |
no key is deleted                  | D      |             | T08
""")


def delivered(folder: Path, cycle: str, rows: list[dict[str, str]], *, is_delta: bool) -> Delivered:
    """A delivery of sessions on disk."""
    place = folder / cycle / EXPORT / ENTITY
    place.mkdir(parents=True)
    schema = ["source_file", "source_row", KEY, *(["change"] if is_delta else [])]
    frame = pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in schema}, schema=dict.fromkeys(schema, pl.String)
    )
    frame.write_parquet(place / "000001.parquet")
    nothing = pl.DataFrame(schema=dict.fromkeys(("export", "source_file", "source_row"), pl.String))
    return Delivered(cycle, folder / cycle, nothing, is_delta, is_delta)


def row_of(number: int, key: str, change: str = "") -> dict[str, str]:
    """A session."""
    return {"source_file": "C06_upw.xlsx", "source_row": str(number), KEY: key, "change": change}


@pytest.mark.parametrize("case", ROWS, ids=label)
def test_a_delta_row_is_what_it_says(case: dict[str, str], tmp_path: Path) -> None:
    own = pl.DataFrame({"key": [case[KEY]], "change": [case["change"]]}, schema_overrides={"key": pl.String})
    keyed = own.with_columns(plain_key(pl.col("key")).alias("key"))
    known = pl.DataFrame({"key": BEFORE}).select(plain_key(pl.col("key"))).to_series()
    assert (wrong_changes(keyed, known).height == 1) == (case["rules"] == "T08")
    line = [
        delivered(
            tmp_path, "day-1", [row_of(number, key) for number, key in enumerate(BEFORE)], is_delta=False
        ),
        delivered(tmp_path, "delta-01", [row_of(1, case[KEY], case["change"])], is_delta=True),
    ]
    assert wrongly_told(line, EXPORT, ENTITY)["is_wrong"].to_list() == [case["rules"] == "T08"]


def test_a_key_that_comes_twice_is_refused_both_times() -> None:
    rows = pl.DataFrame({"key": ["SE-1", "SE-1", "SE-2"], "change": ["C", "D", "D"]})
    assert wrong_changes(rows, pl.Series(["SE-1", "SE-2"]))["change"].to_list() == ["C", "D"]


def test_the_proofs_lay_one_delivery_upon_the_other(tmp_path: Path) -> None:
    line = [
        delivered(
            tmp_path, "day-1", [row_of(2, "SE-1"), row_of(3, "SE-2"), row_of(4, "SE-3")], is_delta=False
        ),
        delivered(
            tmp_path,
            "delta-01",
            [row_of(2, "SE-9", "A"), row_of(3, "SE-1", "C"), row_of(4, "SE-2", "D")],
            is_delta=True,
        ),
    ]
    rows = state_after(line, EXPORT, ENTITY).select("source_file", "source_row", KEY).collect().rows()
    assert sorted(rows) == [
        ("C06_upw.xlsx", "2", "SE-9"),
        ("C06_upw.xlsx", "3", "SE-1"),
        ("day-1/C06_upw.xlsx", "4", "SE-3"),
    ]
