"""The proofs as figures: rows per table, moves per kind and region, totals with their scopes."""

from dataclasses import replace

import polars as pl

from reconcile.differences import DESTINATION, FIELD
from reconcile.expected.moves import MANAGED, not_added
from reconcile.figures.totals import UNKNOWN
from reconcile.proofs.unchanged import EXTRA
from reconcile.prove_company import CompanyProof
from reconcile.sources.cases import kinds
from reports.data import EntityCount, Move, OfficerCount, Total
from reports.totals import scoped


def entity_counts(proof: CompanyProof) -> tuple[EntityCount, ...]:
    """Rows that the sources ask for against those of the target, per table (proofs 1 and 2)."""
    counts: dict[str, list[int]] = {}
    for one in proof.judged:
        sums = counts.setdefault(one.table.lower(), [0, 0, 0])
        for place, figure in enumerate((one.expected, len(one.keys), one.different)):
            sums[place] += figure
    return tuple(
        EntityCount(table, expected, there - different, different, expected - there, 0)
        for table, (expected, there, different) in sorted(counts.items())
    )


def as_told(counts: tuple[EntityCount, ...], differences: pl.DataFrame) -> tuple[EntityCount, ...]:
    """`counts` of a delta, whose `differences` leave out what stood before it: that is not counted either."""
    rows = differences.with_columns(pl.col("table").str.to_lowercase())
    different = dict(rows.filter(proof=FIELD).group_by("table").agg(pl.col("key").n_unique()).iter_rows())
    missing = dict(rows.filter(proof=DESTINATION).group_by("table").len().iter_rows())
    found = []
    for one in counts:
        other, lost = different.get(one.entity, 0), missing.get(one.entity, 0)
        found.append(replace(one, identical=one.expected - other - lost, different=other, missing=lost))
    return tuple(found)


def with_extra(counts: tuple[EntityCount, ...], differences: pl.DataFrame) -> tuple[EntityCount, ...]:
    """`counts` with the rows that nothing accounts for (proof 3)."""
    extra = {
        str(table).lower(): int(rows)
        for table, rows in differences.filter(pl.col("what") == EXTRA).group_by("table").len().iter_rows()
    }
    known = {count.entity: count for count in counts}
    for table, rows in extra.items():
        known[table] = replace(known.get(table, EntityCount(table, 0, 0, 0, 0, 0)), extra=rows)
    return tuple(known[table] for table in sorted(known))


def moves(state: pl.DataFrame, proof: CompanyProof) -> tuple[Move, ...]:
    """Live components by kind and receiving region; `state`: reconcile.figures.totals.with_state."""
    is_managed = pl.col("why") == MANAGED
    counts = state.group_by("kind", "region").agg(
        (is_managed & pl.col("is_moved")).sum().alias("transferred"),
        (~is_managed & pl.col("is_moved")).sum().alias("opened"),
        pl.col("is_explained").sum().alias("left_behind"),
    )
    waits = not_added(proof.evidence).group_by("kind", "region").len("not_added")
    rows = counts.join(waits, on=["kind", "region"], how="full", coalesce=True).fill_null(0)
    order = {code: place for place, code in enumerate(kinds())}
    names = ["kind", "region", "transferred", "opened", "left_behind", "not_added"]
    found = [Move(*row) for row in rows.select(names).iter_rows()]
    return tuple(sorted(found, key=lambda move: (order[move.kind], move.region)))


def officer_counts(state: pl.DataFrame) -> tuple[OfficerCount, ...]:
    """Who has the components of each region: own practitioner, default officer, nobody yet."""
    moved = state.filter("is_moved")
    nobody = pl.col("is_unallocated")
    counts = moved.group_by("region").agg(
        pl.col("keeps").sum().alias("kept"),
        (~pl.col("keeps") & ~nobody).sum().alias("default"),
        nobody.sum().alias("unallocated"),
    )
    return tuple(OfficerCount(*row) for row in counts.sort("region").iter_rows())


def totals(found: pl.DataFrame, company: str) -> list[Total]:
    """The totals of one company and of its regions."""
    result: list[Total] = []
    for (name,), rows in found.group_by("name", maintain_order=True):
        figures = [
            (str(region or UNKNOWN), int(source), int(target), int(explained))
            for region, source, target, explained in rows.select(
                "region", "source", "target", "explained"
            ).iter_rows()
        ]
        result += scoped(str(name), figures, company)
    return result
