"""The Dynamic Framework hand-over of a region: open referrals by service, and those that have none."""

import polars as pl

from lists.registry import makes_lists
from lists.sources import Lists, ListSources
from mappings.allocation.framework_lots import with_lots
from vocabulary.batch import OUT_OF_SCOPE, SET_ASIDE
from vocabulary.resources import text_table

PERSON = ["region", "team", "officer", "crn", "surname", "first_name"]
LOT = ["lot", "provider", "takes", "how_certain"]


@makes_lists("referrals", "referrals")
def referrals_lists(sources: ListSources) -> Lists:
    """A list per service of Day 1 with the lots that may take each referral; `no_service` (V06), `no_event`
    (V05: no live sentence), and `not_placed`: open ones that are set aside, of which nobody can say."""
    placed = sources.case.referrals
    has_service, has_event = pl.col("service").is_not_null(), pl.col("event_id").is_not_null()
    written = with_lots(placed.filter(has_service & has_event), sources.baseline)
    every = sources.batch.all("referrals", "service_referral").rename({"officer": "referred_by"})
    aside = every.filter(pl.col("row_outcome") == SET_ASIDE, _is_open())
    by_service = {
        service: _shown(sources, written.filter(pl.col("service") == service), LOT)
        for service in text_table("mappings", "framework", "services.csv")["nsi_type"]
    }
    return {
        **by_service,
        "no_service": _shown(sources, placed.filter(~has_service), []),
        "no_event": _shown(
            sources, with_lots(placed.filter(has_service & ~has_event), sources.baseline), LOT
        ),
        "not_placed": _shown(sources, aside, []),
    }


def _is_open() -> pl.Expr:
    """The status says so, and V01 does not say otherwise (mappings.parsing.out_of_scope judges rows set
    aside as well)."""
    return (pl.col("status_target") == "open") & ~pl.col(OUT_OF_SCOPE)


def _shown(sources: ListSources, rows: pl.DataFrame, lot: list[str]) -> pl.DataFrame:
    return (
        sources.with_person(rows)
        .sort(*PERSON[:4], "referral_ref", maintain_order=True)
        .select(
            *PERSON,
            pl.col("service_name").alias("need"),
            "supplier",
            pl.col("referral_date").alias("referred"),
            pl.col("start_date").alias("started"),
            pl.col("end_date").alias("ends"),
            pl.col("sessions_booked").alias("booked"),
            pl.col("component_id").cast(pl.String).alias("requirement"),
            *lot,
            *["company", "referred_by", "referral_ref"],
        )
    )
