"""From carried rows to the plan: who moves where, what is new, what changes hands."""

from dataclasses import dataclass

import polars as pl

from mappings.allocation.responsible_officers import officer_findings as responsible_findings
from mappings.allocation.routing import DEFAULT
from mappings.case.context import CaseContext
from mappings.parsing.decided_codes import decided_codes
from mappings.registry import Inserts, change_for_exports, find_in_exports, write_exports
from mappings.staff.new_officers import Staffed
from mappings.writes.programme_flags import programme_flags
from mappings.writes.provisional_codes import decided_of_ours, provisional_codes
from mappings.writes.repoint import repoint_changes
from mappings.writes.transfer_contacts import transfer_contacts
from mappings.writes.transfers import transfer_changes, transfer_inserts
from target.plan import Change, Plan
from vocabulary.batch import Batch
from vocabulary.findings import collect, findings_of


@dataclass(frozen=True)
class Planned:
    """The plan, the components that move with their receiving team and officer,
    and the findings of planning."""

    plan: Plan
    moving: pl.DataFrame
    findings: pl.DataFrame


def plan_company(
    batch: Batch, baseline: Batch, waiting: pl.DataFrame, staffed: Staffed | None = None
) -> Planned:
    """Everything Day 1 writes for one company.

    What moves is nDelius's; what the exports add is said where it is made, under `@writes`, `@changes` and
    `@finds` (mappings.registry).

    Args:
        batch: carried rows have outcome `carried`; spg frames have person_id, offender is_new_person.
        baseline: nDelius on the evening before.
        waiting: codes without decision (mappings.parsing.coded_columns.WAITING_SCHEMA).
        staffed: who becomes an officer, with new codes; None without a staff return: nobody keeps a case.
    """
    case = CaseContext(batch, baseline, staffed=staffed)
    moving, closing = case.moving, case.company_components.closing
    changes = transfer_changes(moving, closing, baseline)
    inserts = [
        transfer_inserts(moving, closing, baseline),
        {"CONTACT": transfer_contacts(moving, changes, baseline)},
        programme_flags(moving, case.model),
        *write_exports(case, batch.has),
    ]
    changes += [*repoint_changes(case.following), *change_for_exports(case, batch.has)]
    found = [
        case.company_components.findings,
        officer_findings(moving),
        *responsible_findings(moving, batch, baseline),
        *find_in_exports(case, batch.has),
    ]
    return Planned(_plan(batch, inserts, changes, waiting), moving, collect(found))


def officer_findings(moving: pl.DataFrame) -> pl.DataFrame:
    """O04 and O05 on the rows that name the team."""
    named = moving.filter(pl.col("named_row").is_not_null()).with_columns(
        pl.col("named_export").alias("export"),
        pl.col("named_file").alias("source_file"),
        pl.col("named_row").alias("source_row"),
    )
    rules = {"O04": pl.col("is_team_unknown"), "O05": pl.col("allocation") == DEFAULT}
    return collect(
        [
            findings_of(group, rule, str(entity))
            for rule, condition in rules.items()
            for (entity,), group in named.filter(condition).group_by("named_entity", maintain_order=True)
        ]
    )


def _plan(batch: Batch, inserts: list[Inserts], changes: list[Change], waiting: pl.DataFrame) -> Plan:
    tables: dict[str, list[pl.DataFrame]] = {}
    for group in inserts:
        for table, rows in group.items():
            if rows.height:
                tables.setdefault(table, []).append(rows)
    # Relaxed: a company says of some days the moment, a list the day alone.
    joined = {table: pl.concat(frames, how="diagonal_relaxed") for table, frames in tables.items()}
    decided = decided_codes(batch)
    written = decided_of_ours(joined, batch.company, decided)
    return Plan(
        company=batch.company,
        cycle=batch.cycle,
        inserts=written,
        changes=tuple(changes),
        provisional=provisional_codes(waiting, written, batch.company, decided),
    )
