"""The caseload in the layout of the Workload Management Tool's extract of April 2021
(mappings/workload/extract.csv): columns public, what no source of ours has is blank."""

import polars as pl

from lists.sources import PACK
from lists.workload.cases import COMMUNITY, CUSTODY, LICENCE, NO_TIER, PRACTITIONER
from mappings.allocation.routing import region_names
from vocabulary.calendar import DAY_1
from vocabulary.resources import text_table

SHORT = {CUSTODY: "cust", COMMUNITY: "comm", LICENCE: "licence"}
"""How the extract names the places in its columns, such as `commtierb2`."""


def wmt_extract(cases: pl.DataFrame, practitioners: pl.DataFrame) -> pl.DataFrame:
    """The columns of mappings/workload/extract.csv in their order, a row per officer; blank what no source of
    ours has (the LDU, the name of a team)."""
    tier = pl.when(pl.col("tier") == NO_TIER).then(pl.lit("0")).otherwise(pl.col("tier").str.to_lowercase())
    column = pl.format("{}tier{}", pl.col("place").replace_strict(SHORT), tier)
    counted = cases.select(*PRACTITIONER, "company", column.alias("_column"), pl.lit(1).alias("_one")).pivot(
        "_column", index=[*PRACTITIONER, "company"], values="_one", aggregate_function="sum"
    )
    early = cases.group_by(*PRACTITIONER, "company").agg(
        (pl.col("is_early") & (pl.col("place") == COMMUNITY)).sum().alias("comin1st16weeks"),
        (pl.col("is_early") & (pl.col("place") == LICENCE)).sum().alias("licin1st16weeks"),
    )
    named = practitioners.select(*PRACTITIONER, "surname", "first_name", "grade", "after", "company")
    whole = named
    for counts in (counted, early):
        whole = whole.join(
            counts, on=[*PRACTITIONER, "company"], how="left", nulls_equal=True, maintain_order="left"
        )
    pdus = text_table("mappings", "routing", "pdus.csv")
    known = {
        "trust": pl.col("region").replace_strict(region_names(), default=None),
        "region_desc": pl.col("region").replace_strict(region_names(), default=None),
        "region_code": pl.col("region"),
        "team_code": pl.col("team"),
        "om_surname": pl.col("surname"),
        "om_forename": pl.col("first_name"),
        "om_grade_code": pl.col("grade"),
        "om_key": pl.col("officer"),
        "datestamp": pl.lit(DAY_1.isoformat()),
        "vcrn_count": pl.col("after"),
        "pdu_code": pl.col("team").replace_strict(pdus["sm_team"], pdus["pdu_code"], default=None),
        "pdu_desc": pl.col("pdu"),
    }
    layout = text_table("mappings", "workload", "extract.csv").with_columns(pl.col("meaning").fill_null(""))
    return whole.select(
        pl.col("region").alias(PACK), *(_extracted(row, known, whole) for row in layout.iter_rows(named=True))
    )


def _extracted(row: dict[str, str], known: dict[str, pl.Expr], whole: pl.DataFrame) -> pl.Expr:
    """One column of the extract: known, a count (0 where there is none), or blank."""
    name = row["column"]
    if name in known:
        return known[name].alias(name)
    if name in whole.columns:
        return pl.col(name).fill_null(0).cast(pl.Int64)
    is_count = row["meaning"].startswith("count")
    return pl.lit(0 if is_count else None, pl.Int64 if is_count else pl.String).alias(name)
