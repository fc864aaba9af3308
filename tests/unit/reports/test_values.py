"""Values behind findings."""

import polars as pl

from reports.values import with_values

TEXT = pl.DataFrame(
    {
        "source_file": ["C17_upw.xlsx", "C17_upw.xlsx"],
        "source_row": ["Sessions!12", "Sessions!13"],
        "date": ["32/01/2021", "01/02/2021"],
        "credited": ["1.5", None],
    }
)
NOTHING = TEXT.clear()


def values(findings: pl.DataFrame, text: pl.DataFrame = TEXT) -> list[str]:
    """The column that with_values adds."""
    return with_values(findings, lambda *_: text)["value"].to_list()


def test_the_value_is_found_by_file_and_row(findings: pl.DataFrame) -> None:
    assert values(findings) == ["", "32/01/2021"]


def test_several_columns_give_several_values_in_their_order(findings: pl.DataFrame) -> None:
    both = findings.with_columns(column=pl.lit("credited;date"))
    assert values(both) == ["", "1.5;32/01/2021"]


def test_a_row_that_could_not_be_read_has_no_value(findings: pl.DataFrame) -> None:
    assert values(findings, NOTHING) == ["", ""]


def test_the_other_columns_stay(findings: pl.DataFrame) -> None:
    assert with_values(findings, lambda *_: TEXT).drop("value").equals(findings)
