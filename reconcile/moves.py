"""Which components must move, and where each must go: from the baseline, the gateway's new records, routing.

What nDelius holds of a company decides; what only the company holds is added. Nothing here looks at a plan.
"""

import polars as pl

from reconcile.cases import OM, kinds
from reconcile.cases import company_cases as cases_of
from reconcile.delivery import PLACE
from reconcile.evidence import Evidence
from reconcile.origins import SPG, TABLES, Records, is_new
from reconcile.receivers import receivers_of, to_nobody
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
    has_team = (
        text_table("mappings", "routing", "teams.csv").filter(company=evidence.company, kind="SM").height
    )
    standing = cases_of(
        evidence.country.cases, evidence.company, has_sentence_management=bool(has_team)
    ).select(COLUMNS)
    parts = [standing]
    if records is not None:
        # A company's own system says which team an unmanaged component is of; nDelius does not.
        delivered = _delivered(records)
        unmanaged = standing.filter(pl.col("why") != MANAGED).drop("team", "officer", *PLACE)
        named = unmanaged.join(delivered, on=["kind", "component"], how="inner").select(COLUMNS)
        parts = [standing.filter(pl.col("why") == MANAGED), named, _new(evidence, records)]
        parts.append(_unmanaged(evidence, delivered, pl.concat([standing, named])))
    placed = pl.concat(parts).join(evidence.regions, on="person", how="left", maintain_order="left")
    known = evidence.country.baseline["offender"]["offender_id"]
    is_somebody_new = ~pl.col("person").is_in(known.implode()).fill_null(False)
    return placed.with_columns(
        pl.when(is_somebody_new).then(pl.lit(evidence.home)).otherwise("region").alias("region")
    )


def receive(moves: pl.DataFrame, evidence: Evidence, officers: pl.DataFrame) -> pl.DataFrame:
    """`moves` that have a region, with n_area, n_team, n_officer, keeps (reconcile.receivers).

    An orphan of nDelius has no team to follow: the region's unallocated team has it.
    """
    placed = moves.filter(pl.col("region").is_not_null())
    has_none = pl.col("why").is_in([ORPHAN, MISSING]) & (pl.col("export") != SPG)
    follows = receivers_of(placed.filter(~has_none), evidence.delivery, officers)
    return pl.concat([follows, to_nobody(placed.filter(has_none))])


def _delivered(records: Records) -> pl.DataFrame:
    """kind, component, team, officer, person, event, area_delivered, PLACE of live records with a key."""
    found = []
    for kind in kinds().values():
        if kind.entity not in records.frames:
            continue
        frame = _live(records, kind.entity)
        key = pl.col("person") if kind.kind == OM else pl.col(kind.word)
        known = (
            frame.filter(~pl.col("is_new_person")) if kind.kind == OM else frame.filter(~is_new(kind.entity))
        )
        found.append(
            known.select(
                pl.lit(kind.kind).alias("kind"),
                key.alias("component"),
                "team",
                "officer",
                pl.col("area").alias("_area"),
                "person",
                _event(frame).alias("event"),
                pl.lit(kind.entity).alias("entity"),
                *PLACE,
            )
        )
    return pl.concat(found).select(
        "kind", "component", "team", "officer", *PLACE, "_area", pl.col("person").alias("_person"),
        pl.col("event").alias("_event"), pl.col("entity").alias("_entity"),
    )  # fmt: skip


def _unmanaged(evidence: Evidence, delivered: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Records of the company that nDelius knows and that nobody manages there."""
    managed = evidence.country.cases.components.filter(pl.col("area").is_not_null())
    own = delivered.filter(pl.col("_area") == evidence.company)
    rest = own.join(managed, on=["kind", "component"], how="anti").join(
        known, on=["kind", "component"], how="anti"
    )
    nothing = pl.lit(None, pl.String)
    return rest.select(
        "kind", "component", pl.col("_person").alias("person"), pl.col("_event").alias("event"),
        pl.lit(ORPHAN).alias("why"), pl.col("_entity").alias("entity"), *PLACE,
        nothing.alias("manager"), nothing.alias("area"), "team", "officer",
        *(nothing.alias(name) for name in ("manager_entity", "manager_file", "manager_row")),
    ).select(COLUMNS)  # fmt: skip


def _new(evidence: Evidence, records: Records) -> pl.DataFrame:
    """Live records that nDelius has given no key, by the key that the target gave them."""
    nothing = pl.lit(None, pl.String)
    found = []
    for kind in kinds().values():
        if kind.entity not in records.frames:
            continue
        frame = _live(records, kind.entity).filter(pl.col("area") == evidence.company)
        new = frame.filter("is_new_person") if kind.kind == OM else frame.filter(is_new(kind.entity))
        table = "OFFENDER" if kind.kind == OM else TABLES[kind.entity]
        found.append(
            evidence.with_keys(new, table, SPG, "component").select(
                pl.lit(kind.kind).alias("kind"), "component", "person", _event(frame).alias("event"),
                pl.lit(ADDED).alias("why"), pl.lit(kind.entity).alias("entity"), *PLACE,
                nothing.alias("manager"), nothing.alias("area"), "team", "officer",
                *(nothing.alias(name) for name in ("manager_entity", "manager_file", "manager_row")),
            )
        )  # fmt: skip
    return pl.concat(found).select(COLUMNS)


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
