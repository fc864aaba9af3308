"""Control totals side by side: source = target + explained, per company and region (K03, K04)."""

from collections.abc import Iterable

import polars as pl

from reports.data import Move, Total

MINUTES = ("ordered", "credited", "adjusted")


def upw_totals(source: pl.DataFrame, target: pl.DataFrame, company: str) -> list[Total]:
    """Minutes ordered, credited, adjusted and remaining.

    Args:
        source: order_ref, order_id (Int64, the target's id), region, ordered, credited, adjusted, is_listed.
        target: order_id, region, ordered, credited, adjusted.
    """
    pairs = (
        _with_remaining(source)
        .join(_with_remaining(target), on="order_id", how="full", suffix="_target", coalesce=True)
        .with_columns(
            pl.col("is_listed").fill_null(False), pl.coalesce("region", "region_target").alias("region")
        )
    )
    totals = []
    for name in (*MINUTES, "remaining"):
        sums = _sums(pairs, pl.col(name).fill_null(0), pl.col(f"{name}_target").fill_null(0))
        label = f"upw_minutes_{name}"
        totals += scoped(label, sums, company)
    return totals


def rar_totals(source: pl.DataFrame, target: pl.DataFrame, company: str) -> list[Total]:
    """RAR days ordered and done.

    Both sides have component_id, region, days, days_done; source also is_listed.
    """
    pairs = source.join(target, on="component_id", how="full", suffix="_target", coalesce=True).with_columns(
        pl.col("is_listed").fill_null(False), pl.coalesce("region", "region_target").alias("region")
    )
    totals = []
    for word, label in (("days", "rar_days"), ("days_done", "rar_days_done")):
        sums = _sums(pairs, pl.col(word).fill_null(0), pl.col(f"{word}_target").fill_null(0))
        totals += scoped(label, sums, company)
    return totals


def component_totals(moves: Iterable[Move], settled: pl.DataFrame, company: str) -> list[Total]:
    """Components per kind: those that had to move, those the target shows settled,
    those left behind by name."""
    counts = {
        (str(kind), str(region)): int(count)
        for kind, region, count in settled.filter("is_settled").group_by("kind", "region").len().iter_rows()
    }
    totals = []
    by_kind: dict[str, list[Move]] = {}
    for move in moves:
        by_kind.setdefault(move.kind, []).append(move)
    for kind, kind_moves in by_kind.items():
        rows = [
            (
                move.region,
                move.transferred + move.opened + move.left_behind,
                counts.get((kind, move.region), 0),
                move.left_behind,
            )
            for move in kind_moves
        ]
        totals += scoped(f"components_{kind}", rows, company)
    return totals


def person_totals(moving: pl.DataFrame, stays: pl.DataFrame, company: str) -> list[Total]:
    """Persons with at least one component transferred or opened.

    `moving` has is_settled; both person_id, region.
    """
    everybody = pl.concat([moving.select("person_id", "region"), stays.select("person_id", "region")]).unique(
        "person_id"
    )
    there = moving.filter("is_settled").select("person_id").unique()
    waiting = everybody.join(moving, on="person_id", how="anti")
    rows = [
        (
            str(region),
            group.height,
            group.join(there, on="person_id", how="semi").height,
            group.join(waiting, on="person_id", how="semi").height,
        )
        for (region,), group in everybody.group_by("region")
    ]
    return scoped("persons", rows, company)


def add_up(totals: Iterable[Total], regions: Iterable[str]) -> tuple[Total, ...]:
    """The totals of all companies per region and for the nation."""
    known = set(regions)
    sums: dict[tuple[str, str], list[int]] = {}
    for total in totals:
        if total.scope in known:
            for scope in (total.scope, "national"):
                figures = sums.setdefault((total.name, scope), [0, 0, 0])
                for place, figure in enumerate((total.source, total.target, total.explained)):
                    figures[place] += figure
    return tuple(Total(name, scope, *figures) for (name, scope), figures in sorted(sums.items()))


def _with_remaining(orders: pl.DataFrame) -> pl.DataFrame:
    """Remaining per order: never below zero."""
    left = pl.col("ordered") - pl.col("credited") - pl.col("adjusted")
    return orders.with_columns(pl.max_horizontal(left, pl.lit(0)).alias("remaining"))


def _sums(pairs: pl.DataFrame, source: pl.Expr, target: pl.Expr) -> list[tuple[str, int, int, int]]:
    """region, source, target, explained; a difference is explained where the row is listed."""
    sums = (
        pairs.group_by("region", maintain_order=True)
        .agg(
            source.sum().alias("source"),
            target.sum().alias("target"),
            pl.when(pl.col("is_listed")).then(source - target).otherwise(0).sum().alias("explained"),
        )
        .sort("region")
    )
    return [(str(region), int(a), int(b), int(c)) for region, a, b, c in sums.iter_rows()]


def scoped(name: str, rows: Iterable[tuple[str, int, int, int]], company: str) -> list[Total]:
    """The company's total, then one per region."""
    listed = sorted(rows)
    sums = (sum(row[1] for row in listed), sum(row[2] for row in listed), sum(row[3] for row in listed))
    whole = Total(name, company, *sums)
    return [whole, *(Total(name, region, *figures) for region, *figures in listed)]
