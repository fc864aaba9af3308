"""The cases of a region that lose their practitioner: who has them now, and why."""

import polars as pl

from lists.registry import makes_lists
from lists.sources import Lists, ListSources


@makes_lists("cases")
def cases_lists(sources: ListSources, lost: pl.DataFrame) -> Lists:
    """`lost_practitioner`: a row per component of `lost`, by team and person."""
    named = sources.people.select("person_id", "crn", "surname", "first_name")
    rows = lost.join(named, on="person_id", how="left", maintain_order="left").sort(
        "region", "n_team", "crn", "kind", maintain_order=True
    )
    return {
        "lost_practitioner": rows.select(
            *["region", pl.col("n_team").alias("team"), pl.col("n_officer").alias("officer")],
            *["crn", "surname", "first_name", "kind", "component_ref", "reason"],
            *["company", pl.col("team").alias("old_team"), pl.col("officer").alias("old_officer")],
        )
    }
