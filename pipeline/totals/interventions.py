"""Open referrals, structured interventions and programme sessions: the exports on one side, the target on the
other."""

import polars as pl

from mappings.named_regions import named_regions
from reports.data import Total
from reports.readback import ReadBack
from reports.target_totals import written_interventions
from reports.totals import scoped
from vocabulary.batch import Batch

FRAMEWORK = "CRS"
"""Provider area of the Dynamic Framework's referrals in the target."""

STRUCTURED = "SI"
"""What the type of a structured intervention puts before its need area."""


def satellite_totals(batch: Batch, baseline: Batch, target: ReadBack) -> list[Total]:
    """Totals of the exports that became NSIs and contacts; none of an export that was not delivered."""
    totals: list[Total] = []
    regions = named_regions(batch, baseline).select("person_id", "region")
    if batch.has("referrals"):
        there = written_interventions(target, "referrals").filter(pl.col("provider") == FRAMEWORK)
        totals += _per_type("open_referrals", _open_referrals(batch, regions), there, batch.company)
    if batch.has("programmes"):
        going_on = batch.carried("programmes", "rar_activity").join(regions, on="person_id")
        totals += _per_type(
            "structured_interventions",
            # By the type that is written: a decision may give a need area another one.
            going_on.select(_need_area(pl.col("need_area_target")).alias("type"), "region"),
            written_interventions(target, "programmes").with_columns(_need_area(pl.col("type"))),
            batch.company,
        )
    return totals


def _need_area(intervention_type: pl.Expr) -> pl.Expr:
    return intervention_type.str.strip_prefix(STRUCTURED)


def _open_referrals(batch: Batch, regions: pl.DataFrame) -> pl.DataFrame:
    """type, region of every carried referral; one category of the companies is two lots (referrals.md)."""
    is_finance = (pl.col("category_target") == "CRS02") & (pl.col("sub_category") == "FBD")
    return (
        batch.carried("referrals", "service_referral")
        .join(regions, on="person_id")
        .select(
            pl.when(is_finance.fill_null(False))
            .then(pl.lit("CRS03"))
            .otherwise("category_target")
            .alias("type"),
            "region",
        )
    )


def _per_type(name: str, source: pl.DataFrame, target: pl.DataFrame, company: str) -> list[Total]:
    """A total per type, by region."""
    sides = [
        rows.group_by("type", "region").len(count) for rows, count in ((source, "source"), (target, "target"))
    ]
    both = sides[0].join(sides[1], on=["type", "region"], how="full", coalesce=True).fill_null(0)
    totals = []
    for (kind,), rows in both.sort("type", "region").group_by("type", maintain_order=True):
        figures = [(str(region), int(a), int(b), 0) for region, a, b in rows.drop("type").iter_rows()]
        totals += scoped(f"{name}_{kind}", figures, company)
    return totals
