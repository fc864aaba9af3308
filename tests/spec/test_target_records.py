"""The records against the dictionary and the source words: complete, and nothing that does not exist."""

import pytest

from target.schema.record import filled_tables, record, reference_list
from target.schema.shape import columns, table_names
from vocabulary.source import parts, source_words

FROM_SOURCE = [(table, entity) for table, entity in parts("delius").items()]
SUPPLIED_BESIDE = {
    ("TEAM", "pdu"),  # target.teams_and_officers places the team under the unit of its PDU
    ("OFFENDER_ADDRESS", "type"),  # its column came in 2022 (target/dictionary/later.csv)
}
"""Words of the baseline that reach the target by another way than a line of the record."""


@pytest.mark.parametrize("table", filled_tables())
def test_every_mandatory_column_without_default_has_a_line(table: str) -> None:
    filled = {fill.column for fill in record(table)}
    mandatory = {
        name for name, column in columns(table).items() if not column.is_nullable and not column.default
    }
    assert mandatory - filled == set()


@pytest.mark.parametrize("table", filled_tables())
def test_every_line_fills_a_column_of_the_dictionary_once(table: str) -> None:
    named = [fill.column for fill in record(table)]
    assert set(named) <= set(columns(table))
    assert len(named) == len(set(named))


@pytest.mark.parametrize("table", filled_tables())
def test_every_reference_leads_to_a_table_that_is_filled(table: str) -> None:
    for fill in record(table):
        if fill.fill == "ref":
            assert fill.list_name in filled_tables(), fill
        if fill.fill in ("code", "either"):
            assert reference_list(fill.list_name).table in filled_tables(), fill


@pytest.mark.parametrize(("table", "entity"), FROM_SOURCE)
def test_every_word_of_the_baseline_reaches_the_target(table: str, entity: str) -> None:
    words = {word.name for word in source_words("delius")[entity]}
    used = {fill.word for fill in record(table)} | {fill.when for fill in record(table)}
    missing = {word for word in words - used if (table, word) not in SUPPLIED_BESIDE}
    assert missing <= {"event_id"} if table == "COURT_REPORT" else missing == set()


def test_every_filled_table_is_in_the_dictionary() -> None:
    assert set(filled_tables()) <= set(table_names())
