"""Control totals: what the sources say before, and what the target's own rows say after, per region.

The region of a target row is where that row, or the manager of its person, stands in the target; never what
the source said. Source: exports/README, "Totals after the load". A difference is explained by a held person
(G01) alone: whatever else nDelius had under the company must have moved.
"""

from collections.abc import Iterable

import polars as pl

from reconcile.figures.work_totals import TOTAL_LINES, order_totals, rar_totals
from reconcile.proofs.access import ENTITIES, active_after, active_before
from reconcile.prove_company import CompanyProof
from reconcile.sources.cases import kinds

SIDES = ("source", "target", "explained")
SCHEMA = {"name": pl.String, "region": pl.String, **dict.fromkeys(SIDES, pl.Int64)}
UNKNOWN = "unknown"
"""Region of whom geography gave none (G01)."""


def company_totals(proof: CompanyProof, listed: pl.DataFrame) -> pl.DataFrame:
    """SCHEMA of every total of one company.

    Args:
        listed: outcome, region of each employee on the assignment list.
    """
    moves, home = with_state(proof), proof.evidence.home
    told = [
        pl.DataFrame(schema=TOTAL_LINES),
        person_totals(moves),
        component_totals(moves),
        order_totals(proof, moves),
        rar_totals(proof, moves),
        _or_nothing("restricted_persons", _restricted(proof), home),
        *(_or_nothing(group.name, count_rows(group.name, group.rows), home) for group in proof.counted),
        *_staff(proof, listed),
    ]
    return sum_totals(pl.concat(told))


def sum_totals(told: pl.DataFrame) -> pl.DataFrame:
    """SCHEMA of `told` (TOTAL_LINES): totals in the order in which they are told first, regions by code."""
    names = told["name"].unique(maintain_order=True).to_list()
    return (
        told.lazy()
        .with_columns(pl.col("region").fill_null(UNKNOWN))
        .group_by("name", "region")
        .agg(pl.col("amount").filter(pl.col("side") == side).sum().alias(side) for side in SIDES)
        .sort(pl.col("name").cast(pl.Enum(names)), "region")
        .select(list(SCHEMA))
        .collect()
    )


def _or_nothing(name: str, told: pl.DataFrame, home: str) -> pl.DataFrame:
    """A total of nothing is still a total of the company's region."""
    if told.height:
        return told
    return pl.DataFrame([(name, "source", home, 0)], schema=TOTAL_LINES, orient="row")


def with_state(proof: CompanyProof) -> pl.DataFrame:
    """The moves and what is held, with `is_moved`, `stands` (the area code of the manager opened) and
    `is_explained` (the person is held)."""
    opened = pl.concat(
        [
            proof.evidence.inserted(kind.manager_table).select(
                pl.lit(kind.kind).alias("kind"), "key", "PROBATION_AREA_ID"
            )
            for kind in kinds().values()
        ]
    )
    areas = proof.evidence.country.lists.decode(opened["PROBATION_AREA_ID"], "PROBATION AREA")
    moves = proof.moves.join(
        opened.select("kind", "key", areas.alias("stands")),
        on=["kind", "key"],
        how="left",
        maintain_order="left",
    ).with_columns(pl.col("key").is_not_null().alias("is_moved"), pl.lit(False).alias("is_explained"))
    held = proof.held.with_columns(
        pl.lit(UNKNOWN).alias("region"), pl.lit(False).alias("is_moved"), pl.lit(True).alias("is_explained")
    )
    return pl.concat([moves, held], how="diagonal")


def person_rows(moves: pl.DataFrame) -> pl.DataFrame:
    """person, side, region: once per person and region, in this order; what the nation counts once (README,
    totals)."""
    of_nobody = moves.with_columns(
        pl.coalesce("person", pl.concat_str("source_file", "source_row")).alias("person")
    )
    moved = of_nobody.filter("is_moved")
    waits = of_nobody.join(moved, on="person", how="anti").filter("is_explained")
    parts = {
        "source": of_nobody.select("person", "region"),
        "target": moved.select("person", region="stands"),
        "explained": waits.select("person", "region"),
    }
    sides = [rows.select("person", pl.lit(side).alias("side"), "region") for side, rows in parts.items()]
    return pl.concat(sides).unique().sort(pl.all())


def person_totals(moves: pl.DataFrame) -> pl.DataFrame:
    """TOTAL_LINES of persons with at least one component that moves."""
    return count_rows("persons", person_rows(moves))


def component_totals(moves: pl.DataFrame) -> pl.DataFrame:
    """TOTAL_LINES of the live components per kind."""
    waits = ~pl.col("is_moved") & pl.col("is_explained")
    sides = {
        "source": ("region", pl.lit(True)),
        "target": ("stands", pl.col("is_moved")),
        "explained": ("region", waits),
    }
    name = pl.format("components_{}", "kind")
    return pl.concat(
        [
            moves.lazy().filter(counts).select(name.alias("name"), *_one(side, region))
            for side, (region, counts) in sides.items()
        ]
    ).collect()


def count_rows(name: str, rows: pl.DataFrame) -> pl.DataFrame:
    """TOTAL_LINES of `rows` (side, region), each of which counts one."""
    return rows.select(pl.lit(name).alias("name"), "side", "region", pl.lit(1, pl.Int64).alias("amount"))


def _one(side: str, region: str) -> tuple[pl.Expr, ...]:
    return pl.lit(side).alias("side"), pl.col(region).alias("region"), pl.lit(1, pl.Int64).alias("amount")


def _restricted(proof: CompanyProof) -> pl.DataFrame:
    """The company's persons with an active restriction or exclusion, before and after."""
    country = proof.evidence.country
    own = pl.concat([proof.moves["person"].drop_nulls(), proof.evidence.regions["person"]]).unique()
    before, after = (
        pl.concat([active(country, entity)["person"] for entity in ENTITIES]).unique()
        for active in (active_before, active_after)
    )
    rows = pl.concat(
        [
            _placed(before.filter(before.is_in(own.implode())), "source", proof.evidence.regions, proof),
            _placed(
                after.filter(after.is_in(own.implode())),
                "target",
                country.homes_after(proof.evidence.home),
                proof,
            ),
        ]
    )
    return count_rows("restricted_persons", rows)


def _placed(persons: pl.Series, side: str, homes: pl.DataFrame, proof: CompanyProof) -> pl.DataFrame:
    frame = pl.DataFrame({"person": persons}).join(
        homes.select("person", "region"), on="person", how="left", maintain_order="left"
    )
    return frame.select(pl.lit(side).alias("side"), pl.col("region").fill_null(proof.evidence.home))


def _staff(proof: CompanyProof, listed: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """TOTAL_LINES of employees per outcome: as the return says, and as the assignment list has them."""
    if not proof.evidence.delivery.has("staff"):
        return
    outcomes = pl.concat([proof.employees["outcome"], listed["outcome"]]).unique().sort()
    names = [f"employees_{outcome}" for outcome in dict.fromkeys([*OUTCOMES, *outcomes])]
    told = pl.concat(
        [
            rows.lazy().select(pl.format("employees_{}", "outcome").alias("name"), *_one(side, "region"))
            for side, rows in (("source", proof.employees), ("target", listed))
        ]
    )
    nothing = pl.LazyFrame([(name, "source", None, 0) for name in names], schema=TOTAL_LINES, orient="row")
    both = pl.concat([nothing, told])
    # The blank line is for an outcome that nobody has: there it is the company's region that has none.
    is_bare = pl.len().over("name") == 1
    at_home = pl.when(is_bare).then(pl.lit(proof.evidence.home)).otherwise("region").alias("region")
    yield (
        both.with_columns(at_home)
        .filter(is_bare | (pl.col("amount") > 0))
        .sort(pl.col("name").cast(pl.Enum(names)), maintain_order=True)
        .collect()
    )


OUTCOMES = (
    "SM", "UPW", "AP", "SI", "RES", "CORP",
    "mixed_role", "appeal_open", "dynamic_framework", "sub_contracted", "objected",
    "not_in_scope", "set_aside",
)  # fmt: skip
"""Outcomes of staff_functions.md, each told even where nobody has it."""
