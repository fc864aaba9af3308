"""Unacknowledged records of a company's own case system: persons, events and what hangs on them.

One row of its table each (exports/README, "What Day 1 writes"). Words are those of the target's records.
"""

import polars as pl

from mappings.case.own_numbers import natural_key, record_ref
from mappings.registry import Inserts, writes
from vocabulary.batch import Batch

PROVENANCE = ["export", "source_file", "source_row"]
NO = pl.lit(False)
PSS, ON_LICENCE, IN_CUSTODY = "P", "B", "A"
"""Custodial status (dictionary: CUSTODIAL STATUS): what the records of the event say of it."""


@writes("spg", tables="OFFENDER OFFENDER_ADDRESS EVENT MAIN_OFFENCE DISPOSAL CUSTODY RELEASE KEY_DATE")
def new_cases(batch: Batch, event_places: pl.DataFrame) -> Inserts:
    """Rows of OFFENDER, OFFENDER_ADDRESS, EVENT, MAIN_OFFENCE, DISPOSAL, CUSTODY, RELEASE and KEY_DATE.

    Args:
        batch: frames of `spg` with person_id; `offender` also with `is_new_person` (M07).
        event_places: mappings.case.spg_events.event_places.
    """
    places = event_places
    events = _placed(batch, "event", places.filter("is_new_event"), "local_ref")
    return {
        "OFFENDER": _persons(batch),
        "OFFENDER_ADDRESS": _addresses(batch),
        "EVENT": _events(events),
        "MAIN_OFFENCE": _offences(events),
        "DISPOSAL": _disposals(batch, events),
        "CUSTODY": _custodies(batch, _placed(batch, "event", places.filter("is_new_custody"), "local_ref")),
        "RELEASE": _releases(batch, places),
        "KEY_DATE": _key_dates(batch, places),
    }


def is_unacknowledged(entity: str) -> pl.Expr:
    """nDelius has given the record no key."""
    return pl.col(f"{entity}_id").fill_null(0) == 0


def _placed(batch: Batch, entity: str, places: pl.DataFrame, word: str = "local_event_ref") -> pl.DataFrame:
    return batch.carried("spg", entity).join(
        places, left_on=word, right_on="local_event_ref", how="inner", maintain_order="left"
    )


def _persons(batch: Batch) -> pl.DataFrame:
    sentenced = batch.carried("spg", "event").filter(
        pl.col("end_date").is_null() & pl.col("sentence_date").is_not_null()
    )["person_id"]
    return batch.carried("spg", "offender").filter("is_new_person").select(
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


def _addresses(batch: Batch) -> pl.DataFrame:
    return batch.carried("spg", "address").filter(is_unacknowledged("address")).select(
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


def _disposals(batch: Batch, events: pl.DataFrame) -> pl.DataFrame:
    with_work = batch.carried("spg", "upw_order")["local_event_ref"]
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


def _custodies(batch: Batch, events: pl.DataFrame) -> pl.DataFrame:
    """The custody row that new PSS requirements, releases and key dates hang on."""
    supervised = batch.carried("spg", "pss_requirement")["local_event_ref"]
    released = (
        batch.carried("spg", "custody_release")
        .group_by("local_event_ref")
        .agg(pl.col("date").max().alias("release_date"))
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


def _releases(batch: Batch, places: pl.DataFrame) -> pl.DataFrame:
    """A release has no key of its own: it is written when its event is new."""
    return _placed(batch, "custody_release", places.filter("is_new_event")).select(
        natural_key("release", pl.col("local_ref")).alias("natural_key"),
        *PROVENANCE,
        pl.col("custody_ref").alias("custody_id"),
        pl.col("person_id").alias("offender_id"),
        "date",
        pl.col("type_target").alias("type"),
    )


def _key_dates(batch: Batch, places: pl.DataFrame) -> pl.DataFrame:
    return (
        _placed(batch, "key_date", places)
        .filter(is_unacknowledged("key_date"))
        .select(
            record_ref("key_date").alias("natural_key"),
            *PROVENANCE,
            pl.col("custody_ref").alias("custody_id"),
            pl.col("type_target").alias("type"),
            "date",
        )
    )
