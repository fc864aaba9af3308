"""What became of a mutant: judged by the exit code, the verdict and the rows that the differences name."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from tests.mutants.listed import Mutant

KILLED, NOT_NAMED, SURVIVED = "killed", "NOT NAMED", "SURVIVED"
EQUIVALENT, REFUSED, NOT_ITS_TABLE = "EQUIVALENT", "REFUSED", "NOT ITS TABLE"
"""killed: the run ends with differences that name a row of one of its tables. NOT NAMED: with differences
that name none. SURVIVED: clean. The others are faults of the list: the change writes nothing else on this
delivery, is stopped before anything is written, or leaves the tables that its line names as they would be."""

DIFFERENCES = 1
"""Exit code of a run that ends with differences."""


@dataclass(frozen=True)
class Outcome:
    """`proofs` and `tables` found a row of the mutant; `told` counts the differences of all kinds."""

    mutant: Mutant
    fate: str
    seconds: float
    proofs: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    told: str = ""


def judge(
    mutant: Mutant, exit_code: int, reconciled: Path, changed: tuple[str, ...], seconds: float
) -> Outcome:
    """The outcome of a run.

    Args:
        reconciled: the folder that stage reconcile left.
        changed: the tables in which the target differs from the unmutated one.
    """
    if exit_code not in (0, DIFFERENCES):
        return Outcome(mutant, REFUSED, seconds, told=f"exit code {exit_code}")
    if not changed:
        return Outcome(mutant, EQUIVALENT, seconds)
    if not set(mutant.tables) & set(changed):
        return Outcome(mutant, NOT_ITS_TABLE, seconds, tables=changed)
    named = _named(_differences(reconciled), mutant)
    if exit_code == DIFFERENCES and named.height:
        proofs, tables = (_names(named[word]) for word in ("proof", "table"))
        return Outcome(mutant, KILLED, seconds, proofs, tables, f"{named.height} named")
    fate = NOT_NAMED if exit_code == DIFFERENCES else SURVIVED
    return Outcome(mutant, fate, seconds, told=_told(reconciled))


def is_clean(exit_code: int, reconciled: Path) -> bool:
    """The unmutated run ends clean and without a difference; otherwise it proves nothing of a mutant."""
    return exit_code == 0 and _verdict(reconciled) == "clean" and _differences(reconciled).is_empty()


def _named(differences: pl.DataFrame, mutant: Mutant) -> pl.DataFrame:
    """The differences that name a row of the mutant's: in the target, or the source row that is not there."""
    has = {word: pl.col(word).fill_null("") != "" for word in ("table", "key", "source_row")}
    in_target = pl.col("table").is_in(mutant.tables) & (has["key"] | has["source_row"])
    in_source = ~has["table"] & (pl.col("export") == mutant.export) & has["source_row"]
    return differences.filter(in_target | in_source)


def _differences(reconciled: Path) -> pl.DataFrame:
    """`proof, table, key, export, source_row` of the differences; a frame without proofs is read as well."""
    found = pl.read_parquet(reconciled / "differences.parquet")
    key = "key" if "key" in found.columns else "id"
    proof = pl.col("proof") if "proof" in found.columns else pl.lit("plan").alias("proof")
    return found.select(
        proof, "table", pl.col(key).cast(pl.String).alias("key"), "export", pl.col("source_row")
    )


def _names(values: pl.Series) -> tuple[str, ...]:
    return tuple(values.drop_nulls().unique().sort())


def _verdict(reconciled: Path) -> str:
    return str(_reconciliation(reconciled)["verdict"])


def _told(reconciled: Path) -> str:
    """How much the reconciliation says though it names no row: counts alone, no text of its own."""
    document = _reconciliation(reconciled)
    totals = [line for line in document["totals"] if line["source"] != line["target"] + line["explained"]]
    tables = [line for line in document.get("entities", []) if line["missing"] or line["extra"]]
    kinds = {"problems": document["problems"], "totals": totals, "tables": tables}
    return ", ".join(f"{len(found)} {kind}" for kind, found in kinds.items() if found)


def _reconciliation(reconciled: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((reconciled / "reconciliation.json").read_text(encoding="utf-8"))
    return document
