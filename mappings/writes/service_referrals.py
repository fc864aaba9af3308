"""Open referrals to sub-contracted services: NSIs of the Dynamic Framework, each on its person's event."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.live_events import RAR
from mappings.case.person_components import REQUIREMENT
from mappings.registry import finds, writes
from mappings.writes.day_1_services import with_service
from mappings.writes.interventions import PROVENANCE, nsi_managers, nsi_rows
from vocabulary.calendar import LAST_CRC_DAY
from vocabulary.findings import collect, findings_of

ENTITY = "service_referral"
IN_PROGRESS = "INPROG"
"""Status of a referral that runs (mappings/codes/nsi_status.csv)."""

FRAMEWORK, FRAMEWORK_TEAM, FRAMEWORK_OFFICER = "CRS", "CRSUAT", "CRSUATU"
"""Area, team and officer who manage all commissioned services until the region has referred anew."""


def placed_referrals(model: CaseModel, components: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """The carried referrals (the others are closed, V01) with region, service and where they hang.

    Adds region, service (mappings.writes.day_1_services), names_live (null where no requirement is named),
    requirement_id and event_id (text): of the live requirement named, which itself is kept where it is a RAR;
    else the event of mappings.case.live_events, null where the person has no live sentence.

    Args:
        components: mappings.case.person_components.
        regions: person_id, region (mappings.allocation.named_regions).
    """
    live = (
        components.filter("is_live", pl.col("kind") == REQUIREMENT)
        .select(
            "person_id",
            "component_id",
            pl.col("event_id").cast(pl.String).alias("named_event"),
            pl.when(pl.col("main_category") == RAR)
            .then(pl.col("component_id").cast(pl.String))
            .alias("requirement_id"),
        )
        .unique(["person_id", "component_id"], keep="first", maintain_order=True)
    )
    rows = model.batch.carried("referrals", ENTITY).rename({"officer": "referred_by"})
    placed = (
        rows.join(regions.select("person_id", "region"), on="person_id", how="left", maintain_order="left")
        .join(live, on=["person_id", "component_id"], how="left", maintain_order="left")
        .join(model.latest_events, on="person_id", how="left", maintain_order="left")
    )
    is_live = pl.col("named_event").is_not_null()
    return with_service(placed).with_columns(
        pl.when(pl.col("component_id").is_not_null()).then(is_live).alias("names_live"),
        pl.coalesce("named_event", "latest_event").alias("event_id"),
    )


@writes("referrals", tables="NSI NSI_MANAGER")
def framework_referrals(referrals: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """Rows of NSI and NSI_MANAGER for placed `referrals` that have a service and an event."""
    rows = referrals.filter(pl.col("service").is_not_null(), pl.col("event_id").is_not_null())
    # A referral may not lie after the day the record was made on (dictionary rule 23).
    referred = pl.min_horizontal("referral_date", pl.lit(LAST_CRC_DAY))
    nsi = rows.select(
        pl.concat_str(pl.lit("referrals:referral:"), "referral_ref").alias("natural_key"),
        *PROVENANCE,
        *["person_id", "event_id", "requirement_id"],
        pl.col("service").alias("type"),
        pl.lit(FRAMEWORK).alias("intended_provider"),
        referred.alias("referral_date"),
        referred.alias("start_date"),
        pl.lit(IN_PROGRESS).alias("status"),
        referred.alias("status_date"),
        # Readers find a referral by the first line of the notes.
        pl.concat_str("referral_ref", "note", separator="\n", ignore_nulls=True).alias("notes"),
        pl.lit(FRAMEWORK).alias("area"),
        pl.lit(FRAMEWORK_TEAM).alias("team"),
        pl.lit(FRAMEWORK_OFFICER).alias("officer"),
    )
    return {"NSI": nsi_rows(nsi), "NSI_MANAGER": nsi_managers(nsi)}


@finds("referrals", rules="V05 V06")
def referral_findings(referrals: pl.DataFrame) -> pl.DataFrame:
    """V05 and V06 on placed `referrals`."""
    has_no_event = pl.col("service").is_not_null() & pl.col("event_id").is_null()
    is_lost = ~pl.col("names_live").fill_null(True) | has_no_event
    return collect(
        [
            findings_of(referrals.filter(is_lost), "V05", ENTITY, "component_id"),
            findings_of(referrals.filter(pl.col("service").is_null()), "V06", ENTITY, "category"),
        ]
    )
