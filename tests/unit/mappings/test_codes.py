"""Code lists: scopes, contradictions, and the codes that the target must know."""

import polars as pl
import pytest

from mappings.parsing.code_lists import all_reference_codes, check_code_rows, code_list, list_names
from vocabulary.companies import EXPORTS, companies
from vocabulary.errors import ConfigError
from vocabulary.source import source_words


def rows(*codes: tuple[str, str, str, str]) -> pl.DataFrame:
    """A code list of scope, source_code, status and decision."""
    return pl.DataFrame(codes, schema=["scope", "source_code", "status", "decision"], orient="row")


def test_every_coded_word_has_a_list() -> None:
    for export in EXPORTS:
        for words in source_words(export).values():
            for word in words:
                if word.code_list:
                    assert code_list(word.code_list, export, "C17").name == word.code_list


@pytest.mark.parametrize("name", list_names())
def test_a_list_of_ours_does_not_contradict_itself(name: str) -> None:
    for company in companies():
        codes = code_list(name, "upw", company)
        assert len(codes.known) == len(set(codes.known))


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(ConfigError, match=r"mappings/codes/no_such_list\.csv"):
        code_list("no_such_list", "upw", "C17")


def test_one_code_with_two_meanings_in_one_scope_is_refused() -> None:
    twice = rows(("MTC", "A", "current", "mapped"), ("MTC", "A", "retired", "mapped"))
    with pytest.raises(ConfigError, match="'A' has two rows of scope 'MTC'"):
        check_code_rows(twice, "here")


def test_one_code_in_two_scopes_is_fine() -> None:
    check_code_rows(rows(("*", "A", "current", "mapped"), ("MTC", "A", "current", "drop")), "here")


@pytest.mark.parametrize(
    "row", [("NOBODY", "A", "current", "mapped"), ("*", "A", "old", "mapped"), ("*", "A", "current", "maybe")]
)
def test_a_word_that_means_nothing_is_refused(row: tuple[str, str, str, str]) -> None:
    with pytest.raises(ConfigError, match="is not one of"):
        check_code_rows(rows(row), "here")


def test_reference_codes_name_each_target_code_once() -> None:
    codes = all_reference_codes()
    assert not codes.select("target_list", "code").is_duplicated().any()
    assert codes.filter(target_list="GENDER", code="M").select("description", "decision").rows() == [
        ("Male", "needed")
    ]
    assert codes.filter(target_list="CONTACT OUTCOME TYPE", code="AACL").height == 1


def test_reference_codes_leave_out_what_is_not_written() -> None:
    codes = all_reference_codes()
    assert codes.filter(pl.col("target_list") == "toolkit").is_empty()
    assert codes.filter(pl.col("code") == "99999").is_empty()
