"""Rows without any fault, as text, for tests that then spoil one value."""

import json

import polars as pl

from mappings.parsing.code_lists import code_list
from vocabulary.dialects import Dialect, dialect
from vocabulary.source import Word, source_words

UNITS = {"minutes": "450", "decimal hours": "7{mark}5", "HH:MM": "07:30"}
PLAIN = {
    "id": "2500000001",
    "int": "3",
    "minutes": "60",
    "percent": "50",
    "money": "25000.50",
    "isodate": "2021-03-01",
    "datetime": "01/03/2021 09:30:00",
    "isodatetime": "2021-03-01T09:30:00",
    "time": "01/01/1970 09:30:00",
    "isotime": "09:30:00",
    "hh:mm": "09:30",
    "flag01": "1",
    "flagYNU": "U",
    "bool": "true",
    "sha256": "ab" * 32,
}
DATES = {"%d/%m/%Y": "01/03/2021", "%Y-%m-%d": "2021-03-01", "%d-%b-%Y": "01-Mar-2021"}


def text_rows(export: str, entity: str, company: str, *changes: dict[str, str | None]) -> pl.DataFrame:
    """One valid text row per change, with that change; numbered 2, 3 ... as in a file with a header."""
    words = source_words(export)[entity]
    style = dialect(export, company)
    valid = {word.name: valid_text(word, style, company) for word in words}
    rows = [listed({**valid, **change}) for change in changes]
    schema = dict.fromkeys(valid, pl.String)
    return pl.DataFrame(rows, schema=schema).select(
        pl.lit(company).alias("company"),
        pl.lit(export).alias("export"),
        pl.lit(f"{company}_{export}_{entity}").alias("source_file"),
        pl.Series("source_row", [str(number + 2) for number in range(len(rows))]),
        pl.Series("row_number", range(len(rows)), pl.Int64),
        *valid,
    )


def listed(row: dict[str, str | None]) -> dict[str, str | None]:
    """The row as it is extracted: a member of a list (`need.score`) stands in a JSON list, here of one."""
    return {
        name: json.dumps([value]) if "." in name and not str(value).startswith("[") else value
        for name, value in row.items()
    }


def valid_text(word: Word, style: Dialect, company: str) -> str:
    """A value of `word` as the company would write it."""
    if word.code_list:
        codes = code_list(word.code_list, word.export, company)
        return next(code.source_code for code in codes.codes if code.status == "current")
    if word.type == "unit":
        return UNITS[style.unit].format(mark=style.decimal)
    if word.type == "date":
        return DATES[style.date_format]
    if word.type == "flagYN":
        return style.flags.split("/")[0]
    if word.type.startswith("decimal"):
        return f"1{style.decimal}5"
    return PLAIN.get(word.type, "Zz")
