"""Rows judged by themselves: who is judged, and what the baseline is spared."""

import datetime as dt
from typing import NamedTuple

import polars as pl

from extractors.blocks import EntityText
from pipeline.stages.map_entity import EntityMap, Found, Task
from tests.spec.valid_rows import text_rows
from vocabulary.findings import findings_of, no_findings

EXTRACT = dt.date(2021, 6, 25)
NUMBERS = dict.fromkeys(("pnc_number", "cro_number", "noms_number", "ni_number"), "")
PERSON = {"crn": "X500123", "is_deleted": "0", **NUMBERS}


class Mapped(NamedTuple):
    """The typed rows, and what was found."""

    frame: pl.DataFrame
    found: Found

    @property
    def findings(self) -> pl.DataFrame:
        return self.found.findings


def mapped(company: str, *changes: dict[str, str], before: pl.DataFrame | None = None) -> Mapped:
    rows = [{**PERSON, "offender_id": str(number), **change} for number, change in enumerate(changes)]
    text = text_rows("delius", "offender", company, *rows)
    aside = (no_findings() if before is None else before).select("source_file", "source_row")
    entity = EntityMap(EntityText((text,)), Task("delius", "offender", company, EXTRACT, aside))
    return Mapped(pl.concat(entity.frames()), entity.found())


def rules(result: Mapped) -> list[tuple[str, str]]:
    return sorted(result.findings.filter(pl.col("severity") != "info").select("source_row", "rule").rows())


def test_one_crn_on_two_persons_sets_both_aside() -> None:
    assert rules(mapped("C06", {}, {})) == [("2", "P02"), ("3", "P02")]


def test_a_deleted_person_is_not_judged() -> None:
    assert rules(mapped("C06", {}, {"is_deleted": "1", "date_of_birth": "01/01/2030"})) == []


def test_a_row_that_is_set_aside_shares_nothing() -> None:
    assert rules(mapped("C06", {}, {"date_of_birth": "soon"})) == [("3", "T05")]


def test_a_row_set_aside_at_extract_is_not_judged_again() -> None:
    text = text_rows("delius", "offender", "C06", {**PERSON, "offender_id": "0", "crn": "wrong"})
    before = findings_of(text, "T02", "offender")
    result = mapped("C06", {"crn": "wrong"}, before=before)
    assert rules(result) == []
    assert result.frame.height == 1


def test_the_order_of_rows_stays() -> None:
    result = mapped("C06", {"crn": "X500001"}, {"crn": "X500002", "is_deleted": "1"}, {"crn": "X500003"})
    assert result.frame["source_row"].to_list() == ["2", "3", "4"]


def test_a_number_left_out_is_listed() -> None:
    result = mapped("C06", {"ni_number": "wrong"})
    assert result.found.left_out.select("source_row", "column").rows() == [("2", "ni_number")]
    assert result.frame["ni_number"].to_list() == [None]


def test_the_baselines_codes_are_its_own() -> None:
    result = mapped("N00", {"gender": "Q ", "crn": "wrong"})
    assert result.findings.is_empty()
    assert result.frame["gender"].to_list() == ["Q"]
