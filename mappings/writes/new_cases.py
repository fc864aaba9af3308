"""Unacknowledged records of a company's own case system: persons, events and what hangs on them.

One row of its table each (exports/README, "What Day 1 writes"). Words are those of the target's records.
"""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.live_components import Frames
from mappings.case.own_numbers import natural_key, record_ref
from mappings.registry import Inserts, writes

PROVENANCE = ["export", "source_file", "source_row"]
NO = pl.lit(False)
PSS, ON_LICENCE, IN_CUSTODY = "P", "B", "A"
"""Custodial status (dictionary: CUSTODIAL STATUS): what the records of the event say of it."""


@writes("spg", tables="OFFENDER OFFENDER_ADDRESS EVENT MAIN_OFFENCE DISPOSAL CUSTODY RELEASE KEY_DATE")
def new_cases(model: CaseModel) -> Inserts:
    """Rows of OFFENDER, OFFENDER_ADDRESS, EVENT, MAIN_OFFENCE, DISPOSAL, CUSTODY, RELEASE and KEY_DATE.

    Args:
        model: its records have person_id; `offender` also `is_new_person` (M07).
    """
    records, places = model.records, model.event_places
    events = _placed(records["event"], places.filter("is_new_event"), "local_ref")
    return {
        "OFFENDER": _persons(records),
        "OFFENDER_ADDRESS": _addresses(model),
        "EVENT": _events(events),
        "MAIN_OFFENCE": _offences(events),
        "DISPOSAL": _disposals(records, events),
        "CUSTODY": _custodies(
            records, _placed(records["event"], places.filter("is_new_custody"), "local_ref")
        ),
        "RELEASE": _releases(records, places),
        "KEY_DATE": _key_dates(model),
    }


def _placed(rows: pl.DataFrame, places: pl.DataFrame, word: str = "local_event_ref") -> pl.DataFrame:
    return rows.join(places, left_on=word, right_on="local_event_ref", how="inner", maintain_order="left")


def _persons(records: Frames) -> pl.DataFrame:
    sentenced = records["event"].filter(pl.col("end_date").is_null() & pl.col("sentence_date").is_not_null())[
        "person_id"
    ]
    return records["offender"].filter("is_new_person").select(
        pl.col("person_id").alias("natural_key"),
        *PROVENANCE,
        "first_name", "second_name", "surname", "date_of_birth",
        "noms_number", "pnc_number", "cro_number", "ni_number",
        pl.col("gender_target").alias("gender"),
        pl.col("ethnicity_target").alias("ethnicity"),
        pl.col("tier_target").alias("tier"),
        pl.col("person_id").is_in(sentenced.implode()).alias("has_current_disposal"),
        NO.alias("is_excluded"), NO.alias("is_restricted"),
        NO.alias("has_pending_transfer"), NO.alias("is_deleted"),
    )  # fmt: skip


def _addresses(model: CaseModel) -> pl.DataFrame:
    return model.added("address").select(
        record_ref("address").alias("natural_key"),
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        pl.col("status_target").alias("status"),
        "house_number", "street", "district", "town", "county", "postcode", "is_no_fixed_abode", "start_date",
        NO.alias("is_deleted"),
    )  # fmt: skip


def _events(events: pl.DataFrame) -> pl.DataFrame:
    return events.select(
        pl.col("event_ref").alias("natural_key"),
        *PROVENANCE,
        pl.col("person_id").alias("offender_id"),
        "event_number",
        "referral_date",
        "conviction_date",
        pl.col("end_date").is_null().alias("is_active"),
        NO.alias("is_in_breach"),
        pl.lit(0, pl.Int64).alias("failure_to_comply_count"),
        NO.alias("has_pending_transfer"),
        NO.alias("is_deleted"),
    )


def _offences(events: pl.DataFrame) -> pl.DataFrame:
    return events.select(
        natural_key("offence", pl.col("local_ref")).alias("natural_key"),
        *PROVENANCE,
        pl.col("event_ref").alias("event_id"),
        pl.col("person_id").alias("offender_id"),
        pl.col("offence_code_target").alias("offence_code"),
        "offence_date",
        "offence_count",
        NO.alias("is_deleted"),
    )


def _disposals(records: Frames, events: pl.DataFrame) -> pl.DataFrame:
    with_work = records["upw_order"]["local_event_ref"]
    return events.filter(pl.col("disposal_ref").is_not_null()).select(
        pl.col("disposal_ref").alias("natural_key"),
        *PROVENANCE,
        pl.col("event_ref").alias("event_id"),
        pl.col("person_id").alias("offender_id"),
        pl.col("type_target").alias("type"),
        "sentence_date",
        "length",
        pl.col("length_unit_target").alias("length_unit"),
        "expected_end_date",
        "end_date",
        pl.col("end_reason_target").alias("end_reason"),
        pl.col("end_date").is_null().alias("is_active"),
        pl.col("local_ref").is_in(with_work.implode()).alias("has_unpaid_work"),
        NO.alias("is_deleted"),
    )


def _custodies(records: Frames, events: pl.DataFrame) -> pl.DataFrame:
    """The custody row that new PSS requirements, releases and key dates hang on."""
    supervised = records["pss_requirement"]["local_event_ref"]
    released = (
        records["custody_release"].group_by("local_event_ref").agg(pl.col("date").max().alias("release_date"))
    )
    return events.join(
        released, left_on="local_ref", right_on="local_event_ref", how="left", maintain_order="left"
    ).select(
        pl.col("custody_ref").alias("natural_key"),
        *PROVENANCE,
        pl.col("disposal_ref").alias("disposal_id"),
        pl.col("person_id").alias("offender_id"),
        pl.when(pl.col("local_ref").is_in(supervised.implode()))
        .then(pl.lit(PSS))
        .when(pl.col("release_date").is_not_null())
        .then(pl.lit(ON_LICENCE))
        .otherwise(pl.lit(IN_CUSTODY))
        .alias("status"),
        pl.coalesce("release_date", "sentence_date").alias("status_date"),
        NO.alias("is_deleted"),
    )


def _releases(records: Frames, places: pl.DataFrame) -> pl.DataFrame:
    """A release has no key of its own: it is written when its event is new."""
    return _placed(records["custody_release"], places.filter("is_new_event")).select(
        natural_key("release", pl.col("local_ref")).alias("natural_key"),
        *PROVENANCE,
        pl.col("custody_ref").alias("custody_id"),
        pl.col("person_id").alias("offender_id"),
        "date",
        pl.col("type_target").alias("type"),
    )


def _key_dates(model: CaseModel) -> pl.DataFrame:
    return _placed(model.added("key_date"), model.event_places).select(
        record_ref("key_date").alias("natural_key"),
        *PROVENANCE,
        pl.col("custody_ref").alias("custody_id"),
        pl.col("type_target").alias("type"),
        "date",
    )
