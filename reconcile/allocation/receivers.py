"""Who receives a case: team and officer, derived a second time from routing data and the staff return.

Source: routing.md. A case keeps its practitioner where that employee became an officer of the region it
goes to; else the default officer of the receiving team has it.
"""

import polars as pl

from reconcile.allocation.geography import teams_of
from reconcile.sources.delivery import Delivery
from vocabulary.resources import text_table

UNALLOCATED = "UAT"
RECEIVED = ["n_area", "n_team", "n_officer", "keeps", "is_unallocated"]
"""Who receives a row: area, team, officer, whether the practitioner keeps it, and whether nobody has it
yet."""

NO_OFFICERS = pl.DataFrame(schema=dict.fromkeys(("officer", "region", "new_officer"), pl.String))
"""Nobody keeps a case: the default officer of the team has it."""

PDU_TEAMS = {"SM": "sm", "HUB": "sm", "UPW": "upw", "AP": "programmes"}


def receivers_of(rows: pl.DataFrame, delivery: Delivery, officers: pl.DataFrame) -> pl.DataFrame:
    """`rows` with RECEIVED.

    Args:
        rows: region, pdu, person_team of the person; team, officer of the row.
        officers: officer (old code in capitals), region, new_officer (reconcile.allocation.officers).
    """
    own = teams_of(delivery).lazy()
    nobody = (
        text_table("mappings", "routing", "regions.csv")
        .lazy()
        .select(
            "region",
            pl.col("unallocated_team").alias("u_team"),
            pl.col("unallocated_officer").alias("u_officer"),
        )
    )
    joined = (
        rows.lazy()
        .join(
            own.rename(
                {"kind": "t_kind", "region": "t_region", "n_team": "t_team", "n_officer": "t_officer"}
            ),
            on="team",
            how="left",
            maintain_order="left",
        )
        .join(nobody, on="region", how="left", maintain_order="left")
        .join(_of_pdus().lazy(), on=["pdu", "t_kind"], how="left", maintain_order="left")
        .join(
            own.select(pl.col("team").alias("person_team"), p_team="n_team", p_officer="n_officer"),
            on="person_team",
            how="left",
            maintain_order="left",
        )
    )
    joined = _with_new_code(joined, officers)
    routed = joined.with_columns(_default("team").alias("n_team"), _default("officer").alias("_default"))
    keeps = (pl.col("n_team") != pl.col("u_team")) & pl.col("new_officer").is_not_null()
    return (
        routed.with_columns(
            pl.col("region").alias("n_area"),
            pl.when(keeps).then("new_officer").otherwise("_default").alias("n_officer"),
            keeps.fill_null(False).alias("keeps"),
            (pl.col("n_team") == pl.col("u_team")).fill_null(False).alias("is_unallocated"),
        )
        .select(*rows.columns, *RECEIVED)
        .collect()
    )


def _default(what: str) -> pl.Expr:
    """The team, or the officer, that a case goes to whose practitioner does not keep it."""
    goes_nowhere = pl.col("t_kind").is_null() | (pl.col("t_kind") == UNALLOCATED)
    return (
        pl.when(goes_nowhere)
        .then(f"u_{what}")
        .when(pl.col("t_region") == pl.col("region"))
        .then(f"t_{what}")
        .otherwise(pl.coalesce(f"d_{what}", f"p_{what}", f"u_{what}"))
    )


def _with_new_code(rows: pl.LazyFrame, officers: pl.DataFrame) -> pl.LazyFrame:
    """`rows` with `new_officer`: the code that the row's officer has in the region, null without."""
    codes = officers.lazy().rename({"officer": "_code"})
    named = rows.with_columns(pl.col("officer").str.to_uppercase().alias("_code"))
    return named.join(codes, on=["_code", "region"], how="left", maintain_order="left")


def to_nobody(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` with `region` go to the region's unallocated team: nobody manages them today (O01, O03)."""
    nobody = text_table("mappings", "routing", "regions.csv").select(
        "region", n_team="unallocated_team", n_officer="unallocated_officer"
    )
    placed = rows.join(nobody, on="region", how="left", maintain_order="left")
    return placed.with_columns(
        pl.col("region").alias("n_area"), pl.lit(False).alias("keeps"), pl.lit(True).alias("is_unallocated")
    ).select(*rows.columns, *RECEIVED)


def _of_pdus() -> pl.DataFrame:
    pdus = text_table("mappings", "routing", "pdus.csv")
    return pl.concat(
        [
            pdus.select(
                pl.col("pdu_code").alias("pdu"),
                pl.lit(kind).alias("t_kind"),
                pl.col(f"{prefix}_team").alias("d_team"),
                pl.col(f"{prefix}_default_officer").alias("d_officer"),
            )
            for kind, prefix in PDU_TEAMS.items()
        ]
    )
