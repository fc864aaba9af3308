"""Minutes of unpaid work and days of rehabilitation activity, per order and requirement, before and after."""

from collections.abc import Mapping

import polars as pl

from reconcile.prove_company import CompanyProof
from reconcile.sources.evidence import Country
from reconcile.sources.origins import SPG, is_new
from reconcile.sources.reading import read_word
from vocabulary.companies import BASELINE_COMPANY

TOTAL_LINES = {"name": pl.String, "side": pl.String, "region": pl.String, "amount": pl.Int64}
"""Lines that a total adds up: `side` is source, target or explained (of those that did not arrive)."""

UNPAID_WORK, RAR = "W", "F"
MINUTES = ("ordered", "credited", "adjusted")


def order_totals(proof: CompanyProof, moves: pl.DataFrame) -> pl.DataFrame:
    """TOTAL_LINES of minutes ordered, credited, adjusted and remaining over the orders of moving unpaid work
    requirements."""
    work = (
        _requirements(proof, moves).filter(pl.col("category") == UNPAID_WORK).unique("disposal", keep="first")
    )
    before = _remaining(_source_orders(proof, work))
    stands = _standing_requirements(proof, moves, UNPAID_WORK).unique("disposal", keep="first")
    after = _remaining(_target_orders(proof.evidence.country, stands))
    names = {word: f"upw_minutes_{word}" for word in (*MINUTES, "remaining")}
    return _beside(before, after, "order", names)


def rar_totals(proof: CompanyProof, moves: pl.DataFrame) -> pl.DataFrame:
    """TOTAL_LINES of RAR days ordered and done."""
    before = _requirements(proof, moves).filter(pl.col("category") == RAR)
    after = _standing_requirements(proof, moves, RAR)
    return _beside(before, after, "component", {name: name for name in ("rar_days", "rar_days_done")})


def _requirements(proof: CompanyProof, moves: pl.DataFrame) -> pl.DataFrame:
    """component, disposal, category, rar_days, rar_days_done, region, is_explained of what must move."""
    baseline = proof.evidence.country.baseline["requirement"]
    known = baseline.select(
        pl.col("requirement_id").alias("component"),
        pl.col("disposal_id").alias("disposal"),
        pl.col("main_category").alias("category"),
        *_days("delius", BASELINE_COMPANY),
    )
    parts = [known]
    if proof.records is not None:
        new = proof.evidence.with_keys(
            proof.records.frames["requirement"].filter(is_new("requirement")), "RQMNT", SPG, "component"
        )
        parts.append(
            new.select(
                "component", "disposal", pl.col("main_category").alias("category"),
                *_days(SPG, proof.evidence.company),
            )
        )  # fmt: skip
    own = moves.filter(pl.col("kind") == "RQ").select("component", "region", "is_moved", "is_explained")
    return own.join(pl.concat(parts), on="component", how="inner", maintain_order="left")


def _days(export: str, company: str) -> list[pl.Expr]:
    return [
        read_word(export, "requirement", word, company).cast(pl.Int64).fill_null(0).alias(name)
        for word, name in (("length", "rar_days"), ("rar_days_done", "rar_days_done"))
    ]


def _standing_requirements(proof: CompanyProof, moves: pl.DataFrame, category: str) -> pl.DataFrame:
    """component, disposal, rar_days, rar_days_done, region of requirements whose manager the load opened."""
    country = proof.evidence.country
    moved = moves.filter((pl.col("kind") == "RQ") & pl.col("is_moved")).select("component", region="stands")
    rows = country.columns("RQMNT", ["DISPOSAL_ID", "RQMNT_TYPE_MAIN_CATEGORY_ID", "LENGTH", "RAR_COUNT"])
    coded = rows.with_columns(
        country.lists.decode(rows["RQMNT_TYPE_MAIN_CATEGORY_ID"], "REQUIREMENT MAIN CATEGORY").alias(
            "category"
        )
    )
    return coded.filter(pl.col("category") == category).select(
        pl.col("key").alias("component"),
        pl.col("DISPOSAL_ID").alias("disposal"),
        pl.col("LENGTH").cast(pl.Int64).fill_null(0).alias("rar_days"),
        pl.col("RAR_COUNT").cast(pl.Int64).fill_null(0).alias("rar_days_done"),
    ).join(moved, on="component", how="inner")  # fmt: skip


def _source_orders(proof: CompanyProof, work: pl.DataFrame) -> pl.DataFrame:
    """order, region, is_explained and MINUTES: nDelius's own rows, and what the load adds to them."""
    baseline, company = proof.evidence.country.baseline, proof.evidence.company
    orders = baseline["upw_order"].select(
        pl.col("upw_order_id").alias("order"), pl.col("disposal_id").alias("disposal"),
        _number("delius", "upw_order", "ordered", BASELINE_COMPANY).alias("ordered"),
    )  # fmt: skip
    credited = [_summed(baseline["upw_session"], "delius", "upw_session", BASELINE_COMPANY)]
    adjusted = [_adjustments(baseline["upw_adjustment"], "delius", BASELINE_COMPANY, "upw_order_id")]
    if proof.records is not None:
        frames = proof.records.frames
        new = frames["upw_order"].filter(is_new("upw_order")).select(
            "order", "disposal", _number(SPG, "upw_order", "ordered", company).alias("ordered")
        )  # fmt: skip
        orders = pl.concat([orders, new])
        sessions = frames["upw_session"].filter(is_new("upw_session"))
        credited.append(
            sessions.select("order", _number(SPG, "upw_session", "credited", company).alias("minutes"))
        )
        adjusted.append(
            _adjustments(frames["upw_adjustment"].filter(is_new("upw_adjustment")), SPG, company, "order")
        )
    if proof.added is not None:
        added = proof.added.select("order", pl.col("credited").cast(pl.Int64).fill_null(0).alias("minutes"))
        credited.append(added)
    own = orders.join(work.select("disposal", "region", "is_explained"), on="disposal", how="inner")
    return _with_sums(own, pl.concat(credited), pl.concat(adjusted))


def _target_orders(country: Country, stands: pl.DataFrame) -> pl.DataFrame:
    """order, region and MINUTES as the target's own rows add up."""
    there = "SOFT_DELETED = 0"
    orders = country.columns("UPW_DETAILS", ["DISPOSAL_ID", "UPW_LENGTH_MINUTES"], there).select(
        pl.col("key").alias("order"),
        pl.col("DISPOSAL_ID").alias("disposal"),
        _whole("UPW_LENGTH_MINUTES").alias("ordered"),
    )
    sessions = country.columns("UPW_APPOINTMENT", ["UPW_DETAILS_ID", "MINUTES_CREDITED"], there).select(
        pl.col("UPW_DETAILS_ID").alias("order"),
        _whole("MINUTES_CREDITED").fill_null(0).alias("minutes"),
    )
    names = ["UPW_DETAILS_ID", "ADJUSTMENT_AMOUNT", "ADJUSTMENT_TYPE"]
    amount = _whole("ADJUSTMENT_AMOUNT").fill_null(0)
    adjustments = country.columns("UPW_ADJUSTMENT", names, there).select(
        pl.col("UPW_DETAILS_ID").alias("order"),
        pl.when(pl.col("ADJUSTMENT_TYPE") == "NEGATIVE").then(-amount).otherwise(amount).alias("minutes"),
    )
    own = orders.join(stands.select("disposal", "region"), on="disposal", how="inner")
    return _with_sums(own, sessions, adjustments)


def _whole(column: str) -> pl.Expr:
    """Whole minutes of a column that keeps two decimals: PostgreSQL shows them, SQLite does not."""
    return pl.col(column).cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)


def _with_sums(orders: pl.DataFrame, credited: pl.DataFrame, adjusted: pl.DataFrame) -> pl.DataFrame:
    found = orders
    for name, rows in (("credited", credited), ("adjusted", adjusted)):
        sums = rows.drop_nulls("order").group_by("order").agg(pl.col("minutes").sum().alias(name))
        found = found.join(sums, on="order", how="left", maintain_order="left")
    return found.with_columns(pl.col(MINUTES).fill_null(0))


def _remaining(orders: pl.DataFrame) -> pl.DataFrame:
    """Ordered less credited and adjusted, per order, never below zero."""
    left = pl.col("ordered") - pl.col("credited") - pl.col("adjusted")
    return orders.with_columns(pl.max_horizontal(left, pl.lit(0)).alias("remaining"))


def _number(export: str, entity: str, word: str, company: str) -> pl.Expr:
    return read_word(export, entity, word, company).cast(pl.Int64).fill_null(0)


def _summed(rows: pl.DataFrame, export: str, entity: str, company: str) -> pl.DataFrame:
    return rows.select(
        pl.col("upw_order_id").alias("order"), _number(export, entity, "credited", company).alias("minutes")
    )


def _adjustments(rows: pl.DataFrame, export: str, company: str, order: str) -> pl.DataFrame:
    amount = _number(export, "upw_adjustment", "amount", company)
    sign = pl.when(pl.col("direction") == "NEGATIVE").then(-1).otherwise(1)
    return rows.select(pl.col(order).alias("order"), (amount * sign).cast(pl.Int64).alias("minutes"))


def _beside(before: pl.DataFrame, after: pl.DataFrame, on: str, names: Mapping[str, str]) -> pl.DataFrame:
    """TOTAL_LINES of the columns `names` (to the total's name): each side by its own region."""
    there = pl.col(on).is_in(after[on].unique().implode())
    waits = before.lazy().filter(pl.col("is_explained") & ~there)
    rows = {"source": before.lazy(), "target": after.lazy(), "explained": waits}
    told = [
        found.select(
            pl.lit(name).alias("name"), pl.lit(side).alias("side"), "region",
            pl.col(word).cast(pl.Int64).alias("amount"),
        )
        for word, name in names.items()
        for side, found in rows.items()
    ]  # fmt: skip
    return pl.concat(told).collect()
