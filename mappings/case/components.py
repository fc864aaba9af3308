"""Which live components are the company's and who manages them now (O01 to O03, O07, R09, R10).

nDelius decides, for all companies alike (delius.md): what the company delivered, or did not, leaves nothing
behind. What only the company holds is added (mappings.case.added_components). A held person stays whole.
"""

from dataclasses import dataclass

import polars as pl

from mappings.allocation.routing import has_sentence_management
from mappings.case.added_components import added_components
from mappings.case.case_model import CaseModel
from mappings.case.component_kinds import OM, kinds
from mappings.case.delivered_rows import NAMED, PLACE, at_named_place, named, with_delivered
from mappings.case.live_components import Frames, live_components
from mappings.case.managers import lost_managers
from vocabulary.batch import Batch
from vocabulary.findings import collect, findings_of
from vocabulary.source import NDELIUS

RATE_CARD_NSI = "RC01"
"""NSI type of a rate card service: its meaning ends on Day 1 (dictionary note 6)."""

KEY = ["kind", "component_ref"]
COLUMNS = [
    *KEY, "entity", "person_id", "company", *PLACE, "team", "officer", "manager_id", "is_new",
    "goes_unallocated", "old_area", "old_team", "old_officer", "named_entity", *NAMED.values(),
]  # fmt: skip


@dataclass(frozen=True)
class Components:
    """What one company moves.

    `moving`: COLUMNS. `manager_id` (Int64) is null when nothing is to close; PLACE is the carried row of the
    component, else nDelius's own; the named row is the one that names the team, as delivered or else as
    nDelius has it. `closing`: kind, manager_id of further active managers that are closed (O02).
    """

    moving: pl.DataFrame
    closing: pl.DataFrame
    findings: pl.DataFrame


def company_components(model: CaseModel, persons: pl.Series) -> Components:
    """What the company moves of `persons` (person_id), the company's who are not held
    (mappings.allocation.regions)."""
    batch, known = model.batch, model.standing
    live = _live(known, batch).filter(pl.col("person_id").is_in(persons.implode()))
    managers = model.managers.join(live.select(KEY), on=KEY, how="semi", maintain_order="left")
    judged = live.join(
        managers.filter("is_current").drop("is_current"), on=KEY, how="left", maintain_order="left"
    )
    own = judged.filter(pl.col("area") == batch.company)
    nobody = judged.filter(pl.col("area").is_null())
    lost = lost_managers(model.baseline).filter(pl.col("area") == batch.company)
    without = nobody.join(lost, on=KEY, how="semi", maintain_order="left")
    own_persons = pl.concat([own, without]).filter(pl.col("kind") == OM)["person_id"]
    is_own = pl.struct(KEY).is_in(without.select(pl.struct(KEY)).to_series().implode())
    orphans = nobody.filter(
        (pl.col("kind") != OM) & (is_own | pl.col("person_id").is_in(own_persons.implode()))
    )
    added, elsewhere = added_components(model, judged)
    concerned = pl.concat([rows["person_id"] for rows in (own, without, orphans, added)])
    opened = _without_offender_manager(batch, nobody, concerned).join(added, on=KEY, how="anti")
    moving = pl.concat([_standing(pl.concat([own, orphans, opened]), batch), added.select(COLUMNS)])
    earlier = _superseded(managers, moving, batch)
    findings = [
        *_by_entity(orphans, "O03"),
        *_by_entity(opened, "O01"),
        *_by_manager(_standing(judged.filter(pl.col("area") != batch.company), batch), "O07"),
        *_by_entity(elsewhere, "O07"),
        *_by_manager(earlier, "O02"),
        *_flags(model, persons, moving),
    ]
    return Components(moving, earlier.select("kind", "manager_id"), collect(findings))


def _live(known: Frames, batch: Batch) -> pl.DataFrame:
    """KEY, entity, person_id, company, PLACE and the named place of every live component of nDelius."""
    found = []
    for kind in kinds():
        rows = live_components(known, kind).select(
            pl.lit(kind.code).alias("kind"),
            pl.lit(kind.entity).alias("entity"),
            pl.col("offender_id").cast(pl.String).alias("person_id"),
            pl.col(kind.word).cast(pl.String).alias("component_ref"),
            *PLACE,
        )
        found.append(with_delivered(rows, batch, kind.entity, "component_ref"))
    return pl.concat(found)


def _without_offender_manager(batch: Batch, nobody: pl.DataFrame, concerned: pl.Series) -> pl.DataFrame:
    """Persons with a component of the company and no active offender manager at all (O01)."""
    if not has_sentence_management(batch.company):
        return nobody.clear()
    return nobody.filter((pl.col("kind") == OM) & pl.col("person_id").is_in(concerned.implode()))


def _standing(rows: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """COLUMNS of components of nDelius. Its manager row names the team, in a gateway company's delivery the
    record; a component that nobody manages goes to the unallocated team (O01, O03)."""
    managed = rows.with_columns(
        pl.lit(False).alias("is_new"),
        pl.col("manager_id").is_null().alias("goes_unallocated"),
        pl.col("area").alias("old_area"),
        pl.col("team").alias("old_team"),
        pl.col("officer").alias("old_officer"),
    )
    if batch.has_own_system:
        is_delivered = pl.col("named_export") == batch.case_export
        by_manager = _named_by_manager(managed.filter(~is_delivered), batch)
        by_record = managed.filter(is_delivered).with_columns(pl.col("entity").alias("named_entity"))
        return pl.concat([by_record.select(COLUMNS), by_manager.select(COLUMNS)])
    return _named_by_manager(managed, batch).select(COLUMNS)


def _named_by_manager(rows: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """`rows` with the place of their manager row, as delivered or else nDelius's, as the named one."""
    found = [rows.with_columns(pl.col("manager_entity").alias("named_entity")).clear()]
    for (entity,), group in rows.group_by("manager_entity", maintain_order=True):
        managers = _managers_named(group, batch, str(entity)) if entity is not None else _nowhere(group)
        found.append(managers)
    return pl.concat(found)


def _managers_named(rows: pl.DataFrame, batch: Batch, entity: str) -> pl.DataFrame:
    managers = rows.select(
        pl.col("manager_id").cast(pl.String).alias("_ref"),
        pl.lit(NDELIUS).alias("export"),
        pl.col("manager_file").alias("source_file"),
        pl.col("manager_row").alias("source_row"),
    )
    places = with_delivered(managers.unique("_ref"), batch, entity, "_ref").select("_ref", *NAMED.values())
    return (
        rows.drop(NAMED.values())
        .with_columns(
            pl.lit(entity).alias("named_entity"), pl.col("manager_id").cast(pl.String).alias("_ref")
        )
        .join(places, on="_ref", how="left", maintain_order="left")
        .select(*rows.columns, "named_entity")
    )


def _nowhere(rows: pl.DataFrame) -> pl.DataFrame:
    """Nobody manages them: no row names a team."""
    nothing = [pl.lit(None, pl.String).alias(name) for name in ("named_entity", *NAMED.values())]
    return rows.with_columns(nothing).select(*rows.columns, "named_entity")


def _superseded(managers: pl.DataFrame, moving: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Earlier active managers, of components that move or in the company's own area (O02)."""
    moves = pl.struct(KEY).is_in(moving.select(pl.struct(KEY)).to_series().implode())
    earlier = managers.filter(~pl.col("is_current") & (moves | (pl.col("area") == batch.company)))
    blank = earlier.with_columns(pl.lit(None, pl.String).alias(name) for name in NAMED.values())
    return _named_by_manager(blank.with_columns(pl.lit(batch.company).alias("company")), batch)


def _flags(model: CaseModel, persons: pl.Series, moving: pl.DataFrame) -> list[pl.DataFrame]:
    """R10 on whatever of the persons has a pending transfer, moving or not; R09 on what moves."""
    batch, found = model.batch, []
    is_theirs = pl.col("offender_id").cast(pl.String).is_in(persons.implode())
    for kind in kinds():
        rows = model.standing[kind.entity].filter(is_theirs)
        rows = rows.with_columns(pl.col(kind.word).cast(pl.String).alias("_ref"))
        if kind.pending_table:
            pending = named(rows.filter("has_pending_transfer"), batch, kind.entity, "_ref")
            found.append(findings_of(pending, "R10", kind.entity, "has_pending_transfer"))
        if kind.entity == "nsi":
            refs = moving.filter(pl.col("kind") == kind.code)["component_ref"].implode()
            cards = rows.filter((pl.col("type") == RATE_CARD_NSI) & pl.col("_ref").is_in(refs))
            found.append(findings_of(named(cards, batch, "nsi", "_ref"), "R09", "nsi", "type"))
            found.append(findings_of(_added_rate_cards(model, moving), "R09", "nsi", "type"))
    return found


def _added_rate_cards(model: CaseModel, moving: pl.DataFrame) -> pl.DataFrame:
    """Rate card services that only the company holds."""
    new = moving.filter((pl.col("entity") == "nsi") & pl.col("is_new"))
    if not model.records:
        return new.clear()
    cards = model.records["nsi"].filter(pl.col("type") == RATE_CARD_NSI)
    return cards.join(new, on=PLACE, how="semi", maintain_order="left")


def _by_entity(rows: pl.DataFrame, rule: str) -> list[pl.DataFrame]:
    groups = at_named_place(rows).group_by("entity", maintain_order=True)
    return [findings_of(group, rule, str(entity)) for (entity,), group in groups]


def _by_manager(rows: pl.DataFrame, rule: str) -> list[pl.DataFrame]:
    """Findings on the rows that name the team."""
    groups = at_named_place(rows).group_by("named_entity", maintain_order=True)
    return [findings_of(group, rule, str(entity)) for (entity,), group in groups]
