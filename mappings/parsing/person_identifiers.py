"""Rules about a person's identifiers and birth date (P01 to P10) and postcodes (P12)."""

import datetime as dt
from dataclasses import dataclass

import polars as pl

from mappings.parsing.failures import Failed, Failure, evaluate
from vocabulary.calendar import DAY_1
from vocabulary.identifiers import (
    has_pnc_letter,
    is_crn,
    is_cro,
    is_national_insurance,
    is_noms,
    is_pnc,
    is_postcode,
)

OLDEST = 110
"""Nobody is more than this many years old on Day 1 (P10)."""

OLDEST_BIRTH_DATE = DAY_1.replace(year=DAY_1.year - OLDEST)


@dataclass(frozen=True)
class Checked:
    """A frame after its rules: odd values null and listed in `left_out` (source_file, source_row, column)."""

    frame: pl.DataFrame
    failed: Failed

    @property
    def findings(self) -> pl.DataFrame:
        """What the rules found."""
        return self.failed.findings

    @property
    def left_out(self) -> pl.DataFrame:
        """The odd values."""
        return self.failed.left_out


def identifier_rules(persons: pl.DataFrame, entity: str, extract_date: dt.date) -> Checked:
    """P01, P03 to P07, P09 and P10 on typed rows of persons, or of an export that names persons.

    Takes rows in scope only: not deleted, not set aside. Columns that an entity does not have are not judged.
    """
    return _check(persons, entity, _form_failures(extract_date))


def shared_identifier_rules(persons: pl.DataFrame, entity: str) -> Checked:
    """P02 and P08: one CRN, one prison number per person of the export.

    After matching and without held rows: a person held with somebody else's number (M02, M06) must not make
    the rightful bearer fail.
    """
    failures = [
        Failure("P02", "crn", _is_shared("crn")),
        Failure("P08", "noms_number", _is_shared("noms_number"), leaves_out=True),
    ]
    return _check(persons, entity, failures)


def postcode_rules(rows: pl.DataFrame, entity: str) -> Checked:
    """P12; the postcode itself is kept."""
    return _check(rows, entity, [Failure("P12", "postcode", ~is_postcode(pl.col("postcode")))])


def _check(rows: pl.DataFrame, entity: str, failures: list[Failure]) -> Checked:
    present = {number: failure for number, failure in enumerate(failures) if failure.column in rows.columns}
    failed = evaluate(rows, present, entity, pl.lit(True))
    wrong: dict[str, pl.Expr] = {}
    for number, failure in present.items():
        if number in failed.values:
            wrong[failure.column] = wrong.get(failure.column, pl.lit(False)) | failure.where.fill_null(False)
    kept = [pl.when(~where).then(pl.col(column)).alias(column) for column, where in wrong.items()]
    return Checked(rows.with_columns(kept) if kept else rows, failed)


def _form_failures(extract_date: dt.date) -> list[Failure]:
    pnc, cro = pl.col("pnc_number"), pl.col("cro_number")
    born = pl.col("date_of_birth")
    return [
        Failure("P01", "crn", ~is_crn(pl.col("crn"))),
        # P06 first: a number in the other's column is no malformed one
        Failure("P06", "pnc_number", is_cro(pnc), leaves_out=True),
        Failure("P06", "cro_number", is_pnc(cro), leaves_out=True),
        Failure("P03", "pnc_number", ~is_pnc(pnc) & ~is_cro(pnc), leaves_out=True),
        Failure("P04", "pnc_number", ~has_pnc_letter(pnc)),
        Failure("P05", "cro_number", ~is_cro(cro) & ~is_pnc(cro), leaves_out=True),
        Failure("P07", "noms_number", ~is_noms(pl.col("noms_number")), leaves_out=True),
        Failure("P09", "ni_number", ~is_national_insurance(pl.col("ni_number")), leaves_out=True),
        Failure("P10", "date_of_birth", (born >= extract_date) | (born < OLDEST_BIRTH_DATE)),
    ]


def _is_shared(column: str) -> pl.Expr:
    return pl.col(column).is_not_null() & pl.col(column).is_duplicated()
