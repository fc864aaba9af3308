"""Differences: counted by proof and table, named without values."""

import polars as pl

from reports.data import DifferenceCount
from reports.differences import counted, named
from vocabulary.differences import VALUES, no_differences


def test_they_are_counted_by_proof_in_the_order_of_the_proofs(differences: pl.DataFrame) -> None:
    found = [
        differences.with_columns(proof=pl.lit(proof), table=pl.lit(table, pl.String))
        for proof, table in [("access", None), ("unchanged", "CONTACT"), ("unchanged", "CONTACT")]
    ]
    assert counted(pl.concat([*found, differences])) == (
        DifferenceCount("field", "UPW_APPOINTMENT", 1),
        DifferenceCount("unchanged", "CONTACT", 2),
        DifferenceCount("access", "", 1),
    )


def test_a_named_difference_has_no_value(differences: pl.DataFrame) -> None:
    with_values = pl.concat([no_differences(), differences], how="diagonal")
    assert set(VALUES) <= set(with_values.columns)
    assert set(VALUES) & set(named(with_values).columns) == set()
