"""What was counted and found in blocks of rows stands in the order in which one block would have given it."""

import polars as pl

from mappings.parsing.coded_columns import WAITING_SCHEMA, join_counted
from mappings.parsing.failures import Failed, join_failed
from mappings.parsing.out_of_scope import join_scope_findings
from vocabulary.findings import findings_of
from vocabulary.source import source_words

PLACE = {"company": "C06", "export": "programmes", "source_file": "C06_programmes_rar.csv"}
WORDS = source_words("programmes")["rar_activity"]
FIRST, SECOND = (word.name for word in WORDS if word.code_list and word.name != "panel_decision")


def counted(row: str, *codes: tuple[str, str, int]) -> pl.DataFrame:
    same = {
        **PLACE,
        "source_row": row,
        "entity": "rar_activity",
        "list_name": "l",
        "target_list": "t",
        "label": "",
    }
    return pl.DataFrame(
        [{**same, "column": column, "code": code, "rows": rows} for column, code, rows in codes],
        schema=WAITING_SCHEMA,
    )


def row(number: str) -> pl.DataFrame:
    return pl.DataFrame({**PLACE, "source_row": number})


def test_codes_are_counted_over_blocks_word_by_word() -> None:
    blocks = [counted("2", (FIRST, "A", 2), (SECOND, "X", 1)), counted("9", (FIRST, "B", 1), (FIRST, "A", 3))]
    whole = join_counted(blocks, WORDS)
    assert whole.select("column", "code", "rows", "source_row").rows() == [
        (FIRST, "A", 5, "2"),
        (FIRST, "B", 1, "9"),
        (SECOND, "X", 1, "2"),
    ]


def test_failures_follow_each_other_by_number_and_not_by_block() -> None:
    blocks = [
        Failed({(number, "crn"): [findings_of(row(source_row), rule, "offender", "crn")]})
        for number, source_row, rule in [(1, "2", "P03"), (0, "3", "P01")]
    ]
    assert join_failed(blocks).findings.select("rule", "source_row").rows() == [("P01", "3"), ("P03", "2")]


def test_scope_is_told_rule_by_rule() -> None:
    blocks = [
        findings_of(row(source_row), rule, "rar_activity")
        for source_row, rule in [("2", "A05"), ("3", "A06"), ("4", "A05")]
    ]
    joined = join_scope_findings(blocks, "programmes", "rar_activity")
    assert joined.select("rule", "source_row").rows() == [("A06", "3"), ("A05", "2"), ("A05", "4")]
