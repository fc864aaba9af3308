"""Every column is spoken of, and one that is not is refused."""

import polars as pl
import pytest

from pseudonyms.columns import CODED, KEEP, TREATMENTS, treatment_of
from vocabulary import resources
from vocabulary.errors import ConfigError
from vocabulary.fields import all_fields
from vocabulary.resources import text_table

FIELDS = [tuple(row) for row in all_fields().select("export", "entity", "field", "type").iter_rows()]
LINES = text_table("pseudonyms", "columns.csv")


def test_every_field_of_every_export_is_spoken_of() -> None:
    said = {treatment_of(export, entity, field) for export, entity, field, _ in FIELDS}
    assert said <= {*TREATMENTS}


def test_no_line_speaks_of_a_field_that_there_is_not_or_that_is_coded() -> None:
    known = {(entity, field) for _, entity, field, kind in FIELDS if not kind.startswith(CODED)}
    known |= {("*", field) for _, field in known}
    lines = [*zip(LINES["entity"], LINES["field"], strict=True)]
    assert [line for line in lines if line not in known] == []
    assert len(lines) == len({*lines})


@pytest.mark.parametrize("word", ["name", "surname", "crn", "birth", "postcode", "street", "note", "login"])
def test_no_field_that_sounds_like_a_person_is_kept(word: str) -> None:
    organisations = {("team", "name"), ("property", "name"), ("rar_activity", "activity_name")}
    kept = {
        (entity, field) for export, entity, field, _ in FIELDS if treatment_of(export, entity, field) == KEEP
    }
    assert {(entity, field) for entity, field in kept if word in field} - organisations == set()


def test_a_field_that_nobody_has_spoken_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    without = LINES.filter(pl.col("field") != "surname")
    monkeypatch.setattr("pseudonyms.columns.text_table", lambda *_: without)
    with pytest.raises(ConfigError, match=r"does not say how offender\.surname of export delius is treated"):
        treatment_of("delius", "offender", "surname")
    assert resources.text_table("pseudonyms", "columns.csv").height == without.height + 1


def test_a_treatment_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = LINES.with_columns(treatment=pl.lit("blank it"))
    monkeypatch.setattr("pseudonyms.columns.text_table", lambda *_: other)
    with pytest.raises(ConfigError, match="Add a line with one of authority, birth"):
        treatment_of("delius", "offender", "surname")
