"""What the programmes export adds: attendance not yet in the diary, structured interventions that go on."""

import polars as pl

from mappings.allocation.routing import programme_teams
from mappings.case.person_components import component_places
from mappings.registry import writes
from mappings.writes.authors import attribute_to_author
from mappings.writes.interventions import PROVENANCE, nsi_managers, nsi_rows
from vocabulary.batch import Batch
from vocabulary.calendar import DAY_1, LAST_CRC_DAY
from vocabulary.resources import text_table

SESSION_CONTACT = "PRGS"
"""Contact type of a programme session; no list of nDelius has one yet (mappings/codes/contact_type.csv)."""

REFERRED, IN_PROGRESS = "REFER", "INPROG"
"""NSI status before and after the first session (mappings/codes/nsi_status.csv)."""

NO = pl.lit(False)


@writes("programmes", tables="CONTACT")
def attendance_contacts(batch: Batch, baseline: Batch, components: pl.DataFrame) -> pl.DataFrame:
    """Rows of CONTACT for sessions up to the last day that were not pushed, under their facilitator.

    Args:
        components: mappings.case.person_components: what the referral names is what the contact is about.
    """
    placed = component_places(_unpushed(batch), components)
    attendance = text_table("mappings", "outcomes.csv").select(
        pl.col("outcome").alias("outcome_target"), "attended", "complied"
    )
    rows = attribute_to_author(placed.with_columns(pl.col("facilitator").alias("author")), baseline)
    return rows.join(attendance, on="outcome_target", how="left", maintain_order="left").select(
        pl.concat_str(pl.lit("programmes:attendance:"), "session_ref", pl.lit(":"), "referral_ref").alias(
            "natural_key"
        ),
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        *["event_id", "requirement_id", "licence_condition_id"],
        pl.lit(SESSION_CONTACT).alias("type"),
        *["date", "start_time", "end_time", "attended", "complied", "area", "team", "officer"],
        pl.col("outcome_target").alias("outcome"),
        pl.col("note").alias("notes"),
        NO.alias("is_rar"),
        NO.alias("is_sensitive"),
        NO.alias("is_deleted"),
    )


@writes("programmes", tables="NSI NSI_MANAGER")
def structured_interventions(
    batch: Batch, components: pl.DataFrame, receivers: pl.DataFrame, named_regions: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """NSIs of approved activities, with their manager at the programmes team of the person's region.

    Args:
        components: mappings.case.person_components.
        receivers: person_id, team of who has the person (mappings.allocation.receivers).
        named_regions: person_id, region, pdu_code (mappings.allocation.named_regions).
    """
    activities = batch.carried("programmes", "rar_activity")
    placed = component_places(activities, components.filter("is_live")).join(
        programme_teams(named_regions, receivers), on="person_id", how="inner", maintain_order="left"
    )
    has_started = pl.col("start_date") < DAY_1
    # The register knows no referral: an activity is referred to when it starts, but not after the day the
    # record was made on (dictionary rule 23).
    referred = pl.min_horizontal("start_date", pl.lit(LAST_CRC_DAY))
    rows = placed.select(
        pl.concat_str(pl.lit("programmes:activity:"), "activity_ref").alias("natural_key"),
        *PROVENANCE,
        *["person_id", "event_id", "requirement_id"],
        pl.col("need_area_target").alias("type"),
        pl.lit(None, pl.String).alias("intended_provider"),
        referred.alias("referral_date"),
        pl.when(has_started).then("start_date").alias("start_date"),
        pl.when(has_started).then(pl.lit(IN_PROGRESS)).otherwise(pl.lit(REFERRED)).alias("status"),
        referred.alias("status_date"),
        pl.lit(None, pl.String).alias("notes"),
        *[pl.col("region").alias("area"), "team", "officer"],
    )
    return {"NSI": nsi_rows(rows), "NSI_MANAGER": nsi_managers(rows)}


def _unpushed(batch: Batch) -> pl.DataFrame:
    sessions = batch.carried("programmes", "programme_session").select(
        "session_ref", "date", "start_time", "end_time", "facilitator"
    )
    referrals = batch.carried("programmes", "programme_referral").select(
        "referral_ref", "person_id", "component_id"
    )
    return (
        batch.carried("programmes", "attendance")
        .filter(pl.col("contact_id").is_null())
        .select("company", *PROVENANCE, "session_ref", "referral_ref", "outcome_target", "note")
        .join(sessions, on="session_ref", how="inner", maintain_order="left")
        .join(referrals, on="referral_ref", how="inner", maintain_order="left")
        .filter(pl.col("date") <= LAST_CRC_DAY)
    )
