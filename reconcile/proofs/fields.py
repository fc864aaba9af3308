"""Proof 2: every column of every row that Day 1 wrote, against the source text it came from (fields.csv).

A column that fields.csv does not name must hold the dictionary's default, or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl

from reconcile.differences import DESTINATION, FIELD, differences_of, no_differences
from reconcile.proofs.destinations import demanded_tables
from reconcile.sources.code_lists import read_code
from reconcile.sources.delivery import PLACE, ROW
from reconcile.sources.reading import read_word
from reconcile.target.code_names import Lists
from target.schema.shape import columns, primary_key
from vocabulary.errors import ConfigError
from vocabulary.resources import text_table
from vocabulary.source import source_words

EVERY = "*"
SAME, FORM, ANY = "same", "form", "any"
"""Readings of fields.csv. value: the word, read as its type. code: the word's target code. open: 1 while
the word is blank, else 0. id: the number in the word, none for 0. same: the text itself. list: the code
itself, of `list`. from: a value that the proofs derive (reconcile.sources.origins and others). form: any
text of that form. any: not judged here."""

LEFT_OUT = ("T06", "P03", "P05", "P06", "P07", "P08", "Q02")
"""Rules that carry a row without one of its values: the finding names row and column."""


@dataclass(frozen=True)
class Field:
    """One line of fields.csv, or a column that no line names."""

    column: str
    reading: str
    source: str
    list_name: str
    has_line: bool = True

    @property
    def difference(self) -> str:
        """What is said of a row that holds something else."""
        if self.has_line:
            return "The target holds another value than the source gives."
        return "The target holds a value in a column that no line of reconcile/fields.csv names."


@dataclass(frozen=True)
class Expected:
    """Rows that `writer` must have made in `table`.

    `rows`: PLACE, `key` (of the target row), and what the readings of fields.csv ask for: words of the source
    and derived columns. `export`, `entity`: whose words they are, blank where nothing is read from a word.
    """

    table: str
    writer: str
    rows: pl.DataFrame
    export: str = ""
    entity: str = ""


@dataclass(frozen=True)
class Judged:
    """What the comparison of one Expected came to. `keys` of the rows it accounts for."""

    table: str
    keys: pl.Series
    expected: int
    different: int
    differences: pl.DataFrame


@cache
def fields_of(table: str, writer: str) -> tuple[Field, ...]:
    """Every column of `table` for `writer`: its own lines before those for all writers, and for all
    tables."""
    lines = text_table("reconcile", "fields.csv")
    found: dict[str, Field] = {}
    for wanted in ((EVERY, EVERY), (table, EVERY), (table, writer)):
        for row in lines.filter(table=wanted[0], writer=wanted[1]).iter_rows(named=True):
            found[row["column"]] = Field(
                row["column"], row["reading"], row["source"] or "", row["list"] or ""
            )
    # The key finds the row; of a key of several columns each is a statement of its own.
    own = primary_key(table)[0] if len(primary_key(table)) == 1 else None
    return tuple(
        found.get(name, Field(name, SAME, column.default or "", "", has_line=False))
        for name, column in columns(table).items()
        if name != own
    )


def require_fields(table: str, writer: str) -> None:
    """fields.csv says what the rows of `writer` hold in `table`.

    Raises:
        ConfigError: it has no line of theirs: nothing of them could be judged.
    """
    if text_table("reconcile", "fields.csv").filter(table=table, writer=writer).is_empty():
        raise ConfigError(
            f"reconcile/fields.csv has no line for {table} written by {writer}. "
            f"Say what each of its columns must hold."
        )


def select_left_out(findings: pl.DataFrame) -> pl.DataFrame:
    """Those of a company's `findings` that say that a value of a carried row was left out."""
    return findings.filter(pl.col("rule").is_in(LEFT_OUT))


def judge_fields(
    expected: Expected,
    inserted: pl.DataFrame,
    lists: Lists,
    company: str,
    decided: Mapping[str, pl.DataFrame],
    findings: pl.DataFrame,
) -> Judged:
    """Lay the expected rows beside those of the target, found by `key`; `findings`: select_left_out."""
    fields = [field for field in fields_of(expected.table, expected.writer) if field.reading != ANY]
    rows = _without_left_out(expected, findings)
    wanted = rows.select(
        *PLACE,
        "key",
        *(_expectation(field, expected, company, decided).alias(field.column) for field in fields),
    )
    there = inserted.lazy().filter(pl.col("key").is_in(wanted["key"].drop_nulls().implode()))
    stored = there.select("key", *(_shown(field, expected.table) for field in fields)).collect()
    coded = {field.column: field.list_name for field in fields if field.list_name}
    shown = lists.decode_columns(stored, coded)
    pairs = wanted.join(shown, on="key", how="inner", suffix=".found", maintain_order="left")
    differences = pl.concat([_differing(pairs, fields, expected.table), _missing(expected, wanted, shown)])
    different = differences.filter(pl.col("proof") == FIELD)["key"].n_unique()
    return Judged(expected.table, shown["key"], wanted.height, different, differences)


def no_rows(table: str) -> Judged:
    """What nothing expected in `table` comes to."""
    return Judged(table, pl.Series("key", [], pl.String), 0, 0, no_differences())


def _missing(expected: Expected, wanted: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """Expected rows that the target does not hold; what destinations.csv demands is named by proof 1."""
    if expected.entity and expected.table in demanded_tables(expected.export, expected.entity):
        return no_differences()
    if shown["key"].n_unique() == wanted["key"].n_unique():  # a row without a key counts as one more
        return no_differences()
    is_there = pl.col("key").is_in(shown["key"].implode()).fill_null(False)
    lost = wanted.filter(~is_there).select(*PLACE, "key", pl.lit(expected.table).alias("table"))
    return differences_of(lost, DESTINATION, "A row that the sources ask for is not in the target.")


def _without_left_out(expected: Expected, findings: pl.DataFrame) -> pl.DataFrame:
    """The rows without the values that a finding says were left out."""
    if not expected.entity or findings.is_empty():
        return expected.rows
    own = findings.filter((pl.col("export") == expected.export) & (pl.col("entity") == expected.entity))
    named = own.select(*ROW, pl.col("column").str.split(";").alias("word")).explode("word").unique()
    rows = expected.rows
    for (word,), lines in named.group_by("word", maintain_order=True):
        if word in rows.columns:
            marked = rows.join(
                lines.select(*ROW, pl.lit(True).alias("_out")).unique(),
                on=ROW,
                how="left",
                maintain_order="left",
            )
            rows = marked.with_columns(
                pl.when(pl.col("_out").is_null()).then(pl.col(str(word))).alias(str(word))
            ).drop("_out")
    return rows


def _expectation(
    field: Field, expected: Expected, company: str, decided: Mapping[str, pl.DataFrame]
) -> pl.Expr:
    match field.reading:
        case "value":
            return _in_target_form(
                read_word(expected.export, expected.entity, field.source, company), field, expected
            )
        case "code":
            name = _code_list(expected, field.source)
            return read_code(field.source, name, expected.export, company, decided)
        case "open":
            return pl.when(pl.col(field.source).is_null()).then(pl.lit("1")).otherwise(pl.lit("0"))
        case "id":
            number = pl.col(field.source).str.strip_chars_start("0")
            return pl.when(number != "").then(number)
        case "same":
            return pl.lit(field.source or None, pl.String)
        case "list" | "form":
            return pl.lit(field.source)
        case "from":
            _demand(expected, field.source)
            return pl.col(field.source).cast(pl.String)
    raise ConfigError(f"reconcile/fields.csv: reading {field.reading!r} of {expected.table} is not known.")


def _demand(expected: Expected, name: str) -> None:
    if name not in expected.rows.columns:
        raise ConfigError(
            f"reconcile/fields.csv: {expected.table} of {expected.writer} reads {name!r} in a line of "
            "its own or of every writer, and nothing derives it. Mend the line, or derive it in a function "
            "under @expects (reconcile/expected/)."
        )


def _code_list(expected: Expected, word: str) -> str:
    found = next(one for one in source_words(expected.export)[expected.entity] if one.name == word)
    if found.code_list is None:
        raise ConfigError(f"reconcile/fields.csv: {expected.writer}.{word} is no coded word.")
    return found.code_list


def _in_target_form(value: pl.Expr, field: Field, expected: Expected) -> pl.Expr:
    """A flag is 1 or 0 in a number column, Y or N in a text one."""
    kind = next(
        one.type for one in source_words(expected.export)[expected.entity] if one.name == field.source
    )
    is_flag = kind in ("flag01", "flagYN", "bool")
    if is_flag and columns(expected.table)[field.column].is_text:
        return value.replace_strict({"1": "Y", "0": "N"}, default=None, return_dtype=pl.String)
    return value


def _shown(field: Field, table: str) -> pl.Expr:
    """The stored value as the expectation says it: a decimal without needless zeros."""
    stored = pl.col(field.column)
    if columns(table)[field.column].scale and not field.list_name:
        return stored.str.replace(r"(\.\d*?)0+$", "$1").str.strip_suffix(".")
    return stored


def _differs(field: Field) -> pl.Expr:
    wanted, found = pl.col(field.column), pl.col(f"{field.column}.found")
    if field.reading == FORM:
        return ~found.str.contains(field.source).fill_null(False)
    return wanted.ne_missing(found)


def _differing(pairs: pl.DataFrame, fields: list[Field], table: str) -> pl.DataFrame:
    """One difference per field; columns are looked through one by one only of rows in which one differs."""
    if pairs.is_empty() or not fields:
        return no_differences()
    wrong = pairs.filter(pl.any_horizontal(_differs(field) for field in fields))
    found = [no_differences()]
    for field in fields if wrong.height else ():
        rows = wrong.filter(_differs(field)).select(
            *PLACE,
            "key",
            pl.lit(table).alias("table"),
            pl.lit(field.column).alias("column"),
            pl.col(field.column).alias("expected"),
            pl.col(f"{field.column}.found").alias("found"),
        )
        found.append(differences_of(rows, FIELD, field.difference))
    return pl.concat(found)
