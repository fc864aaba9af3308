"""Which values a row must have (T04): those the specification marks, and some that depend on the row."""

from collections.abc import Sequence

import polars as pl

from mappings.parsing.code_lists import CodeList
from mappings.parsing.failures import Failure
from vocabulary.calendar import LAST_CRC_DAY
from vocabulary.source import Word

ATTENDANCES = ("ATTC", "ATSH", "ATSS", "AFTC")
"""Outcomes that are an attendance: a session with one of them states the time credited (upw.md, Meaning).
Of an outcome that waits for a decision its candidate says whether it is one (codes.md)."""

IS_ATTENDANCE = "is_attendance"
"""Beside the words of a row: whether its outcome is an attendance."""

DRAFT = "DRAFT"
"""An assessment with this status need not be completed (eoc.md)."""

ALTERNATIVES = (("crn", "person_ref"), ("fte", "weekly_hours"))
"""Of these at least one is present, where both are optional columns of an entity (T04; staff.md)."""


def may_be_required(word: Word) -> bool:
    """False where a value of `word` may be missing in any row."""
    return word.is_required or depends_on_status(word) or depends_on_outcome(word)


def depends_on_status(word: Word) -> bool:
    """True for the day an assessment was completed: a draft has none yet."""
    return (word.export, word.entity, word.name) == ("eoc", "assessment", "completed_date")


def required(word: Word) -> pl.Expr:
    """Where a value of `word` must be present. The target codes of the row stand beside the words."""
    if depends_on_status(word):
        return (pl.col("status_target") != DRAFT).fill_null(False)
    if depends_on_outcome(word):
        return pl.col(IS_ATTENDANCE)
    return pl.lit(word.is_required)


def is_attendance(outcomes: CodeList) -> pl.Expr:
    """IS_ATTENDANCE of rows whose `outcome` is a code of `outcomes`."""
    return pl.col("outcome").is_in(outcomes.meant(ATTENDANCES)).fill_null(False).alias(IS_ATTENDANCE)


def code_required(word: Word) -> pl.Expr:
    """Where the code of `word` must be a known one (Q01). Elsewhere an unknown one is left out (Q02).

    A session before the extract needs an outcome (upw.md, Meaning): a blank one is U06, but one that nobody
    understands is not carried, because it says whether hours were worked (defects.md, D49).
    """
    if (word.export, word.entity, word.name) == ("upw", "upw_session", "outcome"):
        return (pl.coalesce("date_as", "date_other") < LAST_CRC_DAY).fill_null(False)
    return pl.lit(word.is_required)


def depends_on_outcome(word: Word) -> bool:
    """True for the time credited in the unpaid work schedule: blank means 0 unless the person attended."""
    return (word.export, word.entity, word.name) == ("upw", "upw_session", "credited")


def is_judged_as_written(word: Word) -> bool:
    """True for a session's reference to nDelius: one that nobody can read is no blank, but U19."""
    return (word.export, word.entity, word.name) == ("upw", "upw_session", "case_system_ref")


def missing_alternatives(words: Sequence[Word]) -> list[Failure]:
    """The failures of T04 where all of several optional columns are blank."""
    optional = {word.name for word in words if not word.is_required}
    return [
        Failure("T04", ";".join(names), pl.all_horizontal(pl.col(name).is_null() for name in names))
        for names in ALTERNATIVES
        if optional.issuperset(names)
    ]
