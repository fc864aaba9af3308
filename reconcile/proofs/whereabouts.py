"""Which line of destinations.csv fits each carried row: its `when`, and the row of nDelius that it already
is."""

import polars as pl

from reconcile.proofs.destinations import ALWAYS
from reconcile.registry import placements
from reconcile.sources.delivery import PLACE, Delivery, own_key
from vocabulary.batch import CARRIED
from vocabulary.declared import call, needs
from vocabulary.links import parents_first

DELIUS = "delius"


def place_rows(delivery: Delivery, facts: object) -> pl.DataFrame:
    """PLACE, entity, when, there of every carried row of the delivery.

    Where destinations.csv has more than one line for an entity, a function under `@places` in
    `reconcile/expected/` tells which; `facts` has what it needs (reconcile.expected.facts).
    """
    found = []
    for export in delivery.frames:
        for entity in parents_first(export):
            rows = _placed(delivery, export, entity, facts)
            found.append(rows.select(*PLACE, pl.lit(entity).alias("entity"), "when", "there"))
    return pl.concat(found)


def _placed(delivery: Delivery, export: str, entity: str, facts: object) -> pl.DataFrame:
    if (placed := placements().get((export, entity))) is not None:
        own = {"rows": delivery.carried(export, entity)} if "rows" in needs(placed.function) else {}
        return call(placed.function, facts, entity=entity, **own)  # type: ignore[no-any-return]
    there = own_key(entity) if export == DELIUS else pl.lit(None, pl.String)
    rows = delivery.scan(export, entity).filter(pl.col("row_outcome") == CARRIED)
    return rows.select(*PLACE, pl.lit(ALWAYS).alias("when"), there.alias("there")).collect()
