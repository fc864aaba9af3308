"""Members of lists: each is read by itself, what is wrong with one is told of its row."""

import json

import polars as pl
import pytest

from mappings.parsing.convert import Converted, convert
from tests.spec.valid_rows import text_rows

OBJECTIVES = {
    "objective.number": ["1", "2"],
    "objective.area": ["ACC", "DRU"],
    "objective.text": ["One", "Two"],
    "objective.measure": [None, "Seen"],
    "objective.action": ["Do", None],
    "objective.who": ["Officer", "n/a"],
    "objective.target_date": ["2021-08-01", None],
    "objective.status": ["OPEN", "ACHIEVED"],
}


def converted(**changes: list[str | None] | None) -> Converted:
    """An assessment with two objectives, less `changes` (words of objectives; None: there is no list)."""
    lists = OBJECTIVES | {f"objective.{name}": values for name, values in changes.items()}
    row = {name: None if values is None else json.dumps(values) for name, values in lists.items()}
    text = text_rows("eoc", "assessment", "C05", {}).with_columns(
        pl.lit(value, pl.String).alias(name) for name, value in row.items()
    )
    return convert(text, "eoc", "assessment", "C05")


def test_each_member_is_typed() -> None:
    first, second = converted().frame["objective"][0].to_list()
    assert (first["number"], first["area_target"], first["status_target"]) == (1, "3", "OPEN")
    assert (second["who"], second["target_date"], second["text"]) == (None, None, "Two")


@pytest.mark.parametrize(
    ("word", "value", "rule"),
    [
        ("text", None, "T04"),
        ("number", "one", "T05"),
        ("number", '"2"', "T05"),
        ("number", '"N/A"', "T04"),
        ("target_date", "01/08/2021", "T06"),
        ("area", "XXX", "Q01"),
    ],
)
def test_a_fault_in_the_second_member_names_the_word_and_the_row(
    word: str, value: str | None, rule: str
) -> None:
    found = converted(**{word: [OBJECTIVES[f"objective.{word}"][0], value]}).findings
    assert found.select("rule", "column", "source_row").rows() == [(rule, f"objective.{word}", "2")]


def test_faults_of_several_members_are_one_finding_per_rule() -> None:
    found = converted(number=["one", "two"], text=[None, "Two"]).findings
    assert sorted(found["rule"]) == ["T04", "T05"]


def test_an_unreadable_optional_value_is_left_out() -> None:
    result = converted(target_date=["soon", "2021-08-01"])
    assert [member["target_date"] is None for member in result.frame["objective"][0]] == [True, False]
    assert result.left_out["column"].to_list() == ["objective.target_date"]


def test_an_assessment_without_a_plan_has_no_members_and_no_fault() -> None:
    result = converted(**{name.split(".")[1]: None for name in OBJECTIVES})
    assert result.frame["objective"].to_list() == [None]
    assert result.findings.is_empty()


def test_a_code_that_waits_does_not_wait_in_a_row_that_is_set_aside() -> None:
    assert converted().waiting["code"].to_list() == ["INITIAL"]
    assert converted(number=["one", "2"]).waiting.is_empty()
