"""Open referrals to sub-contracted services: NSIs of the Dynamic Framework, for whoever has the person."""

import polars as pl

from mappings.interventions import intervention_inserts
from mappings.person_components import REQUIREMENT, component_places
from vocabulary.batch import Batch

FRAMEWORK = "CRS"
"""Provider area of commissioned rehabilitative services (dictionary: PROBATION AREA)."""

EMPLOYMENT, FINANCE = "CRS02", "CRS03"
"""One category of the companies is two lots of the framework (referrals.md)."""


def framework_lot() -> pl.Expr:
    """CRS01 to CRS07 of a referral: finance, benefits and debt where its sub category says so."""
    is_finance = (pl.col("category_target") == EMPLOYMENT) & (pl.col("sub_category_target") == FINANCE)
    return pl.when(is_finance.fill_null(False)).then(pl.lit(FINANCE)).otherwise("category_target")


def framework_referrals(
    batch: Batch, components: pl.DataFrame, receivers: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """Rows of NSI and NSI_MANAGER for the carried referrals: the others are closed (V01).

    A referral hangs on its requirement while that is live; nothing new may hang on an ended one (rule 25).

    Args:
        components: mappings.person_components.
        receivers: person_id, region, team, officer (mappings.receivers).
    """
    live = components.filter("is_live", pl.col("kind") == REQUIREMENT)
    placed = component_places(batch.carried("referrals", "service_referral").drop("officer"), live).join(
        receivers, on="person_id", how="inner", maintain_order="left"
    )
    return intervention_inserts(
        placed.with_columns(
            pl.concat_str(pl.lit("referrals:referral:"), "referral_ref").alias("natural_key"),
            framework_lot().alias("type"),
            pl.lit(FRAMEWORK).alias("intended_provider"),
        )
    )
