"""All that one company's delivery says of the target: expected rows, expected changes, and where each row
is."""

from dataclasses import dataclass, replace

import polars as pl

from reconcile.allocation.officers import assignments, expected_officers, find_wrong_codes, new_codes
from reconcile.differences import no_differences
from reconcile.expected.answered_sessions import find_wrong_hours
from reconcile.expected.changes import expected_closings
from reconcile.expected.facts import ExpectedFacts
from reconcile.expected.managers import expected_managers, find_wrong_persons, with_manager
from reconcile.expected.moves import assign_receivers, must_move
from reconcile.expected.programme_flags import expected_flags
from reconcile.expected.repoints import expected_projects, expected_repoints, rows_to_repoint
from reconcile.expected.transfer_contacts import expected_contacts
from reconcile.figures.counted import Counted, count_written
from reconcile.people.known_people import collect_numbers
from reconcile.proofs.destinations import count_files, find_rows
from reconcile.proofs.fields import Expected, Judged, judge_fields, no_rows, select_left_out
from reconcile.proofs.identity import find_wrong_matches
from reconcile.proofs.out_of_scope import find_wrong_scope
from reconcile.proofs.own_codes import find_refused_codes
from reconcile.proofs.whereabouts import place_rows
from reconcile.registry import expected_of_exports
from reconcile.sources.evidence import Evidence
from reconcile.sources.origins import Records, records_of


@dataclass(frozen=True)
class CompanyProof:
    """What the proofs of one company came to; those of the country are added to it (reconcile.prove).

    `moves`: what must move, with region, receiver and `key` of the manager opened (null: not moved).
    `held`: the components of held persons, who stay (G01), as reconcile.expected.moves.must_move has them.
    `judged`: per expected group of rows. `changes`: reconcile.expected.changes.EXPECTED_CHANGE. `files`:
    file to class to rows. `counted`: totals that count rows. `added`: sessions that only the schedule has,
    with order and credited.
    """

    evidence: Evidence
    records: Records | None
    employees: pl.DataFrame
    moves: pl.DataFrame
    held: pl.DataFrame
    repointed: dict[str, pl.DataFrame]
    judged: tuple[Judged, ...]
    changes: pl.DataFrame
    files: dict[str, dict[str, int]]
    found: pl.DataFrame
    counted: tuple[Counted, ...]
    added: pl.DataFrame | None
    differences: pl.DataFrame

    def also(
        self, judged: tuple[Judged, ...], changes: pl.DataFrame, differences: pl.DataFrame
    ) -> "CompanyProof":
        """This proof with what another part of it came to."""
        return replace(
            self,
            judged=(*self.judged, *judged),
            changes=pl.concat([self.changes, changes]),
            differences=pl.concat([self.differences, differences]),
        )


def prove_company(evidence: Evidence) -> CompanyProof:
    """Proofs 1 and 2 of one company, and what proof 3 must allow it."""
    delivery = evidence.delivery
    records = records_of(evidence) if delivery.has("spg") else None
    employees = assignments(evidence)
    officers = new_codes(evidence, employees)
    wanted = must_move(evidence, records)
    moves = with_manager(assign_receivers(wanted, evidence, officers), evidence)
    moved = moves.filter(pl.col("key").is_not_null())
    repointed = rows_to_repoint(evidence, moved["person"].unique(), officers)
    kept = pl.concat(
        [moved.select("n_officer", "n_team", "keeps")]
        + [rows.select("n_officer", "n_team", "keeps") for rows in repointed.values()]
    )
    people, required, accounts = expected_officers(
        evidence, employees, moves.select("officer", "region"), kept
    )
    facts = ExpectedFacts(evidence, records, moved, required)
    opened, closed = _expected_of_moves(evidence, records, moves, moved)
    expected = [*opened, *people, *expected_of_exports(facts, evidence, records)]
    judged = judge_expected(expected, evidence)
    placed = place_rows(delivery, facts)
    found, lost = find_rows(placed, evidence)
    changes = pl.concat([closed, expected_repoints(repointed), accounts])
    if facts.projects is not None:
        following = expected_projects(repointed, facts.projects, evidence.country.baseline)
        changes = pl.concat([changes, following])
    held = wanted.filter(pl.col("region").is_null())
    return CompanyProof(
        evidence, records, employees, moves, held, repointed, judged, changes, count_files(found), found,
        count_written(evidence, expected, placed, found, facts.placements, facts.referrals), _added(expected),
        _differences(evidence, records, lost, judged),
    )  # fmt: skip


def judge_expected(expected: list[Expected], evidence: Evidence) -> tuple[Judged, ...]:
    """Every group of rows beside those that the company's load wrote; of most exports there is none."""
    delivery, lists = evidence.delivery, evidence.country.lists
    left_out = select_left_out(delivery.findings)
    return tuple(
        judge_fields(one, evidence.inserted(one.table), lists, delivery.company, delivery.decided, left_out)
        if one.rows.height
        else no_rows(one.table)
        for one in expected
    )


def _differences(
    evidence: Evidence, records: Records | None, lost: pl.DataFrame, judged: tuple[Judged, ...]
) -> pl.DataFrame:
    """What the company must answer for: rows `lost`, fields that differ, and what was judged wrongly."""
    delivery, country = evidence.delivery, evidence.country
    numbers = country.of_target("numbers", lambda: collect_numbers(country.everybody))
    told = [
        no_differences(),
        lost,
        find_wrong_scope(delivery),
        find_refused_codes(delivery, country.everybody),
        find_wrong_matches(delivery, country.everybody, country.survivors, numbers),
        find_wrong_persons(evidence, records),
        find_wrong_hours(evidence, records),
        find_wrong_codes(evidence),
        *(one.differences for one in judged),
    ]
    return pl.concat(told).with_columns(pl.lit(evidence.company).alias("company"))


def _added(expected: list[Expected]) -> pl.DataFrame | None:
    """The sessions that only the schedule has, with order and credited."""
    own = [one.rows for one in expected if (one.table, one.writer) == ("UPW_APPOINTMENT", "upw.upw_session")]
    return own[0] if own else None


def _expected_of_moves(
    evidence: Evidence, records: Records | None, moves: pl.DataFrame, moved: pl.DataFrame
) -> tuple[list[Expected], pl.DataFrame]:
    """What the components that moved must have got, and the changes of rows that nDelius had."""
    closings = expected_closings(evidence, moved)
    flags, flagged = expected_flags(moved, records, evidence)
    expected = [*expected_managers(moves, evidence), *expected_contacts(moved, closings, evidence), *flags]
    return expected, pl.concat([closings, flagged])
