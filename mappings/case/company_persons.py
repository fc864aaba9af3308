"""Whose cases a company has: persons with an active manager in its area, and whom its system carries."""

import polars as pl

from mappings.case.case_model import CaseModel
from mappings.case.component_kinds import kinds
from mappings.case.live_components import Frames
from mappings.case.managers import LOST, lost_managers
from mappings.case.own_records import every_record
from vocabulary.batch import Batch
from vocabulary.source import NDELIUS


def company_persons(model: CaseModel) -> pl.Series:
    """person_id (nDelius's key as text, or the natural key of somebody new) of all of them, once each."""
    batch = model.batch
    if batch.has_own_system:
        delivered = model.records["offender"]["person_id"]
    else:  # whom nDelius knows anyhow, also where the row is set aside
        delivered = batch.in_scope(NDELIUS, "offender")["offender_id"].cast(pl.String).alias("person_id")
    return pl.concat([delivered, persons_of_area(model)]).drop_nulls().unique(maintain_order=True)


def delivered_persons(batch: Batch) -> pl.Series:
    """person_id of everybody whom the company delivered as a case, whatever became of the row, once each."""
    if batch.has_own_system:
        named = every_record(batch, "offender")["person_id"]
    else:
        named = batch.all(NDELIUS, "offender")["offender_id"].cast(pl.String).alias("person_id")
    return named.drop_nulls().unique()


def persons_of_area(model: CaseModel) -> pl.Series:
    """Keys (text) of all persons with an active manager of any kind in the company's area, in order; also one
    whose row nDelius could not hold."""
    managers = pl.concat([model.managers.lazy().select(LOST), lost_managers(model.baseline).lazy()])
    own = managers.filter(pl.col("area") == model.batch.company)
    components = components_of(model.standing).join(own, on=["kind", "component_ref"], how="semi")
    return components.select("person_id").collect()["person_id"].unique().sort()


def components_of(frames: Frames) -> pl.LazyFrame:
    """kind, component_ref, person_id of every component of nDelius, live or not."""
    return pl.concat(
        [
            frames[kind.entity]
            .lazy()
            .select(
                pl.lit(kind.code).alias("kind"),
                pl.col(kind.word).cast(pl.String).alias("component_ref"),
                pl.col("offender_id").cast(pl.String).alias("person_id"),
            )
            for kind in kinds()
        ]
    )
