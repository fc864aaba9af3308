"""Codes without decision get a provisional row: those delivered, and those Day 1 writes of its own accord."""

import polars as pl

from mappings.parsing.coded_columns import WAITING_SCHEMA
from mappings.writes.provisional_codes import provisional_codes, undecided_of_ours

NOTHING = pl.DataFrame(schema=WAITING_SCHEMA)
CONTACTS = {"CONTACT": pl.DataFrame({"type": ["PRGS", "PRGS", "CUPA"]})}


def waits(list_name: str, target_list: str, code: str) -> pl.DataFrame:
    """One delivered code that waits."""
    given = {"list_name": list_name, "target_list": target_list, "code": code, "export": "programmes",
             "label": "Zz"}  # fmt: skip
    return pl.DataFrame([given], schema_overrides=WAITING_SCHEMA)


def test_a_code_stands_for_itself() -> None:
    found = provisional_codes(waits("programme", "ACCREDITED PROGRAMME", "TSP"), {}, "C06")
    assert found.rows() == [("ACCREDITED PROGRAMME", "TSP", "Zz")]


def test_a_candidate_is_not_written() -> None:
    found = provisional_codes(waits("rar_need", "NSI TYPE", "DA"), {}, "C06")
    assert found.select("list_name", "code").rows() == [("NSI TYPE", "DA")]


def test_lists_of_oasys_get_no_row_of_ours() -> None:
    found = provisional_codes(waits("eoc_type", "ASSESSMENT PURPOSE", "INITIAL"), {}, "C06")
    assert found.is_empty()


def test_a_contact_type_of_our_own_is_provisional_while_undecided() -> None:
    found = provisional_codes(NOTHING, CONTACTS, "C06")
    assert found.rows() == [("CONTACT TYPE", "PRGS", "Programme session")]


def test_the_rows_that_wait_are_counted() -> None:
    assert undecided_of_ours(CONTACTS, "C06").select("code", "rows").rows() == [("PRGS", 2)]
