"""Typed frames from drawn tables: what the rules judge, without a file.

A cell stands for the word of its column. Words that a table leaves out are valid; optional ones are blank,
keys are counted from 1. Dates and flags are written 2021-06-25, Y and N, whatever the company writes.
"""

import datetime as dt
import re
from functools import cache

import polars as pl

from mappings.parsing.convert import convert
from tests.spec.valid_rows import text_rows, valid_text
from vocabulary.batch import CARRIED, NOT_IN_SCOPE, Batch
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.dialects import Dialect, dialect
from vocabulary.findings import collect
from vocabulary.keys import key, key_words
from vocabulary.source import Word, source_words

EXTRACT_DATE = dt.date(2021, 6, 25)
QUIET = {
    "is_deleted": "0",
    "has_pending_transfer": "0",
    "is_in_breach": "0",
    "is_excluded": "0",
    "is_restricted": "0",
}
"""Flags that are off unless a table says otherwise."""

BESIDE = {
    "rules",
    "case",
    "goes to",
    "ends as",
    "row_outcome",
    "person_id",
    "is_new_person",
}
"""Columns of a table that are no words of the export."""

Cases = list[dict[str, str]]


def batch_of(company: str, **exports: dict[str, Cases]) -> Batch:
    """A batch of one company; entities that no table draws are empty."""
    batch = Batch(company, "day-1", EXTRACT_DATE)
    for export, tables in exports.items():
        batch.frames[export] = {
            entity: typed(company, export, entity, tables.get(entity, [])) for entity in source_words(export)
        }
    return batch


def ndelius(**tables: Cases) -> Batch:
    """The baseline, with these rows."""
    return batch_of(BASELINE_COMPANY, delius=tables)


def typed(company: str, export: str, entity: str, cases: Cases) -> pl.DataFrame:
    """The typed frame of a table, with `key` and `row_outcome`; spg and placements also with `person_id`."""
    return _typed(company, export, entity, cases) if cases else _without_rows(company, export, entity)


@cache
def _without_rows(company: str, export: str, entity: str) -> pl.DataFrame:
    """Most tables of most cases are empty."""
    return _typed(company, export, entity, [])


def _typed(company: str, export: str, entity: str, cases: Cases) -> pl.DataFrame:
    words = {word.name: word for word in source_words(export)[entity]}
    changes = [_filled(company, words, case, number) for number, case in enumerate(cases, start=1)]
    text = text_rows(export, entity, company, *changes).with_columns(pl.col("source_row").cast(pl.String))
    frame = convert(text, export, entity, company).frame.with_columns(key(export, entity).alias("key"))
    is_deleted = pl.col("is_deleted") if "is_deleted" in frame.columns else pl.lit(False)
    return frame.with_columns(
        *(_beside(cases, name) for name in ("person_id", "is_new_person")),
        pl.coalesce(
            _beside(cases, "row_outcome"),
            pl.when(is_deleted).then(pl.lit(NOT_IN_SCOPE)).otherwise(pl.lit(CARRIED)),
        ).alias("row_outcome"),
    ).with_columns(pl.col("is_new_person") == "Y")


def rules_of(findings: list[pl.DataFrame], entity: str, cases: Cases) -> list[str]:
    """The rules found per row of a table, in its order: to compare with its column `rules`."""
    found = collect(findings).filter(pl.col("entity") == entity)
    rows = [str(number) for number in range(2, len(cases) + 2)]
    return [" ".join(sorted(found.filter(pl.col("source_row") == row)["rule"])) for row in rows]


def drawn_rules(cases: Cases) -> list[str]:
    """The column `rules` of a table."""
    return [case["rules"] for case in cases]


def _filled(company: str, words: dict[str, Word], case: dict[str, str], number: int) -> dict[str, str | None]:
    first = next(iter(words.values()))
    style = dialect(first.export, company)
    keys = key_words(first.export, first.entity)
    unknown = set(case) - set(words) - BESIDE
    assert not unknown, f"{first.entity} has no word {unknown}"
    return {
        name: _text(word, case[name], style)
        if name in case
        else str(number)
        if name in keys
        else QUIET.get(name, valid_text(word, style, company) if word.is_required else "")
        for name, word in words.items()
    }


def _text(word: Word, cell: str, style: Dialect) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell) and word.type == "date":
        return dt.date.fromisoformat(cell).strftime(style.date_format)
    if word.type == "flag01" and cell in ("Y", "N"):
        return "1" if cell == "Y" else "0"
    if word.type == "flagYN" and cell in ("Y", "N"):
        return style.flags.split("/")["YN".index(cell)]
    if word.type == "unit" and cell.isdigit() and style.unit == "HH:MM":
        return f"{int(cell) // 60}:{int(cell) % 60:02}"
    return cell


def _beside(cases: Cases, name: str) -> pl.Series:
    return pl.Series(name, [case.get(name) or None for case in cases], pl.String)
