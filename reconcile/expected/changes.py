"""Changes in place that Day 1 must have made to rows nDelius had, column by column."""

import polars as pl

from reconcile.expected.stamps import DAY_1
from reconcile.sources.cases import OM, kinds
from reconcile.sources.delivery import PLACE
from reconcile.sources.evidence import Evidence

EXPECTED_CHANGE = dict.fromkeys(("table", "key", "column", "expected", "list_name", *PLACE), pl.String)
"""`expected`: the value after, as text, or as a code of `list_name` where that is not blank."""


def expect(rows: pl.DataFrame, table: str, column: str, value: pl.Expr, list_name: str = "") -> pl.DataFrame:
    """EXPECTED_CHANGE of one column of rows with `key`; PLACE may be absent."""
    named = [
        pl.col(name).cast(pl.String) if name in rows.columns else pl.lit("").alias(name) for name in PLACE
    ]
    return rows.select(
        pl.lit(table).alias("table"),
        pl.col("key").cast(pl.String),
        pl.lit(column).alias("column"),
        value.cast(pl.String).alias("expected"),
        pl.lit(list_name).alias("list_name"),
        *named,
    )


def expected_closings(evidence: Evidence, moves: pl.DataFrame) -> pl.DataFrame:
    """The managers that end: of every component that moved, and earlier ones that the company has on a live
    component (O02). A held person stays whole (G01).

    `moves`: the components that moved, with `key` of the manager opened.
    """
    parts = [pl.DataFrame(schema=EXPECTED_CHANGE)]
    ending = ending_managers(evidence, moves)
    for (code,), rows in ending.group_by("kind", maintain_order=True):
        table = kinds()[str(code)].manager_table
        named = rows.select(
            pl.col("manager").alias("key"),
            pl.lit("delius").alias("export"),
            pl.col("manager_file").alias("source_file"),
            pl.col("manager_row").alias("source_row"),
        )
        parts.append(expect(named, table, "END_DATE", pl.lit(DAY_1)))
        parts.append(expect(named, table, "ACTIVE_FLAG", pl.lit("0")))
    parts.append(_officers(evidence, moves, ending))
    parts.append(_withdrawals(evidence, moves))
    return pl.concat(parts)


def ending_managers(evidence: Evidence, moves: pl.DataFrame) -> pl.DataFrame:
    """The active manager rows of nDelius that Day 1 closes."""
    moved = moves.select("kind", "component").unique()
    managers = evidence.country.cases.managers
    of_moved = managers.join(moved, on=["kind", "component"], how="semi")
    held = evidence.held.implode()
    live = evidence.country.cases.components.filter(~pl.col("person").is_in(held))
    earlier = managers.filter(~pl.col("is_current") & (pl.col("area") == evidence.company)).join(
        live, on=["kind", "component"], how="semi"
    )
    return pl.concat([of_moved, earlier]).unique(["kind", "manager"])


def _officers(evidence: Evidence, moves: pl.DataFrame, ending: pl.DataFrame) -> pl.DataFrame:
    """Open RESPONSIBLE_OFFICER rows that name an ending manager of a person whose offender manager moved."""
    named = replaced_officers(evidence, moves, ending).select(
        *PLACE, pl.col("responsible_officer_id").alias("key")
    )
    return expect(named, "RESPONSIBLE_OFFICER", "END_DATE", pl.lit(DAY_1))


def replaced_officers(evidence: Evidence, moves: pl.DataFrame, ending: pl.DataFrame) -> pl.DataFrame:
    """The rows of nDelius that end; one that names a prison offender manager, or nobody, stays (O08, O09)."""
    persons = moves.filter(pl.col("kind") == OM)["person"]
    managers = ending.filter(pl.col("kind") == OM)["manager"]
    return open_officers(evidence).filter(
        pl.col("offender_id").is_in(persons.implode()) & pl.col("manager_id").is_in(managers.implode())
    )


def open_officers(evidence: Evidence) -> pl.DataFrame:
    """Everybody who is responsible on the evening before."""
    return evidence.country.baseline["responsible_officer"].filter(pl.col("end_date").is_null())


def _withdrawals(evidence: Evidence, moves: pl.DataFrame) -> pl.DataFrame:
    """Pending transfers of what moved are taken off (R10, dictionary rule 36)."""
    parts = [pl.DataFrame(schema=EXPECTED_CHANGE)]
    for (code,), rows in moves.group_by("kind", maintain_order=True):
        kind = kinds()[str(code)]
        if not kind.has_pending:
            continue
        pending = evidence.country.baseline[kind.entity].filter(pl.col("has_pending_transfer") == "1")
        named = pending.select(*PLACE, pl.col(kind.word).alias("key"))
        moved = named.join(rows.select(pl.col("component").alias("key")).unique(), on="key", how="semi")
        parts.append(expect(moved, kind.table, "PENDING_TRANSFER", pl.lit("0")))
    return pl.concat(parts)
