"""Stage reconcile of one company: sources on one side, the target read back on the other."""

from dataclasses import dataclass, replace

import polars as pl
import sqlalchemy as sa

from mappings.decided_codes import decided_codes
from mappings.kinds import kinds
from mappings.regions import person_regions
from mappings.routing import only_region
from mappings.spg_differences import spg_differences
from pipeline.accounts import file_accounts, finding_counts
from pipeline.batches import findings_until, validated_batch
from pipeline.derived import derived_differences, figures_to_look_at, not_rebuilt
from pipeline.left_behind import left_behind
from pipeline.planning_stage import LOST, PLAN
from pipeline.plans import read_plan
from pipeline.results import DIFFERENCES, ROW_REGIONS
from pipeline.row_regions import row_regions
from pipeline.store import read_frame
from pipeline.table_counts import table_counts
from pipeline.totals.counted import counted_totals
from pipeline.totals.interventions import satellite_totals
from pipeline.totals.source import source_totals
from pipeline.totals.staff import staff_totals, unassigned
from pipeline.waiting import panel_questions, routing_gaps, staff_questions, undecided_writes, waiting_for
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation, LostPractitioner, Move, OfficerCount, Total, Waiting
from reports.entities import compare
from reports.readback import ReadBack
from reports.settled import component_numbers, settled_components
from reports.target_totals import managed_requirements, unpaid_work
from reports.totals import component_totals, person_totals, rar_totals, upw_totals
from target.plan import Plan
from vocabulary.batch import Batch
from vocabulary.companies import company as known_company

UNKNOWN_REGION = "unknown"
"""Region of what stays behind because geography gave none (G01)."""

EXPLAINS = ("set_aside", "block")
"""Severities whose rows explain a difference; X04 and X05 do as well."""


@dataclass(frozen=True)
class Sides:
    """Everything that is compared for one company."""

    batch: Batch
    baseline: Batch
    plan: Plan
    moving: pl.DataFrame
    stays: pl.DataFrame
    findings: pl.DataFrame
    differences: pl.DataFrame
    target: ReadBack


@dataclass(frozen=True)
class Reconciled:
    """The figures of a company, and the frames behind them that reports need, by name."""

    figures: CompanyReconciliation
    frames: dict[str, pl.DataFrame]


def reconcile_company(
    workspace: Workspace, company: str, baseline: Batch, connection: sa.Connection
) -> Reconciled:
    """The reconciliation of one company that has been loaded, or is being loaded in the same transaction."""
    sides = _sides(workspace, company, baseline, connection)
    settled = _settled(sides)
    moves = _moves(sides)
    compared = compare(sides.plan, sides.target)
    totals = (
        *_component_totals(sides, settled, moves),
        *_work_totals(sides),
        *counted_totals(sides.batch, sides.baseline, sides.target),
        *satellite_totals(sides.batch, sides.baseline, sides.target),
        *staff_totals(workspace, sides.batch, sides.target),
    )
    gaps = routing_gaps(sides.moving, baseline, company)
    asked = staff_questions(workspace, sides.batch, sides.findings)
    derived = derived_differences(connection, sides.moving, sides.target.ids("OFFENDER"))
    result = CompanyReconciliation(
        company=company,
        name=known_company(company).name,
        verdict="clean",
        files=file_accounts(workspace, sides.batch),
        entities=compared.counts,
        totals=totals,
        moves=moves,
        tables=table_counts(sides.plan, sides.batch, baseline, sides.target, company, workspace.cycle),
        findings=finding_counts(sides.findings),
        officers=_officers(sides.moving),
        lost_practitioners=_lost(read_frame(workspace.stage_folder(company, PLAN), LOST)),
        waiting=(
            *waiting_for(workspace, sides.batch, baseline, sides.differences),
            *undecided_writes(workspace, sides.plan, decided_codes(sides.batch)),
            *gaps,
            *asked,
            *panel_questions(sides.findings),
            *figures_to_look_at(derived),
        ),
    )
    problems = [*_unsettled(settled), *_sign_off(workspace, sides, gaps), *not_rebuilt(derived)]
    frames = {DIFFERENCES: compared.differences, **_shared_rows(workspace, sides)}
    return Reconciled(_judged(result, problems), frames)


def _shared_rows(workspace: Workspace, sides: Sides) -> dict[str, pl.DataFrame]:
    """Which region each row is about, where the company is shared between regions."""
    batch = sides.batch
    if only_region(batch.company) is not None:
        return {}
    employees = pl.DataFrame(schema=dict.fromkeys(("source_file", "source_row", "region"), pl.String))
    if batch.has("staff"):
        folder = workspace.stage_folder(batch.company, "validate") / "staff"
        employees = read_frame(folder, "assigned").select(employees.columns)
    return {ROW_REGIONS: row_regions(batch, person_regions(batch).persons, employees)}


def _sides(workspace: Workspace, company: str, baseline: Batch, connection: sa.Connection) -> Sides:
    batch = validated_batch(workspace, company)
    folder = workspace.stage_folder(company, PLAN)
    moving = read_frame(folder, "moving")
    regions = person_regions(batch).persons.select("person_id", "region")
    stays = left_behind(batch, baseline, moving).join(
        regions, on="person_id", how="left", maintain_order="left"
    )
    fallback = known_company(company).regions
    return Sides(
        batch=batch,
        baseline=baseline,
        plan=read_plan(folder / "plan"),
        moving=moving,
        stays=stays.with_columns(
            pl.col("region").fill_null(fallback[0] if len(fallback) == 1 else UNKNOWN_REGION)
        ),
        findings=findings_until(workspace, company, PLAN),
        differences=spg_differences(batch, baseline) if batch.has("spg") else _none_differ(),
        target=ReadBack.of_company(connection, company, workspace.cycle),
    )


def _none_differ() -> pl.DataFrame:
    return pl.DataFrame(schema=dict.fromkeys(("entity", "source_file", "source_row", "column"), pl.String))


def _settled(sides: Sides) -> pl.DataFrame:
    managers = {kind.code: (kind.manager_table, kind.manager_word) for kind in kinds()}
    tables = {kind.code: kind.table for kind in kinds()}
    numbers = component_numbers(sides.moving, tables, sides.target.crosswalk)
    return settled_components(sides.target.connection, sides.moving, managers, numbers)


def _moves(sides: Sides) -> tuple[Move, ...]:
    """Live components by kind and receiving region."""
    had_manager = pl.col("manager_id").is_not_null()
    counts = sides.moving.group_by("kind", "region").agg(
        had_manager.sum().alias("transferred"), (~had_manager).sum().alias("opened")
    )
    stays = sides.stays.group_by("kind", "region").agg(pl.len().alias("left_behind"))
    rows = counts.join(stays, on=["kind", "region"], how="full", coalesce=True).fill_null(0)
    order = {kind.code: place for place, kind in enumerate(kinds())}
    moves = [
        Move(*row)
        for row in rows.select("kind", "region", "transferred", "opened", "left_behind").iter_rows()
    ]
    return tuple(sorted(moves, key=lambda move: (order[move.kind], move.region)))


def _component_totals(sides: Sides, settled: pl.DataFrame, moves: tuple[Move, ...]) -> list[Total]:
    company = sides.batch.company
    return [*person_totals(settled, sides.stays, company), *component_totals(moves, settled, company)]


def _work_totals(sides: Sides) -> list[Total]:
    batch, company = sides.batch, sides.batch.company
    source = source_totals(batch, sides.baseline, sides.stays, sides.moving, _listed(sides))
    requirements = managed_requirements(sides.target)
    rar = requirements.filter(pl.col("main_category") == "F").select(
        pl.col("requirement_id").alias("component_id"), "region", "days", "days_done"
    )
    orders = source.orders.with_columns(_number(sides, "UPW_DETAILS", "order_ref").alias("order_id"))
    rar_source = source.rar.with_columns(_number(sides, "RQMNT", "component_ref").alias("component_id"))
    return [
        *upw_totals(orders, unpaid_work(sides.target, requirements), company),
        *rar_totals(rar_source, rar, company),
    ]


def _number(sides: Sides, table: str, ref: str) -> pl.Expr:
    """The target's id of a reference: itself in digits, or by the crosswalk."""
    ids = sides.target.ids(table)
    new = pl.col(ref).replace_strict(ids["natural_key"], ids["id"], default=None, return_dtype=pl.Int64)
    return pl.coalesce(new, pl.col(ref).cast(pl.Int64, strict=False))


def _listed(sides: Sides) -> pl.DataFrame:
    """Rows whose finding explains a difference in a total."""
    explains = pl.col("severity").is_in(EXPLAINS) | pl.col("rule").is_in(["X04", "X05"])
    found = sides.findings.filter(explains).select("source_file", "source_row")
    return pl.concat([found, sides.differences.select("source_file", "source_row")]).unique()


def _officers(moving: pl.DataFrame) -> tuple[OfficerCount, ...]:
    """Who has the components of each region: own practitioner, default officer,
    nobody yet (O05 on the first page)."""
    names = ("kept", "default", "unallocated")
    counts = moving.group_by("region").agg(
        *((pl.col("allocation") == name).sum().alias(name) for name in names)
    )
    return tuple(OfficerCount(*row) for row in counts.sort("region").select("region", *names).iter_rows())


def _lost(lost: pl.DataFrame) -> tuple[LostPractitioner, ...]:
    counts = lost.group_by("region", "reason").agg(
        pl.len().alias("components"), pl.col("person_id").n_unique().alias("persons")
    )
    return tuple(LostPractitioner(*row) for row in counts.sort("region", "reason").iter_rows())


def _unsettled(settled: pl.DataFrame) -> list[str]:
    unsettled = settled.filter(~pl.col("is_settled"))
    return [
        f"K01: {rows} {kind} components do not end with one active manager in their region"
        for kind, rows in unsettled.group_by("kind", maintain_order=True).len().iter_rows()
    ]


def _sign_off(workspace: Workspace, sides: Sides, gaps: tuple[Waiting, ...]) -> list[str]:
    """What holds sign-off though every figure agrees."""
    problems = [f"O04: {gap.subject}: {gap.rows} live cases. {gap.action}" for gap in gaps]
    if lost := unassigned(workspace, sides.batch):
        problems.append(f"K05: {lost} employees do not have exactly one outcome")
    if held := sides.findings.filter(pl.col("rule") == "L03").height:
        problems.append(f"L03: {held} restriction rows are held: nobody who comes may see the person")
    return problems


def _judged(result: CompanyReconciliation, problems: list[str]) -> CompanyReconciliation:
    """The verdict: clean only when every account closes, every total agrees and nothing was set aside."""
    is_clean = (
        not problems
        and all(file.closes and not file.set_aside for file in result.files)
        and all(total.agrees for total in result.totals)
        and not any(count.different or count.missing or count.extra for count in result.entities)
    )
    return replace(result, verdict="clean" if is_clean else "differences", problems=tuple(problems))
