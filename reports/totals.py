"""Control totals side by side: source = target + explained, per company and region (K03, K04)."""

from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from reports.data import Total

PERSONS, NATIONAL = "persons", "national"
SIDES = ("source", "target")


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


def count_persons_once(totals: tuple[Total, ...], persons: pl.DataFrame) -> tuple[Total, ...]:
    """`totals` with every total of persons counted anew: once per region and nation, whoever's they are.

    `persons`: person, side (source, target, explained), region.
    """
    found = []
    for total in totals:
        if total.name != PERSONS:
            found.append(total)
            continue
        own = persons if total.scope == NATIONAL else persons.filter(pl.col("region") == total.scope)
        counts = {side: own.filter(side=side)["person"].n_unique() for side in SIDES}
        # A person who moves in part of the companies is in the target; nothing of it is left to explain.
        there = own.filter(side="target")["person"].implode()
        waits = own.filter(pl.col("side") == "explained", ~pl.col("person").is_in(there))["person"].n_unique()
        found.append(replace(total, source=counts["source"], target=counts["target"], explained=waits))
    return tuple(found)


def scoped(name: str, rows: Iterable[tuple[str, int, int, int]], company: str) -> list[Total]:
    """The company's total, then one per region."""
    listed = sorted(rows)
    sums = (sum(row[1] for row in listed), sum(row[2] for row in listed), sum(row[3] for row in listed))
    whole = Total(name, company, *sums)
    return [whole, *(Total(name, region, *figures) for region, *figures in listed)]
