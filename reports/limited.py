"""Persons with limited access leave the pages of a reconciliation: what is wrong is told, not of whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl

from reports.data import (
    CompanyReconciliation,
    Left,
    LinkedByEvidence,
    Reconciliation,
    Unattended,
    Undelivered,
)
from vocabulary.differences import VALUES
from vocabulary.limited_access import ASK

ROW = ["source_file", "source_row"]
PLACE = ["company", *ROW]
PERSON_TABLES = ("OFFENDER", "OASYS_OFFENDER")
"""Tables whose key is a person's."""


@dataclass(frozen=True)
class LimitedRows:
    """`persons`: keys of persons whom not everybody may see. `rows`: PLACE of every delivered row about one
    of them. `target_rows`: table, key of rows of the target that hang on one."""

    persons: frozenset[str]
    rows: pl.DataFrame
    target_rows: pl.DataFrame


def without_limited(reconciliation: Reconciliation, persons: frozenset[str]) -> Reconciliation:
    """The figures with every named row of `persons` in its place, without what names person or row."""
    companies = tuple(_company(one, persons) for one in reconciliation.companies)
    return replace(reconciliation, companies=companies)


def _company(company: CompanyReconciliation, persons: frozenset[str]) -> CompanyReconciliation:
    return replace(
        company,
        left=tuple(_left(one) if one.person in persons else one for one in company.left),
        undelivered=tuple(_undelivered(one) if one.person in persons else one for one in company.undelivered),
        linked=tuple(_linked(one) if one.person in persons else one for one in company.linked),
        unattended=tuple(_unattended(one) if one.person in persons else one for one in company.unattended),
    )


def _left(row: Left) -> Left:
    return replace(row, person=ASK, key="", source_file="", source_row="")


def _undelivered(row: Undelivered) -> Undelivered:
    return replace(row, person=ASK, key="", source_file="", source_row="")


def _linked(row: LinkedByEvidence) -> LinkedByEvidence:
    return replace(row, person=ASK, source_file="", source_row="")


def _unattended(row: Unattended) -> Unattended:
    return replace(row, person=ASK, event="", day="")


def without_keys(differences: pl.DataFrame, limited: LimitedRows) -> pl.DataFrame:
    """`differences` with neither keys nor values of limited persons."""
    is_person = pl.col("table").is_in(PERSON_TABLES) & pl.col("key").is_in(list(limited.persons))
    about = (
        _is_among(differences, limited.rows.select(PLACE))
        | _is_among(differences, limited.target_rows.select("table", "key"))
        | differences.select(is_person.fill_null(False)).to_series()
    )
    shown = {name: ASK for name in ("key", *VALUES) if name in differences.columns}
    return _blanked(differences, about, shown)


def _is_among(rows: pl.DataFrame, known: pl.DataFrame) -> pl.Series:
    """True of rows that are equal to one of `known` in all its columns."""
    marked = known.unique().with_columns(pl.lit(True).alias("_limited"))
    joined = rows.join(marked, on=known.columns, how="left", maintain_order="left")
    return joined["_limited"].fill_null(False)


def _blanked(rows: pl.DataFrame, about: pl.Series, texts: Mapping[str, str]) -> pl.DataFrame:
    marked = rows.with_columns(about.alias("_limited"))
    return marked.with_columns(
        pl.when("_limited").then(pl.lit(text)).otherwise(name).alias(name) for name, text in texts.items()
    ).drop("_limited")
