"""A hand-made reconciliation in which every kind of figure occurs."""

from dataclasses import replace

import polars as pl
import pytest

from reports.book import Book
from reports.data import (
    CompanyReconciliation,
    EntityCount,
    FileAccount,
    FindingCount,
    LostPractitioner,
    Move,
    OfficerCount,
    Reconciliation,
    TableCount,
    Total,
    Waiting,
)
from reports.share import NATIONAL, Scope
from vocabulary.differences import DIFFERENCE_SCHEMA, VALUES
from vocabulary.findings import FINDING_SCHEMA

MINUTES = "upw_minutes_credited"


def london() -> CompanyReconciliation:
    """Two rows set aside, nothing unexplained."""
    return CompanyReconciliation(
        company="C17",
        name="London",
        verdict="differences",
        files=(
            FileAccount(
                "spg", "C17_spg.xml", 1412, 1398, 2, 12, written=1100, already_there=290, list_only=8
            ),
            FileAccount("upw", "C17_upw.xlsx", 640, 640, 0, 0, written=640),
        ),
        lost_practitioners=(LostPractitioner("N07", "practitioner objects (S06)", 5, 3),),
        entities=(EntityCount("upw_appointment", 310, 310, 0, 0, 0),),
        totals=(
            Total("persons", "C17", 58, 57, 1),
            Total(MINUTES, "C17", 96_300, 96_180, 120),
            Total(MINUTES, "N07", 96_300, 96_180, 120),
        ),
        moves=(Move("OM", "N07", 55, 2, 1), Move("RQ", "N07", 71, 3, 0)),
        tables=(TableCount("RQMNT_MANAGER", 71, 74, 71, 0, 145),),
        findings=(FindingCount("O05", "info", 131), FindingCount("T05", "set_aside", 2)),
        officers=(OfficerCount("N07", 0, 129, 2),),
        waiting=(Waiting("restricted person", "EXCLUSION, RESTRICTION", 3, "Wait for the staff return."),),
    )


def merseyside(verdict: str = "clean") -> CompanyReconciliation:
    """A company without a flaw, or a refused one."""
    return CompanyReconciliation(
        company="C06",
        name="Merseyside",
        verdict=verdict,
        files=(FileAccount("delius", "C06_delius_OFFENDER.txt", 60, 60, 0, 0, already_there=60),),
        totals=(Total(MINUTES, "C06", 88_200, 88_200, 0),),
        moves=(Move("OM", "N51", 60, 0, 0),),
        officers=(OfficerCount("N51", 0, 60, 0),),
    )


@pytest.fixture
def reconciliation() -> Reconciliation:
    """London with rows set aside, Merseyside clean, and the nation."""
    national = Total(MINUTES, "national", 184_500, 184_380, 120)
    return Reconciliation("run-1", "day-1", "differences", (london(), merseyside()), (national,))


@pytest.fixture
def findings() -> pl.DataFrame:
    """One finding of each of two rules."""
    rows = [
        ["C17", "spg", "C17_spg.xml", "7", "offender", "", "O05", "info", "map"],
        ["C17", "upw", "C17_upw.xlsx", "Sessions!12", "upw_session", "date", "T05", "set_aside", "validate"],
    ]
    return pl.DataFrame(rows, schema=FINDING_SCHEMA, orient="row")


@pytest.fixture
def differences() -> pl.DataFrame:
    """One field that differs in the row of a finding, without its values."""
    place = ["C17", "field", "UPW_APPOINTMENT", "5", "MINUTES_CREDITED"]
    row = [*place, "upw", "C17_upw.xlsx", "Sessions!12", "not what the source says"]
    names = {name: kind for name, kind in DIFFERENCE_SCHEMA.items() if name not in VALUES}
    return pl.DataFrame([row], schema=names, orient="row")


@pytest.fixture
def book(reconciliation: Reconciliation, findings: pl.DataFrame, differences: pl.DataFrame) -> Book:
    """The nation's book, after one rehearsal."""
    rehearsal = replace(reconciliation, cycle="rehearsal-1")
    return Book(
        Scope(NATIONAL, "All companies of the cycle"),
        reconciliation,
        findings,
        differences,
        (rehearsal, reconciliation),
        {"Program": "day1 test"},
    )
