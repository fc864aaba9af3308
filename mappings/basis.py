"""What our tables stand on: public (of a year), inferred, assumed by us, or sample, so invented.

A line says it itself where its table has a column for it (`certainty`, `sample_code`, `sample`, `assumed`);
mappings/basis.csv says it of tables that have none, and names the sources.
"""

from functools import cache

import polars as pl

from vocabulary.fields import all_fields
from vocabulary.resources import resource, text_table

LAYOUT, CODE, ROUTING, PAY = "layout", "code", "routing", "pay"
ASSUMED, SAMPLE, AGREED = "assumed", "sample", "agreed"
"""Ours, to be confirmed; invented; and what took the place of a sample."""

RECEIVING_TEAMS, PAY_POINTS = "receiving team codes", "pay points and bands"
EVERYONE, NDELIUS, MAPPED = "*", "delius", "mapped"

TABLES = {
    "regions": "regions", "PDUs": "pdus", "regional clusters": "clusters", "teams of the companies": "teams",
    "local authorities": "local_authorities", "postcode districts": "postcode_districts",
}  # fmt: skip
"""What a routing table lists, to its file; each line has a `certainty`."""


@cache
def basis() -> pl.DataFrame:
    """subject, what, mark, lines (how many lines of ours bear it), source (blank where there is none)."""
    lines = pl.concat([_layouts(), _codes(), _routing(), _pay()])
    counted = lines.group_by("subject", "what", "mark", maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("lines")
    )
    known = _named().select("subject", "what", "source")
    named = counted.join(known, on=["subject", "what"], how="left", maintain_order="left")
    is_ours = pl.col("mark").is_in([ASSUMED, SAMPLE, AGREED])
    return named.with_columns(pl.when(~is_ours).then("source").fill_null("").alias("source"))


@cache
def workload_mark() -> str:
    """What the weights of cases and the capacity of grades stand on; of several marks all."""
    tables = [text_table("mappings", "workload", name) for name in ("weights.csv", "capacity.csv")]
    marks = pl.concat(table["certainty"] for table in tables).unique(maintain_order=True)
    return ", ".join(marks)


@cache
def team_marks() -> pl.DataFrame:
    """team, mark of every team that can receive: `sample` while its code is invented."""
    pdus, regions = _routing_table("pdus"), _routing_table("regions")
    parts = [
        pdus.select(pl.col(f"{prefix}_team").alias("team"), "sample_code")
        for prefix in ("sm", "upw", "programmes")
    ]
    nobody = regions.select(pl.col("unallocated_team").alias("team"), "sample_code")
    return (
        pl.concat([*parts, nobody])
        .unique("team", keep="first", maintain_order=True)
        .select("team", _sample_or_agreed("sample_code"))
    )


@cache
def pdu_marks() -> pl.DataFrame:
    """pdu (its name), mark."""
    names = _routing_table("pdus").select(pl.col("pdu_name").alias("pdu"), pl.col("certainty").alias("mark"))
    return names.unique("pdu", keep="first", maintain_order=True)


@cache
def pay_marks() -> pl.DataFrame:
    """new_point, mark of every pay point."""
    points = text_table("mappings", "staff", "pay_points.csv")
    return points.select(pl.col("pay_point").alias("new_point"), _sample_or_agreed("sample"))


@cache
def layout_marks(export: str) -> dict[tuple[str, str], str]:
    """Entity and word to mark of every column of the export."""
    words = all_fields()
    marked = words.select("entity", "field", _layouts()["mark"]).filter(words["export"] == export)
    return {(entity, word): mark for entity, word, mark in marked.iter_rows()}


def _layouts() -> pl.DataFrame:
    words = all_fields().select("export", "assumed")
    public = _named().filter(subject=LAYOUT).select(pl.col("what").alias("export"), "mark")
    marked = words.join(public, on="export", how="left", maintain_order="left")
    is_ours = (pl.col("assumed") == "Y") | pl.col("mark").is_null()
    return marked.select(
        pl.lit(LAYOUT).alias("subject"),
        pl.col("export").alias("what"),
        pl.when(is_ours).then(pl.lit(ASSUMED)).otherwise("mark").alias("mark"),
    )


def _codes() -> pl.DataFrame:
    """A line per line of the code lists."""
    files = sorted(file.name for file in resource("mappings", "codes").iterdir())
    lines = pl.concat([text_table("mappings", "codes", name) for name in files], how="vertical_relaxed")
    known = text_table("target", "dictionary", "reference_codes.csv").select(
        pl.col("list_name").alias("target_list"), pl.col("code").alias("target_code"), is_known=True
    )
    joined = lines.join(known.unique(), on=["target_list", "target_code"], how="left", maintain_order="left")
    of_ndelius = pl.col("scope").is_in([EVERYONE, NDELIUS])
    what = (
        pl.when(pl.col("decision") == "needed")
        .then(pl.lit("waiting for a decision"))
        .when(~of_ndelius)
        .then(pl.lit("written by a company's own system"))
        .when(pl.col("is_known").fill_null(False) & (pl.col("decision") == MAPPED))
        .then(pl.lit("known to nDelius"))
        .otherwise(pl.lit("chosen by us"))
    )
    public = pl.lit(_mark_of(CODE, "known to nDelius"))
    return joined.select(pl.lit(CODE).alias("subject"), what.alias("what")).with_columns(
        pl.when(pl.col("what") == "known to nDelius").then(public).otherwise(pl.lit(ASSUMED)).alias("mark")
    )


def _routing() -> pl.DataFrame:
    parts = [_routing_lines(what, _routing_table(name)) for what, name in TABLES.items()]
    units = _routing_table("postcode_units").with_columns(
        pl.lit(_mark_of(ROUTING, "full postcodes")).alias("mark")
    )
    parts.append(_lines(ROUTING, "full postcodes", units))
    parts.append(_lines(ROUTING, RECEIVING_TEAMS, team_marks()))
    return pl.concat(parts)


def _routing_lines(what: str, table: pl.DataFrame) -> pl.DataFrame:
    return _lines(ROUTING, what, table.select(pl.col("certainty").alias("mark")))


def _pay() -> pl.DataFrame:
    bands = text_table("mappings", "staff", "pay_bands_by_grade.csv").select(_sample_or_agreed("sample"))
    return _lines(PAY, PAY_POINTS, pl.concat([pay_marks().select("mark"), bands]))


def _lines(subject: str, what: str, marked: pl.DataFrame) -> pl.DataFrame:
    return marked.select(pl.lit(subject).alias("subject"), pl.lit(what).alias("what"), "mark")


def _sample_or_agreed(column: str) -> pl.Expr:
    return pl.when(pl.col(column) == "Y").then(pl.lit(SAMPLE)).otherwise(pl.lit(AGREED)).alias("mark")


def _named() -> pl.DataFrame:
    return text_table("mappings", "basis.csv")


def _mark_of(subject: str, what: str) -> str:
    return str(_named().filter(subject=subject, what=what)["mark"].item())


def _routing_table(name: str) -> pl.DataFrame:
    return text_table("mappings", "routing", f"{name}.csv")
