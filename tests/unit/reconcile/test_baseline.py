"""nDelius on the evening before, laid down on disk, and the share of it that a company's proof looks at."""

from pathlib import Path

import polars as pl
import pytest
from text_world import Cases, baseline

from reconcile.sources.baseline import Baseline, read_baseline
from reconcile.sources.evidence import KEYS
from vocabulary.source import source_words

ORDERS: dict[str, Cases] = {
    "offender": [{"offender_id": "1"}, {"offender_id": "2"}, {"offender_id": "3", "is_deleted": "1"}],
    "event": [
        {"event_id": "11", "offender_id": "1"},
        {"event_id": "12", "offender_id": "2"},
        {"event_id": "13", "offender_id": "3"},
    ],
    "disposal": [{"disposal_id": "21", "offender_id": "1", "event_id": "11"}],
    "upw_order": [{"upw_order_id": "31", "offender_id": "1", "disposal_id": "21"}],
    "upw_adjustment": [{"upw_adjustment_id": "41", "upw_order_id": "31"}],
    "order_manager": [
        {"manager_id": "51", "event_id": "11", "officer": "N51A001"},
        {"manager_id": "52", "event_id": "12", "officer": "N51Z999"},
    ],
    "restriction": [{"restriction_id": "61", "offender_id": "2"}],
    "staff": [{"staff_id": "71", "officer": "N51A001"}],
    "contact": [{"contact_id": "81", "offender_id": "1", "notes": "Said so."}],
}


def laid_down(place: Path, **changed: Cases) -> Baseline:
    """The tables as extract leaves them, read from there."""
    for entity, frame in baseline(**(ORDERS | changed)).items():
        folder = place / "extract" / "delius" / entity
        folder.mkdir(parents=True)
        frame.drop("row_outcome", "date_system").write_parquet(folder / "000001.parquet")
    return read_baseline(place / "extract", place / "settled")


def keys(share: Baseline, entity: str, word: str) -> list[str]:
    return share[entity][word].to_list()


def test_what_hangs_below_a_deleted_row_is_gone(tmp_path: Path) -> None:
    assert keys(laid_down(tmp_path), "event", "event_id") == ["11", "12"]


def test_what_names_an_officer_whom_nobody_has_is_gone(tmp_path: Path) -> None:
    assert keys(laid_down(tmp_path), "order_manager", "manager_id") == ["51"]


def test_entities_have_the_words_that_the_proofs_read(tmp_path: Path) -> None:
    whole = laid_down(tmp_path)
    assert set(whole) == set(source_words("delius"))
    assert "notes" not in whole["contact"].columns
    assert {"offender_id", "source_row", "date_system"} < set(whole["contact"].columns)


@pytest.mark.parametrize(
    ("entity", "word", "of_first", "of_second"),
    [
        ("event", "event_id", ["11"], ["12"]),
        ("order_manager", "manager_id", ["51"], []),  # by the event it hangs on
        ("upw_adjustment", "upw_adjustment_id", ["41"], []),
        ("restriction", "restriction_id", ["61"], ["61"]),  # everybody's, for a login may be any company's
        ("staff", "staff_id", ["71"], ["71"]),
    ],
)
def test_a_share_has_the_rows_of_its_persons(
    tmp_path: Path, entity: str, word: str, of_first: list[str], of_second: list[str]
) -> None:
    whole = laid_down(tmp_path)
    assert keys(whole.share(pl.Series(["1"])), entity, word) == of_first
    assert keys(whole.share(pl.Series(["2"])), entity, word) == of_second


def test_a_row_that_hangs_on_another_persons_row_brings_that_person(tmp_path: Path) -> None:
    whole = laid_down(tmp_path, disposal=[{"disposal_id": "21", "offender_id": "1", "event_id": "12"}])
    assert keys(whole.share(pl.Series(["1"])), "event", "event_id") == ["11", "12"]
    assert keys(whole.share(pl.Series(["2"])), "disposal", "disposal_id") == ["21"]


def test_what_hangs_on_a_key_that_two_persons_bear_is_in_every_share(tmp_path: Path) -> None:
    twice = [{"event_id": "11", "offender_id": "1"}, {"event_id": "11", "offender_id": "2"}]
    whole = laid_down(tmp_path, event=twice)
    assert keys(whole.share(pl.Series(["2"])), "order_manager", "manager_id") == ["51"]


def test_a_key_names_its_person(tmp_path: Path) -> None:
    whole = laid_down(tmp_path)
    assert whole.owners({"event_id": pl.Series(["12", "99"])}).to_list() == ["2"]
    assert whole.owners({"upw_order_id": pl.Series(["31"])}).to_list() == ["1"]


def test_keys_of_deliveries_are_keys_of_entities() -> None:
    """A word that stands for no entity would be looked up nowhere, without a word."""
    assert {word.removesuffix("_id") for word in KEYS} <= set(source_words("delius"))
