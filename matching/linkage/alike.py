"""New persons who look like one: compared with each other, never linked, only asked about (M09)."""

from collections.abc import Callable

import polars as pl

from matching.linkage.blocks import pairs_within
from matching.linkage.guards import agree_in_names_and_birth
from matching.linkage.model import stated
from matching.linkage.people import People
from matching.linkage.records import bearers, records
from matching.linkage.settings import settings
from matching.linkage.weighing import frequencies

ALIKE_SCHEMA = {"row": pl.Int64, "other": pl.Int64}


def alike(people: People, known: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """ALIKE_SCHEMA: pairs of `people` whose names and birth agree, at most nearly, and that weigh enough.

    `known`: the persons of nDelius (PERSON_SCHEMA), asked for where two share a block: by them it is judged
    how rare a name is, and how few of all pairs are one person.
    """
    near = pairs_within(people)
    if near.is_empty():
        return pl.DataFrame(schema=ALIKE_SCHEMA)
    from matching.linkage.scoring import weigh  # heavy: only who compares pays

    own = people.only(pl.concat([near["row"], near["offender_id"]]))
    everybody = records(own, bearers(own, own))
    nation = known()
    scored = weigh(near, everybody, everybody, stated(nation.height), frequencies(nation, everybody))
    is_one = (pl.col("weight") >= settings().thresholds["twin"]) & agree_in_names_and_birth()
    return scored.filter(is_one).select("row", pl.col("offender_id").alias("other")).sort("row", "other")
