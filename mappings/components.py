"""Which live components are the company's and who manages them now (O01 to O03, O07, R09, R10).

The result has one row per component that moves. `manager_id` is null where there is nothing to close.
"""

from dataclasses import dataclass

import polars as pl

from mappings.agreed import agreed_frames
from mappings.kinds import kinds
from mappings.live import Frames, live_components
from mappings.managers import active_managers
from mappings.routing import has_sentence_management
from vocabulary.batch import Batch
from vocabulary.findings import collect, findings_of

ROW = ["export", "source_file", "source_row"]
RATE_CARD_NSI = "RC01"
"""NSI type of a rate card service: its meaning ends on Day 1 (dictionary note 6)."""

OM = "OM"


@dataclass(frozen=True)
class Components:
    """What one company moves.

    `moving`: kind, entity, person_id, component_ref, company, export, source_file, source_row, team, officer,
    manager_id (Int64, null when nothing is to close), is_new, goes_unallocated, old_area, old_team,
    old_officer, and named_export, named_entity, named_file, named_row: the row that names the team.
    `closing`: kind, manager_id of further active managers that are closed (O02).
    """

    moving: pl.DataFrame
    closing: pl.DataFrame
    findings: pl.DataFrame


def delius_components(batch: Batch, baseline: Batch) -> Components:
    """The company's live components by its own extract; a row that is not carried is not used (delius.md)."""
    frames = agreed_frames(batch, baseline)
    unusable = _unusable_managers(frames, baseline)
    live = pl.concat([_live(frames, "delius", kind.code) for kind in kinds()])
    live = live.join(unusable, on=["kind", "component_ref"], how="anti", maintain_order="left")
    managers = active_managers(frames).join(unusable, on=["kind", "component_ref"], how="anti")
    blocked = _managed_by_unused_rows(batch)
    current = managers.filter("is_current").drop("is_current")
    judged = live.join(current, on=["kind", "component_ref"], how="left", maintain_order="left").join(
        blocked, on=["kind", "component_ref"], how="left", maintain_order="left"
    )
    is_own = pl.col("area") == batch.company
    own_persons = judged.filter((pl.col("kind") == OM) & is_own)["person_id"]
    has_none = pl.col("area").is_null() & pl.col("is_blocked").is_null() & (pl.col("kind") != OM)
    is_orphan = has_none & pl.col("person_id").is_in(own_persons.implode())
    own, orphans = judged.filter(is_own), judged.filter(is_orphan)
    opened = _missing_offender_managers(batch, judged, pl.concat([own, orphans]))
    moving = pl.concat([own, orphans, opened]).drop("is_blocked")
    others = judged.filter(~is_own)
    earlier = _superseded(managers, moving, batch.company)
    findings = [
        *_by_entity(orphans, "O03"),
        *_by_entity(opened, "O01"),
        *_by_manager(others, "O07"),
        *_by_manager(earlier, "O02"),
        *flag_findings({entity: batch.carried("delius", entity) for entity in frames}, moving),
    ]
    closing = earlier.select("kind", "manager_id")
    return Components(_named_by_manager(moving), closing, collect(findings))


def flag_findings(frames: Frames, moving: pl.DataFrame) -> list[pl.DataFrame]:
    """R09 and R10 on the rows of moving components. `frames` are the carried rows."""
    found = []
    for kind in kinds():
        refs = moving.filter(pl.col("kind") == kind.code)["component_ref"]
        frame = frames[kind.entity].filter(pl.col(kind.word).cast(pl.String).is_in(refs.implode()))
        if "has_pending_transfer" in frame.columns:
            found.append(
                findings_of(frame.filter("has_pending_transfer"), "R10", kind.entity, "has_pending_transfer")
            )
        if kind.entity == "nsi":
            found.append(findings_of(frame.filter(pl.col("type") == RATE_CARD_NSI), "R09", "nsi", "type"))
    return found


def _live(frames: Frames, export: str, code: str) -> pl.DataFrame:
    kind = next(found for found in kinds() if found.code == code)
    return live_components(frames, export, kind).select(
        pl.lit(kind.code).alias("kind"),
        pl.lit(kind.entity).alias("entity"),
        pl.col("offender_id").cast(pl.String).alias("person_id"),
        pl.col(kind.word).cast(pl.String).alias("component_ref"),
        "company",
        *ROW,
    )


def _unusable_managers(frames: Frames, baseline: Batch) -> pl.DataFrame:
    """kind, component_ref of components that a manager row holds which was not delivered, or is set aside.

    They stay where they are (delius.md): closing one manager of two would leave the other active.
    """
    known = active_managers({entity: baseline.carried("delius", entity) for entity in frames})
    usable = active_managers(frames).select("kind", "manager_id")
    unusable = known.join(usable, on=["kind", "manager_id"], how="anti")
    return unusable.select("kind", "component_ref").unique()


def _managed_by_unused_rows(batch: Batch) -> pl.DataFrame:
    """Components with an active manager row that is set aside: they stay where they are (delius.md)."""
    frames = {
        kind.manager: batch.all("delius", kind.manager).filter(pl.col("row_outcome") == "set_aside")
        for kind in kinds()
    }
    unused = [
        frames[kind.manager]
        .filter(
            pl.col(kind.manager_word).is_not_null() & (pl.col("is_active") | pl.col("end_date").is_null())
        )
        .select(
            pl.lit(kind.code).alias("kind"),
            pl.col(kind.manager_word).cast(pl.String).alias("component_ref"),
            pl.lit(True).alias("is_blocked"),
        )
        for kind in kinds()
    ]
    return pl.concat(unused).unique()


def _missing_offender_managers(batch: Batch, judged: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """Persons with a component of the company and no active offender manager at all (O01)."""
    if not has_sentence_management(batch.company):
        return judged.head(0)
    without = (pl.col("kind") == OM) & pl.col("area").is_null() & pl.col("is_blocked").is_null()
    return judged.filter(without & pl.col("person_id").is_in(own["person_id"].implode()))


def _superseded(managers: pl.DataFrame, moving: pl.DataFrame, company: str) -> pl.DataFrame:
    """Earlier active managers, of components that move or in the company's own area (O02)."""
    earlier = managers.filter(~pl.col("is_current"))
    moves = pl.struct("kind", "component_ref").is_in(
        moving.select(pl.struct("kind", "component_ref")).to_series().implode()
    )
    return earlier.filter(moves | (pl.col("area") == company)).with_columns(pl.lit(company).alias("company"))


def _named_by_manager(moving: pl.DataFrame) -> pl.DataFrame:
    """In nDelius the manager row names the team;
    a component without one goes to the unallocated team (O01, O03)."""
    return moving.with_columns(
        pl.col("manager_id").is_null().alias("goes_unallocated"),
        pl.lit(False).alias("is_new"),
        pl.lit("delius").alias("named_export"),
        pl.col("area").alias("old_area"),
        pl.col("team").alias("old_team"),
        pl.col("officer").alias("old_officer"),
    ).rename({"manager_entity": "named_entity", "manager_file": "named_file", "manager_row": "named_row"})


def _by_entity(rows: pl.DataFrame, rule: str) -> list[pl.DataFrame]:
    return [
        findings_of(group, rule, entity) for (entity,), group in rows.group_by("entity", maintain_order=True)
    ]


def _by_manager(rows: pl.DataFrame, rule: str) -> list[pl.DataFrame]:
    """Findings on manager rows; rows without a manager are left out."""
    named = rows.filter(pl.col("manager_row").is_not_null()).with_columns(
        pl.lit("delius").alias("export"),
        pl.col("manager_file").alias("source_file"),
        pl.col("manager_row").alias("source_row"),
    )
    groups = named.group_by("manager_entity", maintain_order=True)
    return [findings_of(group, rule, str(entity)) for (entity,), group in groups]
