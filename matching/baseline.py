"""The candidates: persons of nDelius on the evening of 25 June, by CRN, former CRN and identifier."""

from dataclasses import dataclass

import polars as pl

from matching.names import name_key
from vocabulary.identifiers import is_noms, long_pnc, plain_cro

FORMER_CRN = ("PCRN", "DOFF")
"""Additional identifiers that hold a CRN which was merged into another (delius.md, The baseline)."""

FORMER_PNC = "APNC"
FORMER_NOMS = "XNOMS"


@dataclass(frozen=True)
class Candidates:
    """Persons of the baseline that are not deleted.

    `persons`: offender_id, crn, surname_key, date_of_birth, first_name_key. `former_crns`: crn, offender_id.
    `identifiers`: kind (pnc, noms, cro), value, offender_id; each person's own and additional ones.
    """

    persons: pl.DataFrame
    former_crns: pl.DataFrame
    identifiers: pl.DataFrame


def candidates(offenders: pl.DataFrame, additional: pl.DataFrame) -> Candidates:
    """Candidates from the baseline's typed `offender` and `identifier` frames."""
    live = offenders.filter(~pl.col("is_deleted").fill_null(False))
    known = additional.filter(~pl.col("is_deleted").fill_null(False)).join(live, on="offender_id", how="semi")
    persons = live.select("offender_id", "crn", *person_keys(live))
    former = known.filter(pl.col("type").is_in(FORMER_CRN))
    return Candidates(
        persons,
        former.select(pl.col("identifier").alias("crn"), "offender_id").unique(),
        _identifiers(live, known),
    )


def person_keys(persons: pl.DataFrame) -> list[pl.Expr]:
    """surname_key, first_name_key and date_of_birth of typed rows; null where there is no such column."""
    return [
        name_key(_column(persons, "surname", pl.String)).alias("surname_key"),
        name_key(_column(persons, "first_name", pl.String)).alias("first_name_key"),
        _column(persons, "date_of_birth", pl.Date).alias("date_of_birth"),
    ]


def identifier_keys(persons: pl.DataFrame) -> list[pl.Expr]:
    """pnc, noms and cro in comparable form; null where wrong in form or where there is no such column."""
    noms = _column(persons, "noms_number", pl.String)
    return [
        long_pnc(_column(persons, "pnc_number", pl.String)).alias("pnc"),
        pl.when(is_noms(noms)).then(noms).alias("noms"),
        plain_cro(_column(persons, "cro_number", pl.String)).alias("cro"),
    ]


def _identifiers(live: pl.DataFrame, additional: pl.DataFrame) -> pl.DataFrame:
    own = live.select("offender_id", *identifier_keys(live))
    value = pl.col("identifier")
    former = additional.select(
        "offender_id",
        long_pnc(pl.when(pl.col("type") == FORMER_PNC).then(value)).alias("pnc"),
        pl.when((pl.col("type") == FORMER_NOMS) & is_noms(value)).then(value).alias("noms"),
        pl.lit(None, pl.String).alias("cro"),
    )
    return unpivot_identifiers(pl.concat([own, former]), "offender_id").unique()


def unpivot_identifiers(keys: pl.DataFrame, index: str) -> pl.DataFrame:
    """`index, kind, value`: one row per identifier that is there."""
    long = keys.unpivot(["pnc", "noms", "cro"], index=index, variable_name="kind", value_name="value")
    return long.drop_nulls("value")


def _column(frame: pl.DataFrame, name: str, dtype: type[pl.DataType]) -> pl.Expr:
    return pl.col(name) if name in frame.columns else pl.lit(None, dtype)
