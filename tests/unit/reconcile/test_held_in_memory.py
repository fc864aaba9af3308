"""Of a nation the proofs hold what they look at: one company, what is asked for, a slice of changes."""

import weakref
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from loaded_target import loaded

from reconcile.prove import prove_all
from reconcile.sources.delivery import Delivery
from reconcile.sources.text_frames import TextFrames, scan_of
from reconcile.target.key_set import KeySet
from reconcile.target.rows import read_columns
from tests.unit.reconcile.text_world import baseline, country_of, delivery


def test_a_delivery_is_let_go_before_the_next_is_read(target: sa.Engine, tmp_path: Path) -> None:
    gone: list[bool] = []

    def deliveries() -> Iterator[Delivery]:
        first = delivery("C06", delius={})
        watch = weakref.ref(first)
        yield first
        del first
        gone.append(watch() is None)

    with loaded(target, tmp_path) as (connection, snapshot):
        found = prove_all(country_of(baseline(), connection, snapshot), deliveries(), "day-1")
    assert list(found.looked) == ["C06"]
    assert gone == [True]


def test_of_contacts_only_what_is_asked_for_is_read_and_nothing_kept() -> None:
    read: list[str] = []

    def watched(name: str) -> pl.Expr:
        def told(values: pl.Series) -> pl.Series:
            read.append(name)
            return values

        return pl.col(name).map_batches(told, return_dtype=pl.String)

    rows = pl.LazyFrame({"contact_id": ["1"], "notes": ["Zz"]})
    scan = rows.with_columns(watched("contact_id"), watched("notes"))
    frames = TextFrames({"contact": scan, "event": scan})
    assert scan_of(frames, "contact").select("contact_id").collect().rows() == [("1",)]
    assert read == ["contact_id"]
    assert frames["contact"].rows() == frames["event"].rows() == [("1", "Zz")]
    assert list(frames.kept) == ["event"]


@pytest.mark.parametrize(
    ("known", "asked", "found"),
    [
        (["3", "1"], ["1", "2", "3", "01", "x", None], ["1", "3"]),
        (["01", "x"], ["1", "01", "x"], ["01", "x"]),
        ([], ["1"], []),
    ],
)
def test_keys_are_found_as_they_are_written(
    known: list[str], asked: list[str | None], found: list[str]
) -> None:
    keys = pl.Series(asked, dtype=pl.String)
    assert keys.filter(KeySet.of(pl.Series(known, dtype=pl.String)).holds(keys)).to_list() == found


def test_columns_are_the_same_in_parts(
    target: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with loaded(target, tmp_path) as (connection, _):
        whole = read_columns(connection, "TEAM", ["CODE"])
        monkeypatch.setattr("reconcile.target.rows.SHORT_ROWS_AT_A_TIME", 1)
        assert whole.height > 1
        assert read_columns(connection, "TEAM", ["CODE"]).equals(whole)
