"""The proofs of a run: each company's, then those of the country as one (docs/proofs.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from reconcile.access import compare_access, expected_access, named_logins, told_rows
from reconcile.derived import check_derived
from reconcile.differences import LEFT, differences_of, no_differences
from reconcile.evidence import Country, Evidence
from reconcile.fields import judge_fields
from reconcile.left import find_left
from reconcile.own_records import changed_without_image, check_records
from reconcile.owners import with_owner
from reconcile.prove_company import CompanyProof, prove_company
from reconcile.provisional import waiting_codes
from reconcile.reasons import reasons_of
from reconcile.unchanged import NOT_DONE, find_changes_not_done, find_other_changes

NO_REASON = "The row stays with a closing company, and no row set aside or held explains it."


@dataclass(frozen=True)
class Proved:
    """What the proofs came to.

    `differences`: DIFFERENCE_SCHEMA of all companies. `left`: reconcile.left.SCHEMA and because, source_file,
    source_row. `companies`: each company's own proof.
    """

    companies: tuple[CompanyProof, ...]
    differences: pl.DataFrame
    left: pl.DataFrame


def prove_all(country: Country, evidences: Sequence[Evidence], cycle: str) -> Proved:
    """Every proof, of the companies whose evidence is given."""
    proofs = [_with_access(prove_company(evidence)) for evidence in evidences]
    claimed: dict[str, list[pl.Series]] = {}
    for proof in proofs:
        for one in proof.judged:
            claimed.setdefault(one.table, []).append(one.keys)
    for table, keys in waiting_codes(country).items():
        claimed.setdefault(table, []).append(keys)
    changes = pl.concat([proof.changes for proof in proofs]).unique(maintain_order=True)
    told = pl.concat([told_rows(evidence) for evidence in evidences]).unique()
    named = pl.concat([named_logins(evidence) for evidence in evidences]).unique()
    found = [
        no_differences(),
        *(proof.differences for proof in proofs),
        find_other_changes(country, claimed, changes),
        check_derived(country),
        compare_access(country, told, named),
        changed_without_image(country.connection, cycle, changes),
    ]
    for evidence in evidences:
        own = check_records(
            country.connection, evidence.company, cycle, country.snapshot.hash, country.changes
        )
        found.append(own.with_columns(pl.lit(evidence.company).alias("company")))
    codes = [evidence.company for evidence in evidences]
    left = _explained(find_left(country.connection).filter(pl.col("company").is_in(codes)), proofs)
    found.append(_not_done(country, changes, left))
    found.append(_unexplained(left))
    return Proved(tuple(proofs), with_owner(pl.concat(found), country, codes), left)


def _with_access(proof: CompanyProof) -> CompanyProof:
    """The rows of restrictions and exclusions beside the others."""
    evidence = proof.evidence
    expected, changes = expected_access(evidence)
    judged = tuple(
        judge_fields(
            one, evidence.inserted(one.table), evidence.country.lists, evidence.company,
            evidence.delivery.decided, evidence.delivery.findings,
        )
        for one in expected
    )  # fmt: skip
    own = [one.differences.with_columns(pl.lit(evidence.company).alias("company")) for one in judged]
    return proof.also(judged, changes, pl.concat([no_differences(), *own]))


def _not_done(country: Country, changes: pl.DataFrame, left: pl.DataFrame) -> pl.DataFrame:
    """Changes that Day 1 makes and the target does not show; what is left stands on its own list."""
    missing = find_changes_not_done(country, changes).join(left, on=["table", "key"], how="anti")
    return differences_of(missing, "unchanged", NOT_DONE)


def _explained(left: pl.DataFrame, proofs: Sequence[CompanyProof]) -> pl.DataFrame:
    """`left` with because, source_file, source_row of the row set aside or held that explains each."""
    reasons = pl.concat([reasons_of(proof.evidence) for proof in proofs])
    by_row = (
        reasons.filter(pl.col("table") != "").drop("person").unique(["company", "table", "key"], keep="first")
    )
    by_person = (
        reasons.filter(pl.col("table") == "").drop("table", "key").unique(["company", "person"], keep="first")
    )
    named = left.join(by_row, on=["company", "table", "key"], how="left", maintain_order="left").join(
        by_person, on=["company", "person"], how="left", maintain_order="left", suffix=".person"
    )
    words = ("because", "source_file", "source_row")
    return named.select(
        *left.columns, *(pl.coalesce(name, f"{name}.person").fill_null("").alias(name) for name in words)
    )


def _unexplained(left: pl.DataFrame) -> pl.DataFrame:
    return differences_of(left.filter(pl.col("because") == ""), LEFT, NO_REASON)
