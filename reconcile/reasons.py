"""What may explain that a row stays with a closing company: a row set aside, by file and row. Information
does not.

The row itself, the component it manages, or the person it is about: whichever the delivery set aside.
"""

import polars as pl

from reconcile.cases import kinds
from reconcile.delivery import PLACE, Delivery
from reconcile.evidence import Evidence
from reconcile.origins import SPG, TABLES
from reconcile.whereabouts import own_key
from vocabulary.batch import SET_ASIDE
from vocabulary.source import parts

SCHEMA = dict.fromkeys(
    ("company", "table", "key", "person", "because", "source_file", "source_row"), pl.String
)
"""`table` and `key`, or `person` for everything that is about the person; the others blank."""


def reasons_of(evidence: Evidence) -> pl.DataFrame:
    """SCHEMA of every row of the company that was set aside."""
    delivery = evidence.delivery
    found = [pl.DataFrame(schema=SCHEMA)]
    export = delivery.case_export
    tables = {entity: table for table, entity in parts("delius").items()} if export != SPG else TABLES
    for entity, frame in delivery.frames.get(export, {}).items():
        aside = _with_rule(frame.filter(pl.col("row_outcome") == SET_ASIDE), delivery)
        if aside.is_empty():
            continue
        if entity == "offender":
            found.append(_of_persons(aside, evidence))
            continue
        if entity in tables:
            keyed = aside.with_columns(own_key(entity).alias("key"))
            found.append(_named(keyed, evidence.company, tables[entity]))
            found.append(_of_component(keyed, entity, evidence))
    return pl.concat(found).filter(pl.col("because") != "")


def _with_rule(rows: pl.DataFrame, delivery: Delivery) -> pl.DataFrame:
    """`rows` with `because`: the rule that set each aside, the first of several."""
    rules = (
        delivery.set_aside().group_by(PLACE, maintain_order=True).agg(pl.col("rule").first().alias("because"))
    )
    return rows.join(rules, on=PLACE, how="left", maintain_order="left").with_columns(
        pl.col("because").fill_null("")
    )


def _named(rows: pl.DataFrame, company: str, table: str) -> pl.DataFrame:
    return rows.filter(pl.col("key").is_not_null()).select(
        pl.lit(company).alias("company"), pl.lit(table).alias("table"), "key", pl.lit("").alias("person"),
        "because", "source_file", "source_row",
    )  # fmt: skip


def _of_component(rows: pl.DataFrame, entity: str, evidence: Evidence) -> pl.DataFrame:
    """The managers of a component whose row is set aside stay with it."""
    found = [pl.DataFrame(schema=SCHEMA)]
    for kind in kinds().values():
        if kind.entity == entity:
            managers = evidence.country.cases.managers.filter(pl.col("kind") == kind.kind)
            named = rows.select(
                pl.col("key").alias("component"), "because", "source_file", "source_row"
            ).join(managers.select("component", pl.col("manager").alias("key")), on="component")
            found.append(_named(named, evidence.company, kind.manager_table))
    return pl.concat(found)


def _of_persons(rows: pl.DataFrame, evidence: Evidence) -> pl.DataFrame:
    """Everything of a person who is set aside or held; a held one is found by key or CRN."""
    by_crn = evidence.country.baseline["offender"].select("crn", pl.col("offender_id").alias("_known"))
    joined = rows.join(by_crn.drop_nulls("crn").unique("crn"), on="crn", how="left", maintain_order="left")
    given = pl.when(pl.col("offender_id") != "0").then("offender_id")
    return joined.select(
        pl.lit(evidence.company).alias("company"), pl.lit("").alias("table"), pl.lit("").alias("key"),
        pl.coalesce(given, "_known").alias("person"), "because", "source_file", "source_row",
    ).filter(pl.col("person").is_not_null())  # fmt: skip
