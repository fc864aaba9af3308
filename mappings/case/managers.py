"""Manager rows of all kinds in one frame, and which of several active ones counts (dictionary rule 1,
O02)."""

from collections.abc import Sequence

import polars as pl

from mappings.case.component_kinds import Kind, kind, kinds
from mappings.case.live_components import Frames
from vocabulary.batch import Batch

OFFENDER_MANAGER = "offender_manager"

COLUMNS = [
    "kind", "component_ref", "manager_id", "area", "team", "officer", "start_date",
    "manager_entity", "manager_file", "manager_row",
]  # fmt: skip
"""What is known of a manager row. `component_ref` is the component's key as text."""

LOST = ["kind", "component_ref", "area"]

_NONE_LOST = pl.DataFrame(schema=dict.fromkeys(LOST, pl.String))


def active_managers(frames: Frames, of: Sequence[Kind] | None = None) -> pl.DataFrame:
    """The active managers of `frames` (not deleted, all kinds or those of `of`), with `is_current` on the one
    that counts.

    The latest allocation counts, and among equal dates the higher key (O02).
    """
    active = pl.concat([_of_kind(frames[one.manager].lazy(), one) for one in of or kinds()])
    latest_first = ["start_date", "manager_id"]
    ordered = active.sort(["kind", "component_ref", *latest_first], descending=[False, False, True, True])
    is_current = pl.int_range(pl.len()).over("kind", "component_ref") == 0
    return ordered.with_columns(is_current.alias("is_current")).collect()


def offender_managers(baseline: Batch) -> pl.DataFrame:
    """person_id, area, team, officer of who is in charge of each person on the evening before."""
    managers = baseline.standing(OFFENDER_MANAGER)
    current = active_managers({OFFENDER_MANAGER: managers}, (kind("OM"),)).filter("is_current")
    return current.select(pl.col("component_ref").alias("person_id"), "area", "team", "officer")


def lost_managers(baseline: Batch) -> pl.DataFrame:
    """kind, component_ref, area of active managers whose team or officer nobody has.

    Their rows cannot be moved, and still they say whose the component is.
    """
    found = []
    for one in kinds():
        held = baseline.held.get(one.manager)
        if held is not None and held.height:
            rows = held.lazy().filter(~pl.col("is_deleted").fill_null(False))
            found.append(_of_kind(rows, one).select(LOST))
    return pl.concat(found).collect() if found else _NONE_LOST


def _of_kind(managers: pl.LazyFrame, kind: Kind) -> pl.LazyFrame:
    return (
        managers.filter(pl.col("is_active") & pl.col(kind.manager_word).is_not_null())
        .with_columns(
            pl.lit(kind.code).alias("kind"),
            pl.col(kind.manager_word).cast(pl.String).alias("component_ref"),
            pl.lit(kind.manager).alias("manager_entity"),
            pl.col("source_file").alias("manager_file"),
            pl.col("source_row").alias("manager_row"),
        )
        .select(COLUMNS)
    )
