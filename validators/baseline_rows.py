"""Rows of the baseline that nDelius itself could not hold: each is named by file, row and key.

A row that names a team, officer or login which nobody has is held with all below it, and the rest goes on.
A baseline that breaks a constraint of the database is refused. Two persons of one CRN are only told of: they
are held where the CRN decides (matching.cascade).

The country has tens of millions of contacts, so no table is held. First it is asked which values are wrong
(a key that is there twice, a number that nobody has, a team that is not there): in nearly every table none
is, and only where one is the rows are looked for that have it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from target.assignment import UNALLOCATED_OFFICER, UNALLOCATED_TEAM, complete_assignments
from target.schema.record import Fill, record
from target.schema.shape import columns, constraints, load_order
from validators.repeated import missing_values, repeated_keys, repeated_values
from vocabulary.findings import PROVENANCE, collect, findings_of, no_findings
from vocabulary.source import ndelius_tables

ROW = ["source_file", "source_row"]
CODES = {"TEAM": ("team", "code"), "OFFICER": ("staff", "officer"), "USER": ("user", "user")}
"""List of a record to the entity of the baseline that holds its codes, and the word."""

REFUSED_SCHEMA = dict.fromkeys(("source_file", "source_row", "table", "what"), pl.String)


@dataclass(frozen=True)
class Kept:
    """`held`: by entity, source_file and source_row of the rows that are held, where any is.

    `findings` name those (X02, X01) and persons of one CRN (M06); `refused`: REFUSED_SCHEMA, rows that break
    a constraint.
    """

    held: dict[str, pl.DataFrame]
    findings: pl.DataFrame
    refused: pl.DataFrame


@dataclass
class _Baseline:
    """The tables of the baseline, none of them read yet, and what of them is held so far."""

    tables: dict[str, pl.LazyFrame]
    held: dict[str, pl.DataFrame] = field(default_factory=dict)
    held_keys: dict[str, pl.Series] = field(default_factory=dict)

    def kept(self, table: str) -> pl.LazyFrame:
        """The rows of `table` that are not held."""
        rows = self.tables[table]
        return rows.join(self.held[table].lazy(), on=ROW, how="anti") if table in self.held else rows

    def codes(self, list_name: str) -> pl.Series:
        """The codes of a list that somebody has."""
        entity, word = CODES[list_name]
        table = next((name for name, one in ndelius_tables().items() if one == entity), "")
        if table not in self.tables:
            return pl.Series(word, [], pl.String)
        return self.kept(table).select(word).unique().collect().to_series()


def judge_baseline(frames: Mapping[str, pl.DataFrame | pl.LazyFrame]) -> Kept:
    """What of the baseline's typed frames (delius entity to frame) a database can hold."""
    entities = {table: entity for table, entity in ndelius_tables().items() if entity in frames}
    baseline = _Baseline({table: frames[entity].lazy() for table, entity in entities.items()})
    found, refused = [no_findings()], [pl.DataFrame(schema=REFUSED_SCHEMA)]
    for table in (table for table in load_order() if table in entities):
        entity, words = entities[table], baseline.tables[table].collect_schema()
        refused += _broken(table, words, baseline)
        own = collect([*_dangling(table, entity, words, baseline), *_below(table, entity, words, baseline)])
        if own.height:
            found.append(own)
            aside = own.select(ROW).unique()
            rows = baseline.tables[table].join(aside.lazy(), on=ROW, how="semi")
            baseline.held_keys[table] = rows.select(key_word(table)).collect().to_series()
            baseline.held[table] = aside
    held = {entities[table]: aside for table, aside in baseline.held.items()}
    return Kept(held, collect([*found, _one_crn(baseline)]), pl.concat(refused))


def _dangling(table: str, entity: str, words: pl.Schema, baseline: _Baseline) -> list[pl.DataFrame]:
    """X02 of rows whose team, officer or login nobody has."""
    coded = [
        (name, word)
        for name in CODES
        for word in _words(table, words, ("code", "either", "named"), name)
        if words[word] == pl.String
    ]
    if not coded:
        return []
    assigned = (word for word in words if word.endswith(("team", "officer", "area")))
    names = sorted({*(word for _, word in coded), *assigned})
    given = baseline.tables[table].select(names).unique().collect(engine="streaming").with_row_index("_at")
    found = []
    for name, word in coded:
        codes = baseline.codes(name)
        wrong = _nobodys(table, given, name, word, codes)
        if wrong.height:
            having = given.join(wrong, on="_at", how="semi").select(names).lazy()
            rows = baseline.tables[table].select(*PROVENANCE, *names)
            some = rows.join(having, on=names, how="semi", nulls_equal=True, maintain_order="left").collect()
            found.append(findings_of(_nobodys(table, some, name, word, codes), "X02", entity, word))
    return found


def _nobodys(table: str, rows: pl.DataFrame, name: str, word: str, codes: pl.Series) -> pl.DataFrame:
    """The `rows` whose `word` is no code of list `name` that somebody has, `codes`, and has no stand-in."""
    plain = rows.lazy().with_columns(pl.col(pl.String).replace("", None))
    full = plain.with_columns(**complete_assignments(table, rows.columns))
    is_known = pl.col(word).is_in(codes.implode())
    if name == "TEAM":
        is_known = is_known | pl.col(word).str.ends_with(UNALLOCATED_TEAM)
    if name == "OFFICER":
        team = pl.col("team") if "team" in rows.columns else pl.lit(None, pl.String)
        is_known = is_known | (pl.col(word) == team + UNALLOCATED_OFFICER)
    return full.filter(~is_known).collect()


def _below(table: str, entity: str, words: pl.Schema, baseline: _Baseline) -> list[pl.DataFrame]:
    """X01 of rows that name a row which is held."""
    rows = baseline.tables[table].select(*PROVENANCE, pl.col(pl.Int64))
    return [
        findings_of(
            rows.filter(pl.col(word).is_in(baseline.held_keys[parent].implode())).collect(),
            "X01",
            entity,
            word,
        )
        for parent, word in _references(table, words)
        if parent in baseline.held_keys
    ]


def _broken(table: str, words: pl.Schema, baseline: _Baseline) -> list[pl.DataFrame]:
    """REFUSED_SCHEMA of the rows that break a key, a reference, a mandatory column or a unique value."""
    rows = baseline.tables[table]
    checks = [
        *_key_checks(table, rows),
        *_blank_checks(table, words, rows),
        *_reference_checks(table, words, baseline),
        *_unique_checks(table, words, rows),
    ]
    if not checks:
        return []
    names = {name for _, where in checks for name in where.meta.root_names()}
    narrow = rows.select(*ROW, *sorted(names))
    wrong = narrow.filter(pl.any_horizontal(where.fill_null(False) for _, where in checks)).collect()
    return [
        wrong.filter(where).select(
            *ROW,
            pl.lit(table).alias("table"),
            pl.lit(what).alias("what"),
        )
        for what, where in checks
    ]


Checks = list[tuple[str, pl.Expr]]
"""What is wrong, and in which rows; only what is wrong in some row."""


def _key_checks(table: str, rows: pl.LazyFrame) -> Checks:
    key = key_word(table)
    if len([fill for fill in record(table) if fill.fill == "key"]) != 1:
        return []
    is_number = rows.collect_schema()[key].is_integer()
    twice = repeated_keys(rows, key) if is_number else repeated_values(rows, [key]).to_series()
    are_blank = rows.select(pl.col(key).null_count()).collect().item() > 1
    where = pl.col(key).is_in(twice.implode()) | (pl.col(key).is_null() & are_blank)
    return [(f"its key {key} is there twice", where)] if twice.len() or are_blank else []


def _blank_checks(table: str, words: pl.Schema, rows: pl.LazyFrame) -> Checks:
    demanded = [fill for fill in _fills(table, words) if _is_demanded(table, fill)]
    blanks = rows.select(pl.col(fill.source).is_null().any().alias(fill.column) for fill in demanded).collect(
        engine="streaming"
    )
    return [
        (f"{fill.column} is blank", pl.col(fill.source).is_null())
        for fill in demanded
        if blanks[fill.column].any()
    ]


def _is_demanded(table: str, fill: Fill) -> bool:
    is_filled = fill.fill in ("key", "value", "ref", "code")
    is_needed = not columns(table)[fill.column].is_nullable and fill.default is None
    return is_filled and is_needed and fill.list_name not in CODES


def _reference_checks(table: str, words: pl.Schema, baseline: _Baseline) -> Checks:
    found: Checks = []
    for parent, word in _references(table, words):
        if parent in baseline.tables:
            others = baseline.tables[parent]
            missing = missing_values(baseline.tables[table], word, others, key_word(parent))
            if missing.len():
                found.append((f"{word} names no row of {parent}", pl.col(word).is_in(missing.implode())))
    return found


def _unique_checks(table: str, words: pl.Schema, rows: pl.LazyFrame) -> Checks:
    by_column = {
        fill.column: fill.source for fill in _fills(table, words) if fill.fill in ("value", "ref", "key")
    }
    found: Checks = []
    for rule in constraints(table):
        own = [by_column[name] for name in rule.columns if name in by_column]
        if rule.kind == "unique" and len(own) == len(rule.columns) and key_word(table) not in own:
            twice = repeated_values(rows, own)
            if twice.height:
                is_twice = pl.struct(own).is_in(twice.to_struct().implode())
                found.append((f"{' and '.join(rule.columns)} is another row's too", is_twice))
    return found


def _fills(table: str, words: pl.Schema) -> list[Fill]:
    return [fill for fill in record(table) if fill.word in words and fill.when is None]


def _one_crn(baseline: _Baseline) -> pl.DataFrame:
    if "OFFENDER" not in baseline.tables:
        return no_findings()
    persons = baseline.kept("OFFENDER").filter(~pl.col("is_deleted").fill_null(False))
    twice = repeated_values(persons, ["crn"])
    return findings_of(
        persons.filter(pl.col("crn").is_in(twice["crn"].implode())).collect(), "M06", "offender", "crn"
    )


def _references(table: str, words: pl.Schema) -> list[tuple[str, str]]:
    """Table referred to, and the word that holds its key."""
    return [
        (fill.list_name, fill.source)
        for fill in record(table)
        if fill.fill in ("ref", "named") and fill.source in words and words[fill.source].is_integer()
    ]


def _words(table: str, words: pl.Schema, fills: tuple[str, ...], list_name: str) -> list[str]:
    found = [fill.source for fill in record(table) if fill.fill in fills and fill.list_name == list_name]
    return sorted({word for word in found if word in words})


def key_word(table: str) -> str:
    """The word of the table's key; of STAFF_TEAM, whose key is two columns, the first."""
    fills = [fill for fill in record(table) if fill.fill == "key"]
    return fills[0].source if fills else record(table)[0].source
