"""`day1 status` of every company in a terminal of 80 columns: two screens, the verdict last."""

import re

from cli.output import least_width
from cli.status_page import narrow_tables, verdict_line
from pipeline.status import StatusLine
from vocabulary.companies import companies

SCREENS, COLUMNS = 60, 80
AROUND = 3
"""Lines of a table beside its rows: title, header, and a blank one behind it."""


def line(company: str, verdict: str, step: str) -> StatusLine:
    samples = f"{int(company[1:])} receiving teams under sample codes"
    return StatusLine(
        company, "rehearsal-1", "reconcile", 1_234_567, 12, 12_345, 12_345, 123_456, verdict, samples,
        "signed", step,
    )  # fmt: skip


def nation() -> list[StatusLine]:
    codes = list(companies())
    clean = [line(code, "clean", "day1 signoff lists what stands before it") for code in codes[2:]]
    return [*clean, line(codes[0], "failed", "mend it"), line(codes[1], "differences", "day1 findings")]


def test_every_company_has_a_line_and_all_fit_on_two_screens() -> None:
    tables = list(narrow_tables(nation()))
    assert [len(table.rows) for table in tables] == [21, 4]
    assert sum(len(table.rows) + AROUND for table in tables) + 2 <= SCREENS
    assert max(map(least_width, tables)) <= COLUMNS


def test_each_company_is_told_what_is_next_and_whose_figures_are_samples() -> None:
    *_, steps = narrow_tables(nation())
    told = {company for row in steps.rows for company in re.findall(r"C\d\d", str(row[0]))}
    assert told == {*companies()}
    assert steps.rows[-1][0] == "all"


def test_the_verdict_counts_every_company() -> None:
    assert verdict_line(nation()) == "Verdict of rehearsal-1: 19 clean, 1 differences, 1 failed."
