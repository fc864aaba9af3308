"""Which components must move, and where each must go: from the baseline, the gateway's new records, routing.

What nDelius holds of a company decides; what only the company holds is added. Nothing here looks at a plan.
"""

import polars as pl

from reconcile.allocation.receivers import receivers_of, to_nobody
from reconcile.sources.cases import OM, kinds
from reconcile.sources.cases import company_cases as cases_of
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import SPG, TABLES, Records, event_has_ended, is_new
from vocabulary.batch import SET_ASIDE
from vocabulary.resources import text_table

MANAGED, ORPHAN, MISSING, ADDED = "managed", "orphan", "missing", "added"
"""Why a component moves: the company manages it (transferred); nobody does (O03, O01); only the company
knows it. The last three are opened: nothing is closed for them."""

COLUMNS = [
    "kind", "component", "person", "event", "why", "entity", *PLACE, "manager", "area", "team", "officer",
    "manager_entity", "manager_file", "manager_row",
]  # fmt: skip


def must_move(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """COLUMNS, region, pdu, person_team of every component that Day 1 must take from the company.

    `region` is null of a held person (G01). `component` is null of a new record that is not in the target.
    """
    added = _added(evidence, records)
    has_team = (
        text_table("mappings", "routing", "teams.csv").filter(company=evidence.company, kind="SM").height
    )
    standing = cases_of(
        evidence.country.cases, evidence.company, added["person"], has_sentence_management=bool(has_team)
    ).select(COLUMNS)
    # Whom the company's own record gives a manager does not need another.
    given = added.filter(pl.col("kind") == OM)["component"].drop_nulls()
    is_given = (pl.col("why") == MISSING) & pl.col("component").is_in(given.implode())
    placed = pl.concat([standing.filter(~is_given), added]).join(
        evidence.regions, on="person", how="left", maintain_order="left"
    )
    known = evidence.country.baseline["offender"]["offender_id"]
    is_somebody_new = ~pl.col("person").is_in(known.implode()).fill_null(False)
    return placed.with_columns(
        pl.when(is_somebody_new).then(pl.lit(evidence.home)).otherwise("region").alias("region")
    )


def assign_receivers(moves: pl.DataFrame, evidence: Evidence, officers: pl.DataFrame) -> pl.DataFrame:
    """`moves` that have a region, with n_area, n_team, n_officer, keeps (reconcile.allocation.receivers).

    What nobody manages has no team to follow: the region's unallocated team has it (O01, O03).
    """
    placed = moves.filter(pl.col("region").is_not_null())
    has_none = pl.col("why").is_in([ORPHAN, MISSING])
    follows = receivers_of(placed.filter(~has_none), evidence.delivery, officers)
    return pl.concat([follows, to_nobody(placed.filter(has_none))])


def _added(evidence: Evidence, records: Records | None) -> pl.DataFrame:
    """COLUMNS of live records that nDelius has given no key, by the key that the target gave them.

    Of a person without a key, matched or new, the record gives a manager where nDelius has none.
    """
    if records is None:
        return pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    nothing = pl.lit(None, pl.String)
    found = []
    for kind in kinds().values():
        if kind.entity not in records.frames:
            continue
        new = _live(records, kind.entity).filter((pl.col("area") == evidence.company) & is_new(kind.entity))
        keyed = (
            new.with_columns(pl.col("person").alias("component"))
            if kind.kind == OM
            else evidence.with_keys(new, TABLES[kind.entity], SPG, "component")
        )
        found.append(
            keyed.select(
                pl.lit(kind.kind).alias("kind"), "component", "person", _event(new).alias("event"),
                pl.lit(ADDED).alias("why"), pl.lit(kind.entity).alias("entity"), *PLACE,
                nothing.alias("manager"), nothing.alias("area"), "team", "officer",
                *(nothing.alias(name) for name in ("manager_entity", "manager_file", "manager_row")),
            )
        )  # fmt: skip
    managed = evidence.country.cases.components.filter(pl.col("area").is_not_null() & (pl.col("kind") == OM))
    is_managed = (pl.col("kind") == OM) & pl.col("person").is_in(managed["person"].implode()).fill_null(False)
    return pl.concat(found).select(COLUMNS).filter(~is_managed)


def _live(records: Records, entity: str) -> pl.DataFrame:
    """There is no active flag: live is what has not ended, and a requirement only while its event is."""
    frame = records.frames[entity]
    if entity == "offender":
        return frame
    open_ = frame.filter(pl.col("end_date").is_null())
    is_below = entity in ("requirement", "licence_condition", "pss_requirement")
    return open_.filter(~pl.col("has_ended")) if is_below else open_


def _event(frame: pl.DataFrame) -> pl.Expr:
    return pl.col("event") if "event" in frame.columns else pl.lit(None, pl.String)


def not_added(evidence: Evidence) -> pl.DataFrame:
    """kind, region, PLACE of live records that only the company holds and whose row is set aside."""
    parts = [pl.DataFrame(schema=dict.fromkeys(("kind", "region", *PLACE), pl.String))]
    delivery = evidence.delivery
    for kind in kinds().values() if delivery.has(SPG) else ():
        if kind.entity not in delivery.frames[SPG]:
            continue
        aside = delivery.all(SPG, kind.entity).filter(pl.col("row_outcome") == SET_ASIDE)
        own = aside.filter(is_new(kind.entity) & (pl.col("area") == evidence.company))
        if kind.kind != OM:
            own = own.filter(pl.col("end_date").is_null())
        if "local_event_ref" in own.columns and kind.kind != "NSI":
            own = own.filter(
                ~pl.col("local_event_ref").is_in(_ended_events(evidence).implode()).fill_null(False)
            )
        parts.append(
            own.select(pl.lit(kind.kind).alias("kind"), pl.lit(evidence.home).alias("region"), *PLACE)
        )
    return pl.concat(parts)


def _ended_events(evidence: Evidence) -> pl.Series:
    """local_ref of delivered events that are over."""
    events = evidence.delivery.all(SPG, "event")
    return events.filter(event_has_ended(evidence.country.baseline))["local_ref"].drop_nulls()
