"""Rows of the baseline that nDelius itself could not hold: each is named by file, row and key.

A row that names a team, officer or login which nobody has is held with all below it, and the rest goes on.
A baseline that breaks a constraint of the database is refused. Two persons of one CRN are only told of: they
are held where the CRN decides (matching.cascade).
"""

from dataclasses import dataclass

import polars as pl

from target.assignment import UNALLOCATED_OFFICER, UNALLOCATED_TEAM, complete_assignments
from target.schema.record import record
from target.schema.shape import columns, constraints, load_order
from vocabulary.findings import collect, findings_of, no_findings
from vocabulary.source import ndelius_tables

Frames = dict[str, pl.DataFrame]
CODES = {"TEAM": ("team", "code"), "OFFICER": ("staff", "officer"), "USER": ("user", "user")}
"""List of a record to the entity of the baseline that holds its codes, and the word."""

REFUSED_SCHEMA = dict.fromkeys(("source_file", "source_row", "table", "key", "what"), pl.String)


@dataclass(frozen=True)
class Kept:
    """`frames` without the rows held; `findings` name those (X02, X01) and persons of one CRN (M06).

    `refused`: REFUSED_SCHEMA, rows that break a constraint.
    """

    frames: Frames
    findings: pl.DataFrame
    refused: pl.DataFrame


def judge_baseline(frames: Frames) -> Kept:
    """What of the baseline's typed frames (delius entity to frame) a database can hold."""
    entities = {table: entity for table, entity in ndelius_tables().items() if entity in frames}
    ordered = [table for table in load_order() if table in entities]
    kept, held, found, refused = dict(frames), dict[str, pl.Series](), [no_findings()], [_none()]
    for table in ordered:
        entity, rows = entities[table], frames[entities[table]]
        refused += _broken(table, rows, {name: frames[one] for name, one in entities.items()})
        own = collect([*_dangling(table, entity, rows, kept), *_below(table, entity, rows, held)])
        if own.height:
            found.append(own)
            aside = own.select("source_file", "source_row").unique()
            held[table] = rows.join(aside, on=aside.columns, how="semi")[key_word(table)]
            kept[entity] = rows.join(aside, on=aside.columns, how="anti", maintain_order="left")
    return Kept(kept, collect([*found, _one_crn(kept)]), pl.concat(refused))


def _dangling(table: str, entity: str, rows: pl.DataFrame, kept: Frames) -> list[pl.DataFrame]:
    """X02 of rows whose team, officer or login nobody has."""
    full = complete_assignments(table, rows.with_columns(pl.col(pl.String).replace("", None)))
    team = pl.col("team") if "team" in full.columns else pl.lit(None, pl.String)
    stands_in = {
        "TEAM": lambda word: pl.col(word).str.ends_with(UNALLOCATED_TEAM),
        "OFFICER": lambda word: pl.col(word) == team + UNALLOCATED_OFFICER,
    }
    found = []
    for name, (holder, holding) in CODES.items():
        known = kept[holder][holding] if holder in kept else pl.Series(dtype=pl.String)
        for word in _words(table, rows, ("code", "either", "named"), name):
            if rows[word].dtype == pl.String:
                is_known = pl.col(word).is_in(known.implode()) | stands_in.get(name, _never)(word)
                found.append(findings_of(full.filter(~is_known), "X02", entity, word))
    return found


def _never(_word: str) -> pl.Expr:
    return pl.lit(False)


def _below(table: str, entity: str, rows: pl.DataFrame, held: dict[str, pl.Series]) -> list[pl.DataFrame]:
    """X01 of rows that name a row which is held."""
    return [
        findings_of(rows.filter(pl.col(word).is_in(held[parent].implode())), "X01", entity, word)
        for parent, word in _references(table, rows)
        if parent in held
    ]


def _broken(table: str, rows: pl.DataFrame, others: Frames) -> list[pl.DataFrame]:
    """REFUSED_SCHEMA of the rows that break a key, a reference, a mandatory column or a unique value."""
    key = key_word(table)
    fills = [fill for fill in record(table) if fill.word in rows.columns and fill.when is None]
    checks: list[tuple[str, pl.Expr]] = []
    if len([fill for fill in record(table) if fill.fill == "key"]) == 1:
        checks.append((f"its key {key} is there twice", pl.col(key).is_duplicated()))
    for fill in fills:
        column = columns(table)[fill.column]
        is_filled = fill.fill in ("key", "value", "ref", "code")
        if is_filled and not column.is_nullable and fill.default is None and fill.list_name not in CODES:
            checks.append((f"{fill.column} is blank", pl.col(fill.source).is_null()))
    for parent, word in _references(table, rows):
        if parent in others:
            is_there = pl.col(word).is_in(others[parent][key_word(parent)].implode())
            checks.append((f"{word} names no row of {parent}", ~is_there))
    by_column = {fill.column: fill.source for fill in fills if fill.fill in ("value", "ref", "key")}
    for rule in constraints(table):
        words = [by_column[name] for name in rule.columns if name in by_column]
        if rule.kind == "unique" and len(words) == len(rule.columns) and key not in words:
            are_there = pl.all_horizontal(pl.col(words).is_not_null())
            checks.append(
                (
                    f"{' and '.join(rule.columns)} is another row's too",
                    are_there & pl.struct(words).is_duplicated(),
                )
            )
    masks = rows.select(where.fill_null(False).alias(str(n)) for n, (_, where) in enumerate(checks))
    return [
        rows.filter(mask).select(
            "source_file",
            "source_row",
            pl.lit(table).alias("table"),
            pl.col(key).cast(pl.String).alias("key"),
            pl.lit(what).alias("what"),
        )
        for (what, _), mask in zip(checks, masks, strict=True)
        if mask.any()
    ]


def _one_crn(kept: Frames) -> pl.DataFrame:
    if "offender" not in kept:
        return no_findings()
    live = kept["offender"].filter(~pl.col("is_deleted").fill_null(False))
    return findings_of(
        live.filter(pl.col("crn").is_not_null() & pl.col("crn").is_duplicated()), "M06", "offender", "crn"
    )


def _references(table: str, rows: pl.DataFrame) -> list[tuple[str, str]]:
    """Table referred to, and the word that holds its key."""
    return [
        (fill.list_name, fill.source)
        for fill in record(table)
        if fill.fill in ("ref", "named")
        and fill.source in rows.columns
        and rows[fill.source].dtype.is_integer()
    ]


def _words(table: str, rows: pl.DataFrame, fills: tuple[str, ...], list_name: str) -> list[str]:
    found = [fill.source for fill in record(table) if fill.fill in fills and fill.list_name == list_name]
    return sorted({word for word in found if word in rows.columns})


def key_word(table: str) -> str:
    """The word of the table's key; of STAFF_TEAM, whose key is two columns, the first."""
    fills = [fill for fill in record(table) if fill.fill == "key"]
    return fills[0].source if fills else record(table)[0].source


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema=REFUSED_SCHEMA)
