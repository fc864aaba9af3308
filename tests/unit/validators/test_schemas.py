"""The schemas derived from the dictionary catch bad rows through our own entry point, and show no value."""

import datetime as dt
from typing import Any

import pandera.polars
import polars as pl
import pytest

from validators.demands import Demand, demands
from validators.schemas import _gate, canonical, check_records, column_failures
from vocabulary.errors import ConfigError

DAY = dt.date(2021, 6, 26)


def person(**words: Any) -> pl.DataFrame:
    """One good new person, with `words` instead of its own."""
    good: dict[str, Any] = {
        "natural_key": "person:1",
        "export": "spg",
        "source_file": "C17_spg.xml",
        "source_row": "1",
        "first_name": "Qxelan",
        "surname": "Zzbramwick",
        "date_of_birth": dt.date(1985, 3, 14),
        "gender": "M",
        "is_restricted": False,
    }
    return pl.DataFrame([good | words])


def failures(table: str, frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    """(row, column, check) of everything that is wrong."""
    return check_records(table, frame).rows()


def test_a_good_row_has_no_failure() -> None:
    assert failures("OFFENDER", person()) == []


def test_text_that_is_too_long_is_caught() -> None:
    assert [found[:2] for found in failures("OFFENDER", person(surname="Z" * 36))] == [(0, "surname")]


def test_length_counts_characters_not_bytes() -> None:
    assert failures("OFFENDER", person(surname="É" * 35)) == []


def test_a_blank_in_a_mandatory_column_is_caught() -> None:
    assert failures("OFFENDER", person(gender=None)) == [(0, "gender", "not_nullable")]


def test_a_mandatory_word_that_is_not_there_is_caught() -> None:
    assert failures("OFFENDER", person().drop("surname")) == [(None, "surname", "column_in_dataframe")]


def test_a_word_with_a_default_may_be_blank() -> None:
    assert failures("OFFENDER", person(is_restricted=None)) == []


def test_a_wrong_type_is_caught() -> None:
    assert (None, "date_of_birth", "dtype('Datetime(time_unit='us', time_zone=None)')") in failures(
        "OFFENDER", person(date_of_birth="14/03/1985")
    )


def test_the_second_of_two_rows_is_named() -> None:
    both = pl.concat(
        [person(), person(natural_key="person:2", noms_number="TOOLONG1").select(person().columns)]
    )
    longer = both.with_columns(pl.Series("noms_number", ["A1234ZZ", "A1234ZZZZ"]))
    assert [found[:2] for found in failures("OFFENDER", longer)] == [(1, "noms_number")]


def test_equal_natural_keys_are_caught() -> None:
    twice = pl.concat([person(), person()])
    assert [found[2] for found in failures("OFFENDER", twice)] == ["field_uniqueness"] * 2


def test_no_value_of_a_row_is_in_the_failures() -> None:
    assert "Zz" not in str(failures("OFFENDER", person(surname="Zz" * 30)))


def test_a_word_the_record_does_not_know_is_refused() -> None:
    with pytest.raises(ConfigError, match="shoe_size"):
        check_records("OFFENDER", person(shoe_size=9))


def manager(**words: Any) -> pl.DataFrame:
    """One good new report manager, with `words` instead of its own."""
    good: dict[str, Any] = {
        "natural_key": "CR:1",
        "export": "delius",
        "source_file": "f",
        "source_row": "2",
        "event_id": "1",
        "court_report_id": "1",
        "institutional_report_id": None,
        "area": "N51",
        "team": "N51A01",
        "officer": "N51A01U",
        "start_date": DAY,
        "end_date": None,
        "is_active": True,
    }
    return pl.DataFrame([good | words])


def test_a_manager_of_two_reports_is_caught() -> None:
    found = failures("REPORT_MANAGER", manager(institutional_report_id="2"))
    assert found == [(0, "court_report_id;institutional_report_id", "exactly_one")]


def test_an_active_manager_with_an_end_date_is_caught() -> None:
    assert failures("REPORT_MANAGER", manager(end_date=DAY)) == [(0, "is_active;end_date", "zero_when_set")]


def test_an_end_before_the_start_is_caught() -> None:
    found = failures("REPORT_MANAGER", manager(end_date=dt.date(2021, 6, 1), is_active=False))
    assert found == [(0, "start_date;end_date", "not_after")]


def test_an_amount_of_zero_is_caught() -> None:
    adjustment = pl.DataFrame(
        {
            "natural_key": ["a"],
            "export": ["spg"],
            "source_file": ["f"],
            "source_row": ["1"],
            "upw_order_id": ["1"],
            "amount": [0],
            "direction": ["POSITIVE"],
            "reason": ["TTX"],
        }
    )
    assert [found[:2] for found in failures("UPW_ADJUSTMENT", adjustment)] == [(0, "amount")]


BROKEN: dict[str, list[Any]] = {
    "surname": [None, "Z" * 36],
    "first_name": [None, "É" * 36],
    "gender": [None],
    "date_of_birth": [None, "14/03/1985"],
    "natural_key": [None],
    "source_file": [None],
    "source_row": [7.5],
    "crn": ["TOOLONG1"],
    "noms_number": ["A1234ZZZZ"],
}
"""Word to values that break what the dictionary demands of it, and some that do not."""


@pytest.mark.parametrize(("word", "value"), [(word, value) for word in BROKEN for value in BROKEN[word]])
def test_one_check_over_all_columns_misses_nothing_that_one_for_each_finds(word: str, value: object) -> None:
    broken = person(**{word: value})
    rows = canonical("OFFENDER", broken)
    whole = column_failures(demands("OFFENDER", tuple(rows.columns)), rows)
    assert check_records("OFFENDER", broken).equals(whole.sort("column", "check", "row"))


def test_every_batch_passes_through_pandera(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    validate = pandera.polars.DataFrameSchema.validate

    def watched(schema: Any, frame: pl.DataFrame, **given: Any) -> Any:
        seen.append(frame.height)
        return validate(schema, frame, **given)

    monkeypatch.setattr(pandera.polars.DataFrameSchema, "validate", watched)
    assert failures("OFFENDER", person()) == []
    assert seen == [1]


def test_a_batch_that_only_the_check_over_all_columns_refuses_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    always = pl.lit(True)
    monkeypatch.setattr(Demand, "broken", lambda _, word: always.alias(word))
    _gate.cache_clear()
    assert failures("OFFENDER", person()) == [(None, "", "as demanded")]
    _gate.cache_clear()
