"""Live components of a company with its own case system: it says what is live, the baseline who manages.

Court and institutional reports are kept in nDelius only, so the baseline's are taken (spg.md).
"""

import polars as pl

from mappings.components import OM, ROW, Components, flag_findings
from mappings.kinds import Kind, kinds
from mappings.live import Frames, live_components
from mappings.managers import active_managers
from vocabulary.batch import Batch
from vocabulary.findings import collect, findings_of

REPORTS = ("CR", "IR")
MANAGED = ["manager_id", "old_area", "old_team", "old_officer"]


def natural_key(entity: str, local_ref: pl.Expr) -> pl.Expr:
    """The key of a record that nDelius has not acknowledged; never all digits."""
    return pl.concat_str(pl.lit(f"spg:{entity}:"), local_ref)


def record_ref(entity: str) -> pl.Expr:
    """nDelius's key of a record as text, or its natural key while that is 0."""
    key = pl.col(f"{entity}_id").fill_null(0)
    return pl.when(key != 0).then(key.cast(pl.String)).otherwise(natural_key(entity, pl.col("local_ref")))


def spg_components(batch: Batch, baseline: Batch) -> Components:
    """What the company moves. Frames of `batch` have `person_id`; see Components for the result."""
    frames = {entity: batch.carried("spg", entity) for entity in batch.frames["spg"]}
    known = {entity: baseline.carried("delius", entity) for entity in baseline.frames["delius"]}
    managers = active_managers(known)
    records = pl.concat([live_records(frames, kind) for kind in kinds() if kind.code not in REPORTS])
    own = records.filter(pl.col("area") == batch.company)
    moving = pl.concat(
        [_managed(own, managers, batch.company), _reports(frames, known, managers, batch.company)]
    )
    others = records.join(moving, on=ROW, how="anti", maintain_order="left")
    left_alone = [
        findings_of(group, "O07", str(entity))
        for (entity,), group in others.group_by("entity", maintain_order=True)
    ]
    return Components(
        moving=moving,
        closing=_further(managers, records, moving, batch.company),
        findings=collect(left_alone + flag_findings(frames_with_refs(frames), moving)),
    )


def frames_with_refs(frames: Frames) -> Frames:
    """The frames with each entity's own key column holding the component's reference as text."""
    refs = {"offender": pl.col("person_id")}
    return {
        entity: frame.with_columns(refs.get(entity, record_ref(entity)).alias(f"{entity}_id"))
        for entity, frame in frames.items()
        if f"{entity}_id" in frame.columns
    } | {"court_report": _no_rows("court_report"), "institutional_report": _no_rows("institutional_report")}


def _no_rows(entity: str) -> pl.DataFrame:
    """The reports are not in this export."""
    return pl.DataFrame(schema={f"{entity}_id": pl.String})


def live_records(frames: Frames, kind: Kind) -> pl.DataFrame:
    """The live records of a kind. The person's reference is the matched person's key, or the natural key."""
    ref = pl.col("person_id") if kind.code == OM else record_ref(kind.entity)
    return live_components(frames, "spg", kind).select(
        pl.lit(kind.code).alias("kind"),
        pl.lit(kind.entity).alias("entity"),
        "person_id",
        ref.alias("component_ref"),
        "company",
        *ROW,
        "area",
        "team",
        "officer",
    )


def _managed(own: pl.DataFrame, managers: pl.DataFrame, company: str) -> pl.DataFrame:
    """The company's records with the manager row that is to close. One that others manage is left alone."""
    current = managers.filter("is_current").select(
        "kind",
        "component_ref",
        "manager_id",
        pl.col("area").alias("old_area"),
        pl.col("team").alias("old_team"),
        pl.col("officer").alias("old_officer"),
    )
    judged = own.join(current, on=["kind", "component_ref"], how="left", maintain_order="left")
    ours = judged.filter((pl.col("old_area") == company) | pl.col("old_area").is_null())
    return _as_moving(
        ours,
        named_export=pl.col("export"),
        named_entity=pl.col("entity"),
        named_file=pl.col("source_file"),
        named_row=pl.col("source_row"),
    )


def _reports(frames: Frames, known: Frames, managers: pl.DataFrame, company: str) -> pl.DataFrame:
    """Live reports of the carried persons that the company manages, from the baseline."""
    persons = frames["offender"]["person_id"]
    found = []
    for kind in kinds():
        if kind.code in REPORTS:
            live = live_components(known, "delius", kind).select(
                pl.lit(kind.code).alias("kind"),
                pl.lit(kind.entity).alias("entity"),
                pl.col("offender_id").cast(pl.String).alias("person_id"),
                pl.col(kind.word).cast(pl.String).alias("component_ref"),
                pl.lit(company).alias("company"),
                *ROW,
            )
            found.append(live.filter(pl.col("person_id").is_in(persons.implode())))
    own = managers.filter(pl.col("is_current") & (pl.col("area") == company))
    judged = pl.concat(found).join(own, on=["kind", "component_ref"], how="inner", maintain_order="left")
    judged = judged.with_columns(
        pl.col("area").alias("old_area"),
        pl.col("team").alias("old_team"),
        pl.col("officer").alias("old_officer"),
    )
    return _as_moving(
        judged,
        named_export=pl.lit("delius"),
        named_entity=pl.col("manager_entity"),
        named_file=pl.col("manager_file"),
        named_row=pl.col("manager_row"),
    )


def _as_moving(rows: pl.DataFrame, **named: pl.Expr) -> pl.DataFrame:
    return rows.select(
        "kind", "entity", "person_id", "component_ref", "company", *ROW, "team", "officer", *MANAGED,
        pl.lit(False).alias("goes_unallocated"),
        pl.col("component_ref").str.starts_with("spg:").alias("is_new"),
        **named,
    )  # fmt: skip


def _further(
    managers: pl.DataFrame, records: pl.DataFrame, moving: pl.DataFrame, company: str
) -> pl.DataFrame:
    """Further active managers of the company on what it delivered: none may stay (dictionary rule 1)."""
    named = ["kind", "component_ref"]
    delivered = pl.concat([records.select(named), moving.select(named)])
    earlier = managers.filter(~pl.col("is_current") & (pl.col("area") == company))
    return earlier.join(delivered, on=named, how="semi").select("kind", "manager_id")
