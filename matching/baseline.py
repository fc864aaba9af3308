"""The candidates: persons of nDelius on the evening of 25 June, by CRN, former CRN and identifier."""

from dataclasses import dataclass, field

import polars as pl

from matching.names import name_key
from vocabulary.identifiers import is_noms, long_pnc, plain_cro

FORMER_CRN = ("PCRN", "DOFF")
"""Additional identifiers that hold a CRN which was merged into another (delius.md, The baseline)."""

SUCCESSOR_SCHEMA = {"gone": pl.Int64, "offender_id": pl.Int64}
"""A person of nDelius who was merged away, and the last survivor."""

NAMES = ("surname", "first_name", "second_name")
FORMER_PNC = "APNC"
FORMER_NOMS = "XNOMS"


@dataclass(frozen=True)
class Candidates:
    """Persons of the baseline that are not deleted.

    `persons`: offender_id, crn, surname_key, first_name_key, second_name_key, date_of_birth, alias_names
    (first names of aliases, a list). `former_crns`: crn, offender_id of the last survivor.
    `identifiers`: kind (pnc, noms, cro), value, offender_id; each person's own and additional ones.
    `successors`: SUCCESSOR_SCHEMA.
    """

    persons: pl.DataFrame
    former_crns: pl.DataFrame
    identifiers: pl.DataFrame
    successors: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SUCCESSOR_SCHEMA))


def candidates(offenders: pl.DataFrame, additional: pl.DataFrame, aliases: pl.DataFrame) -> Candidates:
    """Candidates from the baseline's typed `offender`, `identifier` and `alias` frames."""
    live, kept = _not_deleted(offenders), _not_deleted(additional)
    persons = live.select("offender_id", "crn", *person_keys(live)).join(
        _alias_names(_not_deleted(aliases)), on="offender_id", how="left", maintain_order="left"
    )
    former = kept.filter(pl.col("type").is_in(FORMER_CRN)).select(
        pl.col("identifier").alias("crn"), "offender_id"
    )
    own = kept.join(live, on="offender_id", how="semi")
    left = survivors(former, offenders)
    return Candidates(persons, left, _identifiers(live, own), _successors(left, offenders))


def _not_deleted(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(~pl.col("is_deleted").fill_null(False))


def _alias_names(aliases: pl.DataFrame) -> pl.DataFrame:
    named = aliases.select("offender_id", name_key(pl.col("first_name")).alias("alias_names")).drop_nulls()
    return named.group_by("offender_id").agg("alias_names")


def survivors(former: pl.DataFrame, offenders: pl.DataFrame) -> pl.DataFrame:
    """crn, offender_id: each former CRN and who is left of it.

    `former`: the same, before it is followed. `offenders`: offender_id, crn, is_deleted of everybody.
    Whoever bears it may have been merged too: deleted, and the own CRN listed in turn. A chain that ends with
    a deleted person, or runs in a ring, leads to nobody.
    """
    deleted = offenders.filter(pl.col("is_deleted").fill_null(False))
    gone = deleted.select("offender_id", pl.col("crn").alias("_own"))
    onward = former.rename({"crn": "_own", "offender_id": "_next"})
    live = _not_deleted(offenders)
    waiting, seen = former.unique(), former.clear()
    found = [seen]
    while not waiting.is_empty():
        seen = pl.concat([seen, waiting])
        found.append(waiting.join(live, on="offender_id", how="semi"))
        further = waiting.join(gone, on="offender_id").join(onward, on="_own")
        waiting = further.select("crn", pl.col("_next").alias("offender_id")).unique()
        waiting = waiting.join(seen, on=["crn", "offender_id"], how="anti")
    return pl.concat(found).unique()


def _successors(survivors: pl.DataFrame, offenders: pl.DataFrame) -> pl.DataFrame:
    """SUCCESSOR_SCHEMA: who is left of a deleted person, where that is one single person."""
    deleted = offenders.filter(pl.col("is_deleted").fill_null(False))
    gone = deleted.select("crn", pl.col("offender_id").alias("gone"))
    ends = gone.join(survivors, on="crn").group_by("gone").agg(pl.col("offender_id").unique())
    one = ends.filter(pl.col("offender_id").list.len() == 1)
    return one.select("gone", pl.col("offender_id").list.first())


def person_keys(persons: pl.DataFrame) -> list[pl.Expr]:
    """surname_key, first_name_key, second_name_key and date_of_birth of typed rows; null where there is no
    such column."""
    return [
        *(name_key(_column(persons, name, pl.String)).alias(f"{name}_key") for name in NAMES),
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
