"""Live components that moved though nobody delivered their row, or the row of their manager (X05)."""

import polars as pl

from reconcile.prove_company import CompanyProof
from reconcile.sources.cases import kinds

SCHEMA = dict.fromkeys(("table", "key", "person", "region", "source_file", "source_row"), pl.String)
ROW = ["source_file", "source_row"]


def moved_undelivered(proof: CompanyProof) -> pl.DataFrame:
    """SCHEMA, by nDelius's own row: the component's, or the manager's where the component was delivered."""
    found = proof.evidence.delivery.findings.filter(rule="X05").select(ROW).unique()
    moved = proof.moves.filter(pl.col("key").is_not_null()).drop("key")
    parts = [pl.DataFrame(schema=SCHEMA)]
    for (code,), rows in moved.group_by("kind", maintain_order=True):
        kind = kinds()[str(code)]
        forgotten = rows.join(found, on=ROW, how="semi", maintain_order="left")
        parts.append(_told(forgotten, kind.table, "component", "source_file", "source_row"))
        rest = rows.join(found, on=ROW, how="anti", maintain_order="left")
        by_manager = rest.join(
            found, left_on=["manager_file", "manager_row"], right_on=ROW, how="semi", maintain_order="left"
        )
        parts.append(_told(by_manager, kind.manager_table, "manager", "manager_file", "manager_row"))
    return pl.concat(parts)


def _told(rows: pl.DataFrame, table: str, key: str, file: str, row: str) -> pl.DataFrame:
    return rows.select(
        pl.lit(table).alias("table"), pl.col(key).alias("key"), "person", "region",
        pl.col(file).alias("source_file"), pl.col(row).alias("source_row"),
    )  # fmt: skip
