"""The workload book of a region: each practitioner's cases before and from Day 1 on, who is over capacity,
and the same in the layout of the extract that the Workload Management Tool (WMT) reads."""

import polars as pl

from lists.registry import makes_lists
from lists.sources import Lists, ListSources
from lists.workload.cases import PLACES, PRACTITIONER, cases_from_day_1
from lists.workload.practitioners import with_capacity
from lists.workload.wmt_extract import wmt_extract


@makes_lists("workload")
def workload_lists(sources: ListSources) -> Lists:
    """`practitioners`, `teams`, `over_capacity` (the cases of who is over it) and `wmt_extract`."""
    cases = cases_from_day_1(sources)
    practitioners = with_capacity(sources, cases)
    over = practitioners.filter(pl.col("over_by") > 0).select("officer")
    return {
        "practitioners": practitioners,
        "teams": teams(practitioners),
        "over_capacity": cases.join(over, on="officer", how="semi", maintain_order="left").select(
            *PRACTITIONER, "crn", "surname", "first_name", "place", "tier", "weight", "comes_from", "company"
        ),
        "wmt_extract": wmt_extract(cases, practitioners),
    }


def teams(practitioners: pl.DataFrame) -> pl.DataFrame:
    """A row per team: practitioners who come with their cases, persons with and without one, and what is
    over capacity."""
    is_named = pl.col("comes_from").is_not_null()
    sums = [pl.col(name).sum() for name in (*PLACES, "requirements", "reports", "weight", "over_by")]
    return (
        practitioners.group_by("region", "pdu", "team", "company", maintain_order=True)
        .agg(
            is_named.sum().cast(pl.Int64).alias("practitioners"),
            pl.col("after").sum().alias("persons"),
            pl.col("after").filter(~is_named).sum().alias("without_practitioner"),
            (pl.col("over_by") > 0).sum().cast(pl.Int64).alias("over_capacity"),
            *sums,
        )
        .select(
            *["region", "pdu", "team", "practitioners", "persons", "without_practitioner", "over_capacity"],
            *[*PLACES, "requirements", "reports", "weight", "over_by", "company"],
        )
    )
