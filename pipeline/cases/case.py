"""A case put together: every line of one person, in the order in which it happened."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from pipeline.cases.access import EVERYBODY, is_limited, limited_lines
from pipeline.cases.decided import decided_lines
from pipeline.cases.delivered import delivered_rows
from pipeline.cases.evidence import delivered_row, matched_lines
from pipeline.cases.find import OFFENDER, Person, everybody
from pipeline.cases.line import ACCESS, ASIDE, PERSON, ROWS, RUNS, CaseLine
from pipeline.cases.told import PERSON_ENTITY
from pipeline.cases.written import Written, closed_lines, written_lines, written_of
from pipeline.decisions.persons import who
from pipeline.runs.folders import read_run, run_folder
from pipeline.storage.batches import scan_nation
from pipeline.storage.store import RUN, read_manifest
from pipeline.workspace import Workspace
from vocabulary.batch import CARRIED
from vocabulary.rules import catalogue


@dataclass(frozen=True)
class Case:
    """A person of the cycle. `number`: what was asked for. `is_limited`: not everybody may see the person, so
    `lines` say whom to ask and nothing else, whoever asks."""

    number: str
    person: Person
    is_limited: bool
    lines: tuple[CaseLine, ...]


def case_of(workspace: Workspace, number: str, person: Person, *, reveal: bool) -> Case:
    """The case of `person`, whom `number` names; with names and values where `reveal`."""
    whole = workspace.whole
    if is_limited(whole, person):
        return Case(number, person, True, tuple(limited_lines(whole, person)))
    rows = pl.concat([delivered_rows(whole, company, person) for company in everybody(whole)])
    written = written_of(whole, person, rows)
    lines = (
        *_person_lines(whole, person, written, reveal=reveal),
        *matched_lines(whole, person),
        *decided_lines(whole, person, rows, reveal=reveal),
        *_row_lines(whole, rows),
        *written_lines(written, reveal=reveal),
        *closed_lines(written),
        *_aside_lines(whole, rows),
        *_run_lines(whole, rows, written),
        CaseLine(ACCESS, what=EVERYBODY),
    )
    return Case(number, person, False, lines)


def _person_lines(
    workspace: Workspace, person: Person, written: Written | None, *, reveal: bool
) -> Iterator[CaseLine]:
    """Who the person is in nDelius, and with `reveal` the names on both sides."""
    ids = written.ids.get(OFFENDER) if written else None
    number = person.key if person.is_of_ndelius else str(ids[0]) if ids is not None and ids.len() else ""
    yield CaseLine(PERSON, person.company, table=OFFENDER if number else "", id=number, what=person.standing)
    if not reveal:
        return
    if person.is_of_ndelius:
        known = scan_nation(workspace, (PERSON_ENTITY,))[PERSON_ENTITY]
        row = known.filter(pl.col("offender_id") == int(person.key)).collect()
        yield CaseLine(PERSON, table=OFFENDER, id=number, what=f"in nDelius: {who(row)}")
    for told in person.told.unique("company", keep="first", maintain_order=True).to_dicts():
        place = (
            told["company"],
            workspace.cycle_of(told["company"]),
            told["source_file"],
            told["source_row"],
        )
        yield CaseLine(PERSON, *place, what=f"delivered: {who(delivered_row(workspace, told))}")


def _row_lines(workspace: Workspace, rows: pl.DataFrame) -> Iterator[CaseLine]:
    for row in rows.to_dicts():
        outcome = row["row_outcome"] or "not judged yet"
        rules = f", {row['rules'].replace(';', ', ')}" if row["rules"] else ""
        what = f"{row['export']} {row['entity']} {row['key'] or ''}: {outcome}{rules}"
        yield CaseLine(ROWS, *_place(workspace, row), what=what)


def _aside_lines(workspace: Workspace, rows: pl.DataFrame) -> Iterator[CaseLine]:
    """Rows that are not carried and why: a line for all of a file that are left for one reason."""
    left = rows.filter(pl.col("row_outcome") != CARRIED).with_columns(why=pl.coalesce("rules", "infos"))
    for (_, outcome, why, _), group in left.group_by(
        "company", "row_outcome", "why", "source_file", maintain_order=True
    ):
        rules = [catalogue()[one] for one in str(why or "").split(";") if one]
        said = (
            "; ".join(f"{rule.id}, {rule.statement}" for rule in rules) or "what it hangs on is not carried"
        )
        more = f" and {group.height - 1:,} more" if group.height > 1 else ""
        yield CaseLine(ASIDE, *_place(workspace, group.row(0, named=True)), what=f"{outcome}{more}: {said}")


def _place(workspace: Workspace, row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["company"], workspace.cycle_of(row["company"]), row["source_file"], row["source_row"]


def _run_lines(workspace: Workspace, rows: pl.DataFrame, written: Written | None) -> Iterator[CaseLine]:
    """The run that loaded each company and cycle that wrote something; of others the last that matched."""
    loads = written.loads if written else []
    for company, cycle in loads:
        yield CaseLine(RUNS, company, cycle, what=f"loaded by {run_of(workspace, company, cycle, 'load')}")
    for company in rows["company"].unique(maintain_order=True):
        cycle = workspace.cycle_of(company)
        if (company, cycle) not in loads:
            made = run_of(workspace, company, cycle, "match")
            yield CaseLine(RUNS, company, cycle, what=f"nothing loaded; matched by {made}")


def run_of(workspace: Workspace, company: str, cycle: str, stage: str) -> str:
    """The run that made a stage of a company, in words; what an earlier workspace made is not known."""
    made = (read_manifest(workspace.of_cycle(cycle).stage_folder(company, stage)) or {}).get(RUN)
    run = read_run(run_folder(workspace, str(made))) if made else None
    return f"{run.name} ({run.command}), {run.user}, {run.began}" if run else str(made or "an unknown run")
