"""From carried rows to the plan: who moves where, what is new, what changes hands."""

from dataclasses import dataclass

import polars as pl

from mappings.allocation.named_regions import named_regions
from mappings.allocation.regions import person_regions
from mappings.allocation.responsible_officers import officer_findings as responsible_findings
from mappings.allocation.routing import DEFAULT, NO_TEAMS, decided_teams, route, unallocated
from mappings.case.company_persons import standing_frames
from mappings.case.components import Components, company_components
from mappings.case.orders import baseline_orders, spg_orders
from mappings.case.spg_events import event_places
from mappings.parsing.decided_codes import decided_codes
from mappings.staff.limited_access import RESTRICTION
from mappings.staff.new_officers import keep_officers
from mappings.staff.records import account_moves, staff_inserts
from mappings.staff.restricted_persons import ENTITIES, access_changes, access_inserts, judged_access
from mappings.writes.new_cases import new_cases
from mappings.writes.new_components import new_components
from mappings.writes.new_unpaid_work import contact_inserts, new_unpaid_work
from mappings.writes.new_unpaid_work import session_inserts as spg_session_inserts
from mappings.writes.programme_flags import programme_flags
from mappings.writes.project_days import day_inserts
from mappings.writes.projects import project_findings, project_inserts, project_refs, routed_projects
from mappings.writes.provisional_codes import decided_of_ours, provisional_codes
from mappings.writes.repoint import repoint_changes, repointed
from mappings.writes.repoint_projects import NO_PROJECTS, at_new_projects
from mappings.writes.satellites import satellite_inserts
from mappings.writes.schedule import allocation_inserts, placements_with_orders, session_inserts
from mappings.writes.service_referrals import referral_findings
from mappings.writes.transfer_contacts import transfer_contacts
from mappings.writes.transfers import transfer_changes, transfer_inserts
from target.plan import Change, Plan
from vocabulary.batch import Batch
from vocabulary.companies import company
from vocabulary.findings import collect, findings_of

Inserts = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class Planned:
    """The plan, the components that move with their receiving team and officer,
    and the findings of planning."""

    plan: Plan
    moving: pl.DataFrame
    findings: pl.DataFrame


@dataclass(frozen=True)
class Staffed:
    """The company's employees after the assignment and the decisions.

    `assigned`: see mappings.staff.decisions. `officers`: company, employee_ref, officer, region, new_officer,
    one row per old code of who becomes an officer of a region. `accounts`: NEW_ACCOUNT_SCHEMA
    (mappings.staff.accounts). `moving`: user_id of the accounts of all companies that move.
    """

    assigned: pl.DataFrame
    officers: pl.DataFrame
    accounts: pl.DataFrame
    moving: pl.Series


def plan_company(
    batch: Batch, baseline: Batch, waiting: pl.DataFrame, staffed: Staffed | None = None
) -> Planned:
    """Everything Day 1 writes for one company.

    Args:
        batch: carried rows have outcome `carried`; spg frames have person_id, offender is_new_person.
        baseline: nDelius on the evening before.
        waiting: codes without decision (mappings.parsing.coded_columns.WAITING_SCHEMA).
        staffed: who becomes an officer, with new codes; None without a staff return: nobody keeps a case.
    """
    regions = person_regions(batch, baseline).persons
    components = company_components(batch, baseline, regions["person_id"])
    moving = _kept(allocate_components(components, regions, batch.company, decided_teams(batch)), staffed)
    cases = [moving]
    orders = all_orders(batch, baseline)
    inserts = [transfer_inserts(moving, components.closing, baseline)]
    changes = transfer_changes(moving, components.closing, baseline)
    inserts.append({"CONTACT": transfer_contacts(moving, changes, baseline)})
    inserts.append(programme_flags(moving, batch, baseline))
    found = [components.findings, officer_findings(moving), *responsible_findings(moving, batch, baseline)]
    if batch.has("upw"):
        work, project_found = _schedule(batch, baseline, orders)
        inserts.append(work)
        found.append(project_found)
    if batch.has("spg"):
        inserts.append(_new_records(batch, baseline, regions))
    rows = repointed(
        standing_frames(baseline),
        batch.company,
        _of_moving(regions, moving),
        baseline_orders(baseline),
        decided_teams(batch),
    )
    changing = {table: _kept(routed, staffed) for table, routed in rows.items()}
    changing = at_new_projects(
        changing, _projects(batch, baseline) if batch.has("upw") else NO_PROJECTS, baseline
    )
    changes += repoint_changes(changing)
    cases += changing.values()
    named = named_regions(batch, baseline)
    inserts += satellite_inserts(batch, baseline, named, moving)
    found.append(referral_findings(batch, baseline, named))
    if staffed is not None:
        people, ended = staff_writes(batch, baseline, staffed, cases)
        inserts.append(people)
        changes += ended
    return Planned(_plan(batch, inserts, changes, waiting), moving, collect(found))


def _of_moving(regions: pl.DataFrame, moving: pl.DataFrame) -> pl.DataFrame:
    """The regions of persons with a component that moves: diary rows follow those."""
    persons = moving.select("person_id").unique()
    return regions.join(persons, on="person_id", how="semi", maintain_order="left")


def _kept(cases: pl.DataFrame, staffed: Staffed | None) -> pl.DataFrame:
    return cases if staffed is None else keep_officers(cases, staffed.officers)


def staff_writes(
    batch: Batch, baseline: Batch, staffed: Staffed, cases: list[pl.DataFrame]
) -> tuple[Inserts, list[Change]]:
    """New officers with their teams, the accounts that move or are made, and what limited access asks for.

    `cases`: everything that may stay with its practitioner, after `keep_officers`.
    """
    accounts = staffed.accounts
    kept = pl.concat([rows.select("n_officer", "n_team", "allocation") for rows in cases])
    inserts = staff_inserts(staffed.assigned, accounts, kept, decided_teams(batch))
    changes = account_moves(accounts)
    for entity in ENTITIES:
        judged = judged_access(batch, baseline, entity, accounts, staffed.moving)
        changes += access_changes(judged, entity)
        if entity == RESTRICTION:
            inserts["RESTRICTION"] = access_inserts(judged, inserts["STAFF_TEAM"])
    return inserts, changes


def allocate_components(
    components: Components, regions: pl.DataFrame, company_code: str, decided: pl.DataFrame = NO_TEAMS
) -> pl.DataFrame:
    """The moving components with region, n_team, n_officer and allocation."""
    placed = components.moving.join(regions, on="person_id", how="inner", maintain_order="left")
    routed = route(placed, company_code, decided).join(
        unallocated(), on="region", how="left", maintain_order="left"
    )
    # A component that nobody manages has no team to follow: the region's unallocated team (O01, O03).
    nobody = pl.col("goes_unallocated")
    return routed.with_columns(
        pl.when(nobody).then("unallocated_team").otherwise("n_team").alias("n_team"),
        pl.when(nobody).then("unallocated_officer").otherwise("n_officer").alias("n_officer"),
        pl.when(nobody).then(pl.lit("unallocated")).otherwise("allocation").alias("allocation"),
        pl.col("is_team_unknown") & ~nobody,
    ).drop("unallocated_team", "unallocated_officer")


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


def all_orders(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """Unpaid work orders a placement may be for: nDelius's, and those the company alone knows.

    What nDelius has it also describes; `key` is that of the delivered row.
    """
    known = baseline_orders(baseline)
    if not batch.has("spg"):
        return known
    own = spg_orders(batch)
    stated = known.drop("key").join(own.select("order_ref", "key"), on="order_ref", maintain_order="left")
    new, others = (rows.join(stated, on="order_ref", how="anti") for rows in (own, known))
    return pl.concat([new, stated.select(known.columns), others])


def _projects(batch: Batch, baseline: Batch) -> pl.DataFrame:
    return routed_projects(batch, company(batch.company).regions[0], baseline)


def _project_refs(batch: Batch, baseline: Batch) -> pl.DataFrame:
    """project_code, project_ref; none of a company that delivered no schedule."""
    if not batch.has("upw"):
        return pl.DataFrame(schema=dict.fromkeys(("project_code", "project_ref"), pl.String))
    return project_refs(_projects(batch, baseline), baseline)


def _schedule(batch: Batch, baseline: Batch, orders: pl.DataFrame) -> tuple[Inserts, pl.DataFrame]:
    projects = _projects(batch, baseline)
    refs = project_refs(projects, baseline)
    placements = placements_with_orders(batch, orders)
    inserts = {
        "UPW_PROJECT": project_inserts(projects),
        "UPW_PROJECT_AVAILABILITY": day_inserts(projects, batch, baseline),
        "UPW_ALLOCATION": allocation_inserts(placements, refs),
        **session_inserts(batch, placements, projects, refs, baseline),
    }
    return inserts, project_findings(projects)


def _new_records(batch: Batch, baseline: Batch, regions: pl.DataFrame) -> Inserts:
    places = event_places(batch, baseline)
    refs = _project_refs(batch, baseline)
    sessions = spg_session_inserts(batch, baseline, places, regions, refs)
    contacts = contact_inserts(batch, baseline, places, regions)
    return {
        **new_cases(batch, places),
        **new_components(batch, places),
        **new_unpaid_work(batch, baseline, places, regions),
        "UPW_APPOINTMENT": sessions["UPW_APPOINTMENT"],
        "CONTACT": pl.concat([sessions["CONTACT"], contacts], how="diagonal"),
    }


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
