"""Control totals: what the sources say before, and what the target's own rows say after, per region.

The region of a target row is where that row, or the manager of its person, stands in the target; never what
the source said. Source: exports/README, "Totals after the load". A difference is explained by a held person
(G01) alone: whatever else nDelius had under the company must have moved.
"""

from collections.abc import Iterable

import polars as pl

from reconcile.figures.work_totals import order_totals, rar_totals
from reconcile.proofs.access import ENTITIES, active_after, active_before
from reconcile.prove_company import CompanyProof
from reconcile.sources.cases import kinds

SCHEMA = {
    "name": pl.String,
    "region": pl.String,
    "source": pl.Int64,
    "target": pl.Int64,
    "explained": pl.Int64,
}
UNKNOWN = "unknown"
"""Region of whom geography gave none (G01)."""

SIDES = ("source", "target", "explained")


def company_totals(proof: CompanyProof, listed: pl.DataFrame) -> pl.DataFrame:
    """SCHEMA of every total of one company.

    Args:
        listed: outcome, region of each employee on the assignment list.
    """
    moves = with_state(proof)
    parts = [
        person_totals(moves),
        component_totals(moves),
        *order_totals(proof, moves),
        *rar_totals(proof, moves),
        _restricted(proof),
        *_written(proof),
        *_staff(proof, listed),
    ]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *(part.select(list(SCHEMA)) for part in parts)])


def with_state(proof: CompanyProof) -> pl.DataFrame:
    """The moves and what is held, with `is_moved`, `stands` (the area code of the manager opened) and
    `is_explained` (the person is held)."""
    parts = []
    lists = proof.evidence.country.lists
    for kind in kinds().values():
        rows = proof.moves.filter(pl.col("kind") == kind.kind)
        opened = proof.evidence.inserted(kind.manager_table)
        areas = opened.select("key").with_columns(
            lists.decode(opened["PROBATION_AREA_ID"], "PROBATION AREA").alias("stands")
        )
        parts.append(
            rows.join(areas, on="key", how="left", maintain_order="left").with_columns(
                pl.col("key").is_not_null().alias("is_moved"),
                pl.lit(False).alias("is_explained"),
            )
        )
    held = proof.held.with_columns(
        pl.lit(UNKNOWN).alias("region"), pl.lit(False).alias("is_moved"), pl.lit(True).alias("is_explained")
    )
    return pl.concat([*parts, held], how="diagonal")


def person_rows(moves: pl.DataFrame) -> pl.DataFrame:
    """person, side, region: once per person and region; what the nation counts once (README, totals)."""
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
    return pl.concat(
        [rows.select("person", pl.lit(side).alias("side"), "region").unique() for side, rows in parts.items()]
    )


def person_totals(moves: pl.DataFrame) -> pl.DataFrame:
    """Persons with at least one component that moves."""
    return sides("persons", person_rows(moves))


def component_totals(moves: pl.DataFrame) -> pl.DataFrame:
    """Live components per kind."""
    parts = []
    for (kind,), rows in moves.group_by("kind", maintain_order=True):
        told = pl.concat(
            [
                rows.select(pl.lit("source").alias("side"), "region"),
                rows.filter("is_moved").select(pl.lit("target").alias("side"), region="stands"),
                rows.filter(~pl.col("is_moved") & pl.col("is_explained")).select(
                    pl.lit("explained").alias("side"), "region"
                ),
            ]
        )
        parts.append(sides(f"components_{kind}", told))
    return pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)


def sides(name: str, rows: pl.DataFrame, amount: pl.Expr | None = None) -> pl.DataFrame:
    """SCHEMA of `rows` (side, region): their number, or the sum of `amount`, per region and side."""
    value = pl.len().cast(pl.Int64) if amount is None else amount.cast(pl.Int64).sum()
    counts = rows.group_by("region", "side").agg(value.alias("count"))
    wide = {
        side: counts.filter(pl.col("side") == side).select("region", pl.col("count").alias(side))
        for side in SIDES
    }
    found = rows.select(pl.col("region").fill_null(UNKNOWN)).unique().sort("region")
    for side in SIDES:
        found = found.join(
            wide[side].with_columns(pl.col("region").fill_null(UNKNOWN)), on="region", how="left"
        )
    return found.with_columns(pl.col(SIDES).fill_null(0), pl.lit(name).alias("name")).select(list(SCHEMA))


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
    return at_home(sides("restricted_persons", rows), proof, "restricted_persons")


def _placed(persons: pl.Series, side: str, homes: pl.DataFrame, proof: CompanyProof) -> pl.DataFrame:
    frame = pl.DataFrame({"person": persons}).join(
        homes.select("person", "region"), on="person", how="left", maintain_order="left"
    )
    return frame.select(pl.lit(side).alias("side"), pl.col("region").fill_null(proof.evidence.home))


def at_home(totals: pl.DataFrame, proof: CompanyProof, name: str) -> pl.DataFrame:
    """A total of nothing is still a total of the company's region."""
    if totals.height:
        return totals
    nothing = {side: [0] for side in SIDES}
    return pl.DataFrame({"name": [name], "region": [proof.evidence.home], **nothing}, schema=SCHEMA)


def _written(proof: CompanyProof) -> Iterable[pl.DataFrame]:
    """Rows of the schedule, of programmes and of referrals: expected of the sources, found in the target."""
    for group in proof.counted:
        yield at_home(sides(group.name, group.rows), proof, group.name)


def _staff(proof: CompanyProof, listed: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """Employees per outcome: as the return says, and as the assignment list has them; and new officers."""
    if not proof.evidence.delivery.has("staff"):
        return
    derived = proof.employees.select("outcome", pl.col("region").fill_null(UNKNOWN))
    outcomes = [*OUTCOMES, *derived["outcome"].unique().sort(), *listed["outcome"].unique().sort()]
    for outcome in dict.fromkeys(outcomes):
        rows = pl.concat(
            [
                derived.filter(outcome=outcome).select(pl.lit("source").alias("side"), "region"),
                listed.filter(outcome=outcome).select(
                    pl.lit("target").alias("side"), pl.col("region").fill_null(UNKNOWN)
                ),
            ]
        )
        yield at_home(sides(f"employees_{outcome}", rows), proof, f"employees_{outcome}")


OUTCOMES = (
    "SM", "UPW", "AP", "SI", "RES", "CORP",
    "mixed_role", "appeal_open", "dynamic_framework", "sub_contracted", "objected",
    "not_in_scope", "set_aside",
)  # fmt: skip
"""Outcomes of staff_functions.md, each told even where nobody has it."""
