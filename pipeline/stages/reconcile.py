"""Stage reconcile: the proofs of the companies of a run, as figures and lists for every report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import sqlalchemy as sa

from lists.sources import list_sources
from mappings.allocation.regions import person_regions
from mappings.allocation.routing import only_region
from mappings.case.case_model import CaseModel
from mappings.case.record_differences import record_differences
from mappings.parsing.decided_codes import decided_codes
from mappings.staff.lists import list_rows
from pipeline.failures import Failures
from pipeline.figures.basis import samples_in_use
from pipeline.figures.custody import unattended_cases
from pipeline.figures.deleted_rows import deleted_rows
from pipeline.figures.derived import figures_to_look_at
from pipeline.figures.payroll import payroll_totals
from pipeline.figures.proofs import as_told, entity_counts, moves, officer_counts, totals, with_extra
from pipeline.figures.row_account import file_accounts, finding_counts
from pipeline.figures.row_regions import row_regions
from pipeline.figures.tables import table_counts
from pipeline.figures.waiting import (
    hours_twice,
    panel_questions,
    routing_gaps,
    schedule_questions,
    staff_questions,
    undecided_writes,
    waiting_for,
)
from pipeline.figures.workload import workload_of
from pipeline.stages.baseline import HELD, ODD, ODD_ACTION, baseline_lines
from pipeline.stages.edited import edited_rows
from pipeline.stages.plan import LOST, PLAN
from pipeline.stages.prove import Sources
from pipeline.storage.batches import both_sides, contact_pairs
from pipeline.storage.plans import read_inserts
from pipeline.storage.results import DIFFERENCES, PERSONS, ROW_REGIONS
from pipeline.storage.stood import TOTALS as STOOD_TOTALS
from pipeline.storage.stood import read_stood
from pipeline.storage.store import read_frame
from pipeline.workspace import Workspace
from reconcile.differences import UNCHANGED
from reconcile.figures.totals import UNKNOWN, company_totals, person_rows, with_state
from reconcile.people.linked import linked_by_evidence
from reconcile.prove_company import CompanyProof
from reconcile.sources.undelivered import moved_undelivered
from reports.data import (
    EDITED,
    CompanyReconciliation,
    Left,
    LinkedByEvidence,
    LostPractitioner,
    Undelivered,
    Waiting,
)
from reports.differences import counted
from reports.left import LEFT_SCHEMA
from vocabulary.batch import Batch
from vocabulary.companies import company as known_company

EDITED_ACTION = (
    "Somebody changed this row of nDelius since it was loaded, and a delta changes it otherwise (T14): "
    "settle in nDelius what holds. day1 trace --target TABLE ID says where it came from."
)


@dataclass(frozen=True)
class Reconciled:
    """The figures of a company, and the frames behind them that reports need, by name."""

    figures: CompanyReconciliation
    frames: dict[str, pl.DataFrame]


def reconcile_companies(
    workspace: Workspace,
    codes: Sequence[str],
    connection: sa.Connection,
    failures: Failures,
    snapshot: Path | None = None,
) -> dict[str, Reconciled]:
    """The reconciliation of each of `codes`, which are loaded, or being loaded in the same transaction.

    One whose proof fails goes to `failures`. `snapshot`: in the place of the cycle's own.
    """
    if not codes:
        return {}

    def take(proof: CompanyProof, left: pl.DataFrame) -> Reconciled:
        code = proof.evidence.company
        return _taken(workspace, *both_sides(workspace, code), proof, left)

    proved = Sources.of(workspace, codes, snapshot).prove(
        connection, take, lambda code: failures.apart(code, "reconcile")
    )
    return {
        code: _with_differences(
            taken, proved.differences.filter(pl.col("company") == code), is_delta=workspace.is_delta
        )
        for code, taken in proved.looked.items()
    }


def _taken(
    workspace: Workspace, batch: Batch, baseline: Batch, proof: CompanyProof, left: pl.DataFrame
) -> Reconciled:
    """A company's figures, as far as it answers for them alone."""
    code = batch.company
    state = with_state(proof)
    staff = workspace.stage_folder(code, "validate") / "staff"
    pay = payroll_totals(staff, code) if batch.has("staff") else []
    found = company_totals(proof, listed_outcomes(staff, batch))
    sources = list_sources(batch, baseline, read_frame(workspace.stage_folder(code, PLAN), "moving"))
    result = CompanyReconciliation(
        company=code,
        name=known_company(code).name,
        verdict="clean",
        files=file_accounts(workspace, batch, proof.files, deleted_rows(workspace, proof.evidence)),
        entities=entity_counts(proof),
        totals=(*totals(_with_stood(workspace, code, found), code), *pay),
        moves=moves(state, proof),
        tables=table_counts(proof.evidence, batch, baseline),
        findings=finding_counts(proof.evidence.delivery.findings),
        officers=officer_counts(state),
        lost_practitioners=_lost(read_frame(workspace.stage_folder(code, PLAN), LOST)),
        waiting=_waiting(workspace, batch, baseline, proof),
        left=tuple(Left(**row) for row in left.select(sorted(set(LEFT_SCHEMA) - {"company"})).to_dicts()),
        samples=samples_in_use(workspace, batch),
        undelivered=tuple(Undelivered(**row) for row in moved_undelivered(proof).to_dicts()),
        linked=tuple(LinkedByEvidence(**row) for row in linked_by_evidence(proof.evidence).to_dicts()),
        unattended=unattended_cases(sources),
        workload=workload_of(sources),
        problems=tuple(_sign_off(workspace, batch, baseline, proof)),
    )
    frames = {PERSONS: person_rows(state), **_shared_rows(workspace, batch, baseline, proof)}
    return Reconciled(result, frames)


def _with_stood(workspace: Workspace, code: str, found: pl.DataFrame) -> pl.DataFrame:
    """Totals of a delta: by what they differed before anything of it was written, they may differ now."""
    if not workspace.is_delta:
        return found
    stood = read_stood(workspace, STOOD_TOTALS).filter(company=code)
    gap = stood.select(
        "name", "region", (pl.col("source") - pl.col("target") - pl.col("explained")).alias("_gap")
    )
    joined = found.join(gap, on=["name", "region"], how="left", maintain_order="left")
    explained = pl.col("explained") + pl.col("_gap").fill_null(0)
    return joined.with_columns(explained.alias("explained")).drop("_gap")


def _with_differences(taken: Reconciled, differences: pl.DataFrame, *, is_delta: bool) -> Reconciled:
    """With what all companies together had to say of this one, and the verdict."""
    entities = as_told(taken.figures.entities, differences) if is_delta else taken.figures.entities
    figures = replace(
        taken.figures,
        entities=with_extra(entities, differences),
        differences=counted(differences),
        changed_otherwise=differences.filter(pl.col("proof") == UNCHANGED).height,
    )
    return Reconciled(_judged(figures), {DIFFERENCES: differences, **taken.frames})


def _waiting(workspace: Workspace, batch: Batch, baseline: Batch, proof: CompanyProof) -> tuple[Waiting, ...]:
    """What a person must still decide or look at."""
    plan_folder = workspace.stage_folder(batch.company, PLAN)
    moving = read_frame(plan_folder, "moving")
    findings = proof.evidence.delivery.findings
    apart = record_differences(CaseModel(batch, baseline), contact_pairs(workspace, batch.company))
    persons = pl.concat([moving["person_id"], proof.evidence.trail.of_table("OFFENDER")["key"]])
    return (
        *waiting_for(workspace, batch, apart),
        *undecided_writes(workspace, batch.company, read_inserts(plan_folder / "plan"), decided_codes(batch)),
        *routing_gaps(moving, baseline, batch.company),
        *staff_questions(workspace, batch, findings),
        *panel_questions(findings),
        *hours_twice(findings),
        *schedule_questions(batch, baseline),
        *(
            Waiting(EDITED, f"{row['table']} {row['key']}", 1, EDITED_ACTION)
            for row in edited_rows(workspace, batch.company).unique(["table", "key"]).iter_rows(named=True)
        ),
        *(Waiting("baseline", line, 1, ODD_ACTION) for line in baseline_lines(workspace, batch.company, ODD)),
        *figures_to_look_at(proof.evidence.country.connection, persons),
    )


def listed_outcomes(staff: Path, batch: Batch) -> pl.DataFrame:
    """outcome, region of every employee as the assignment list has them."""
    if not batch.has("staff"):
        return pl.DataFrame(schema={"outcome": pl.String, "region": pl.String})
    rows = list_rows(read_frame(staff, "assigned").with_columns(pl.col("region").fill_null(UNKNOWN)))
    return rows.assignment.select(pl.col("outcome").cast(pl.String), pl.col("region").cast(pl.String))


def _shared_rows(
    workspace: Workspace, batch: Batch, baseline: Batch, proof: CompanyProof
) -> dict[str, pl.DataFrame]:
    """Which region each row is about and where it is, where the company is shared between regions."""
    if only_region(batch.company) is not None:
        return {}
    row = ["source_file", "source_row"]
    employees = pl.DataFrame(schema=dict.fromkeys((*row, "region"), pl.String))
    if batch.has("staff"):
        folder = workspace.stage_folder(batch.company, "validate") / "staff"
        employees = read_frame(folder, "assigned").select(employees.columns)
    rows = row_regions(batch, person_regions(CaseModel(batch, baseline)).persons, employees)
    places = proof.found.select(*row, pl.col("found").alias("destination")).unique(row, keep="first")
    return {ROW_REGIONS: rows.join(places, on=row, how="left", maintain_order="left")}


def _lost(lost: pl.DataFrame) -> tuple[LostPractitioner, ...]:
    counts = lost.group_by("region", "reason").agg(
        pl.len().alias("components"), pl.col("person_id").n_unique().alias("persons")
    )
    return tuple(LostPractitioner(*row) for row in counts.sort("region", "reason").iter_rows())


def _sign_off(workspace: Workspace, batch: Batch, baseline: Batch, proof: CompanyProof) -> list[str]:
    """What holds sign-off though every figure agrees; what is left and what differs stand on lists of their
    own."""
    moving = read_frame(workspace.stage_folder(batch.company, PLAN), "moving")
    gaps = routing_gaps(moving, baseline, batch.company)
    problems = baseline_lines(workspace, batch.company, HELD)
    problems += [f"O04: {gap.subject}: {gap.rows} live cases. {gap.action}" for gap in gaps]
    if batch.has("staff"):
        folder = workspace.stage_folder(batch.company, "validate") / "staff"
        listed = read_frame(folder, "assigned").select("source_file", "source_row")
        lost = proof.employees.join(listed, on=["source_file", "source_row"], how="anti").height
        lost += listed.height - listed.unique().height
        if lost:
            problems.append(f"K05: {lost} employees do not have exactly one outcome")
    if held := proof.evidence.delivery.findings.filter(pl.col("rule") == "L03").height:
        problems.append(f"L03: {held} restriction rows are held: nobody who comes may see the person")
    return problems


def _judged(result: CompanyReconciliation) -> CompanyReconciliation:
    """The verdict: clean only when every account closes, every total agrees, nothing was set aside, nothing
    differs and nothing stays with the company."""
    is_clean = (
        not result.problems
        and not result.left
        and not result.differences
        and all(file.closes and not file.set_aside for file in result.files)
        and all(total.agrees for total in result.totals)
        and not any(count.different or count.missing or count.extra for count in result.entities)
    )
    return replace(result, verdict="clean" if is_clean else "differences")
