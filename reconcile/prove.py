"""The proofs of a run: each company's, then those of the country as one (docs/proofs.md)."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from reconcile.allocation.accounts import find_double_logins
from reconcile.differences import DESTINATION, LEFT, differences_of, no_differences
from reconcile.expected.all_changes import AllChanges
from reconcile.expected.moves import MANAGED
from reconcile.expected.provisional_codes import waiting_codes
from reconcile.expected.sentence_flags import expected_sentence_flags
from reconcile.figures.owners import with_owner
from reconcile.proofs.access import compare_access, expected_access, named_logins, told_rows
from reconcile.proofs.across import CALLED_DIFFERENT, find_carried_twice, only_once
from reconcile.proofs.continued import (
    find_unjudged,
    new_differences,
    not_said_by_sources,
    taken_back,
    without_versions,
)
from reconcile.proofs.derived import check_derived
from reconcile.proofs.left import find_left
from reconcile.proofs.own_records import changed_without_image, check_records, find_false_images
from reconcile.proofs.reasons import reasons_of
from reconcile.proofs.unchanged import NOT_DONE, find_changes_not_done, find_other_changes
from reconcile.prove_company import CompanyProof, judge_expected, prove_company
from reconcile.sources.cases import kinds
from reconcile.sources.delivery import PLACE, Delivery
from reconcile.sources.evidence import Country, Evidence

NO_MANAGER = "A live component that must have a manager in its region has none."
NO_REASON = "The row stays with a closing company, and no held person explains it."


Look = Callable[[CompanyProof, pl.DataFrame], Any]
"""What somebody takes from a company's proof and its rows left, before the proof is let go."""

Apart = Callable[[str], AbstractContextManager[Any]]
"""Keeps what goes wrong while a company is proved away from the others."""


@dataclass(frozen=True)
class Proved:
    """What the proofs came to.

    `differences`: DIFFERENCE_SCHEMA of all companies. `left`: reconcile.proofs.left.SCHEMA and because,
    source_file, source_row. `looked`: company to what `look` took from its proof.
    """

    differences: pl.DataFrame
    left: pl.DataFrame
    looked: dict[str, Any]


@dataclass
class _Sums:
    """What the proofs of the country need of each company; the rest of a company is let go with it."""

    changes: AllChanges
    codes: list[str] = field(default_factory=list)
    claimed: dict[str, list[pl.Series]] = field(default_factory=dict)
    told: list[pl.DataFrame] = field(default_factory=list)
    named: list[pl.DataFrame] = field(default_factory=list)
    left: list[pl.DataFrame] = field(default_factory=list)
    once: list[pl.DataFrame] = field(default_factory=list)
    called_different: list[pl.DataFrame] = field(
        default_factory=lambda: [pl.DataFrame(schema=CALLED_DIFFERENT)]
    )
    found: list[pl.DataFrame] = field(default_factory=lambda: [no_differences()])
    looked: dict[str, Any] = field(default_factory=dict)

    def add(self, proof: CompanyProof, left: pl.DataFrame, looked: Any, records: pl.DataFrame) -> None:
        """One company's part."""
        evidence = proof.evidence
        self.codes.append(evidence.company)
        for one in proof.judged:
            self.claimed.setdefault(one.table, []).append(one.keys)
        self.changes.add(proof.changes)
        self.told.append(told_rows(evidence))
        self.named.append(named_logins(evidence))
        self.left.append(left)
        self.once.append(only_once(evidence.delivery))
        self.called_different.append(evidence.delivery.called_different)
        self.found += [proof.differences, _nobody(proof), _unexplained(left), records]
        self.looked[evidence.company] = looked


def prove_all(
    country: Country,
    deliveries: Iterable[Delivery],
    cycle: str,
    look: Look = lambda *_: None,
    apart: Apart = nullcontext,
) -> Proved:
    """Every proof, one company after another, then those of the country as one.

    Memory holds one delivery at a time: what is wanted of a company is taken by `look`.
    """
    changes = AllChanges.under(None if country.place is None else country.place / "expected")
    sums, standing = _Sums(changes), find_left(country.connection)
    for delivery in deliveries:
        with apart(delivery.company):
            _prove_one(country, delivery, cycle, standing, look, sums)
        del delivery  # before the next one is read
    if not sums.codes:
        return Proved(no_differences(), standing.clear(), {})
    left = pl.concat(sums.left)
    found = pl.concat([*sums.found, *_of_country(country, sums, cycle, left)])
    owned = with_owner(found, country, sums.codes)
    return Proved(_of_delta(owned, country), left, sums.looked)


def _of_delta(differences: pl.DataFrame, country: Country) -> pl.DataFrame:
    """In a delta those that are its own: the target was in use since the load before."""
    delta = country.delta
    if delta is None or delta.stood is None:
        return differences
    return new_differences(without_versions(differences, delta.changes), delta.stood, delta.changes)


def _prove_one(
    country: Country, delivery: Delivery, cycle: str, standing: pl.DataFrame, look: Look, sums: _Sums
) -> None:
    evidence = Evidence(delivery, country.share(delivery), country.trail.of(delivery.company))
    proof = _with_access(prove_company(evidence))
    left = _explained(standing.filter(pl.col("company") == delivery.company), evidence)
    looked, records = look(proof, left), _own_records(evidence, cycle)
    sums.add(proof, left, looked, records)  # all of it or nothing


def _own_records(evidence: Evidence, cycle: str) -> pl.DataFrame:
    country, company = evidence.country, evidence.company
    snapshot = country.snapshot if country.delta is None else country.delta.snapshot
    found = check_records(country.connection, company, cycle, snapshot.hash, country.changes)
    if country.delta is not None:
        refused = evidence.delivery.findings.filter(rule="T08")
        told = country.delta.told.filter(company=company)
        found = pl.concat([found, not_said_by_sources(refused, told), find_unjudged(evidence.delivery)])
    return found.with_columns(pl.lit(company).alias("company"))


def _of_country(country: Country, sums: _Sums, cycle: str, left: pl.DataFrame) -> list[pl.DataFrame]:
    """Differences of what no company can answer for alone."""
    for table, keys in waiting_codes(country).items():
        sums.claimed.setdefault(table, []).append(keys)
    country.kept.clear()  # what the companies asked for
    since, cycles = country.changes, [cycle]
    if country.delta is not None:
        since, cycles = country.delta.changes, [*country.delta.cycles, cycle]
        brought = country.trail.rows.select("table", "key").unique().collect()
        for table, keys in taken_back(country.changes, brought, sums.claimed).items():
            sums.claimed.setdefault(table, []).append(keys)
    changes = sums.changes
    changes.add(expected_sentence_flags(country))
    return [
        find_other_changes(country, sums.claimed, changes),
        check_derived(country),
        compare_access(country, pl.concat(sums.told).unique(), pl.concat(sums.named).unique()),
        find_double_logins(country),
        changed_without_image(country.connection, cycles, _done(country, changes)),
        find_false_images(country.connection, cycle, since),
        _not_done(country, changes, left),
        find_carried_twice(pl.concat(sums.once), pl.concat(sums.called_different)),
    ]


def _done(country: Country, changes: AllChanges) -> dict[str, pl.Series]:
    """Table to the keys of its rows among `changes` that are other than in the snapshot."""
    return {
        table: pl.concat(
            changes.of(table, own).select("key").unique().join(part.altered, on="key", how="semi")["key"]
            for part, own in country.changes[table].slices()
        )
        for table in changes.rows
        if table in country.changes
    }


def _with_access(proof: CompanyProof) -> CompanyProof:
    """The rows of restrictions and exclusions beside the others."""
    evidence = proof.evidence
    expected, changes = expected_access(evidence)
    judged = judge_expected(expected, evidence)
    own = [one.differences.with_columns(pl.lit(evidence.company).alias("company")) for one in judged]
    return proof.also(judged, changes, pl.concat([no_differences(), *own]))


def _not_done(country: Country, changes: AllChanges, left: pl.DataFrame) -> pl.DataFrame:
    """Changes that Day 1 makes and the target does not show; what is left stands on its own list."""
    missing = find_changes_not_done(country, changes).join(left, on=["table", "key"], how="anti")
    return differences_of(missing, "unchanged", NOT_DONE)


def _nobody(proof: CompanyProof) -> pl.DataFrame:
    """Components without a manager that must get one and did not."""
    waits = proof.moves.filter((pl.col("why") != MANAGED) & pl.col("key").is_null())
    tables = {kind.kind: kind.table for kind in kinds().values()}
    named = waits.select(
        *PLACE,
        pl.lit(proof.evidence.company).alias("company"),
        pl.col("kind").replace_strict(tables, return_dtype=pl.String).alias("table"),
        pl.col("component").alias("key"),
    )
    return differences_of(named, DESTINATION, NO_MANAGER)


def _explained(left: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """`left` with because, source_file, source_row of the row set aside or held that explains each."""
    words = ("because", "source_file", "source_row")
    reasons = reasons_of(evidence)
    by_row = reasons.filter(pl.col("table") != "").drop("person").unique(["table", "key"], keep="first")
    by_person = reasons.filter(pl.col("table") == "").drop("table", "key").unique("person", keep="first")
    named = left.join(by_row, on=["table", "key"], how="left", maintain_order="left").join(
        by_person, on="person", how="left", maintain_order="left", suffix=".person"
    )
    return named.select(
        *left.columns, *(pl.coalesce(f"{name}.person", name).fill_null("").alias(name) for name in words)
    )


def _unexplained(left: pl.DataFrame) -> pl.DataFrame:
    return differences_of(left.filter(pl.col("because") == ""), LEFT, NO_REASON)
