"""The second reader of delivered text: each word as the target must show it. Shares nothing with mappings/.

It works on text throughout: a date is rearranged and then asked whether it exists, a time of day is put
behind 1 January 1970, minutes are counted from the owner's unit. What cannot be read is null, as T06 says.
"""

import re

import polars as pl

from vocabulary.dialects import dialect
from vocabulary.resources import text_table
from vocabulary.source import Word, source_words

MIDNIGHT = " 00:00:00"
DAY_OF_TIMES = "1970-01-01 "
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_TEXT = 1000
"""Columns of notes: a note may well say NONE."""

FLAG_WORDS = {"flag01": ("1", "0"), "bool": ("true", "false")}
FIRST_DAY_OF_1900, FIRST_DAY_OF_1904 = "1899-12-30", "1904-01-01"


def blank_as_null(text: pl.DataFrame, export: str, entity: str) -> pl.DataFrame:
    """`text` with every word stripped, and blanks and placeholders as null (codes/placeholder.csv)."""
    junk = [word.upper() for word in text_table("mappings", "codes", "placeholder.csv")["source_code"]]
    columns = []
    for word in source_words(export)[entity]:
        if "." in word.name or word.name not in text.columns:
            continue  # members of a list are read one by one
        value = pl.col(word.name).cast(pl.String).str.strip_chars()
        is_blank = value == ""
        if _may_be_placeholder(word):
            is_blank = is_blank | value.str.strip_chars('"').str.to_uppercase().is_in(junk)
        columns.append(pl.when(is_blank).then(None).otherwise(value).alias(word.name))
    system = [] if "date_system" in text.columns else [pl.lit("1900").alias("date_system")]
    return text.with_columns(*columns, *system)


def _may_be_placeholder(word: Word) -> bool:
    size = re.search(r"\((\d+)\)", word.type)
    is_note = word.type.startswith("text") and size is not None and int(size[1]) >= LONG_TEXT
    is_name = word.name in ("name", "surname") or word.name.endswith("_name")
    return not (word.code_list or is_note or is_name)


def read_word(export: str, entity: str, name: str, company: str) -> pl.Expr:
    """The word as the target stores it: text, whole number, 1 or 0, moment; null where it cannot be read."""
    word = next(found for found in source_words(export)[entity] if found.name == name)
    style = dialect(export, company)
    text, kind = pl.col(name), word.type.split("(")[0]
    match kind:
        case "date" | "isodate":
            pattern = style.date_format if kind == "date" else "%Y-%m-%d"
            takes_numbers = style.container in ("csv", "xlsx")
            return _date(text, pattern, takes_numbers=takes_numbers) + MIDNIGHT
        case "datetime":
            return _date(text.str.head(-9), style.date_format) + " " + _time(text.str.tail(8))
        case "isodatetime":
            return _date(text.str.head(10), "%Y-%m-%d") + " " + _time(text.str.tail(8))
        case "time":
            return DAY_OF_TIMES + _time(text.str.tail(8))
        case "isotime" | "hh:mm":
            return DAY_OF_TIMES + _time(text)
        case "id" | "int" | "minutes":
            return text.str.extract(r"^(-?\d{1,18})$").cast(pl.Int64).cast(pl.String)
        case "unit":
            return _minutes(text, style.unit, style.decimal)
        case "flag01" | "flagYN" | "bool":
            yes, no = FLAG_WORDS.get(kind) or tuple(style.flags.split("/"))
            return pl.when(text == yes).then(pl.lit("1")).when(text == no).then(pl.lit("0"))
        case _:
            return text


def read_day(export: str, entity: str, name: str, company: str) -> pl.Expr:
    """A date word as a date, for comparing with Day 1."""
    return read_word(export, entity, name, company).str.head(10).str.to_date("%Y-%m-%d", strict=False)


def _date(text: pl.Expr, pattern: str, *, takes_numbers: bool = False) -> pl.Expr:
    """`YYYY-MM-DD`, null for no day of the calendar; in workbooks and CSV also an Excel day number."""
    match pattern:
        case "%d/%m/%Y":
            iso = _parts(text, r"^(\d{2})/(\d{2})/(\d{4})$")
        case "%d-%b-%Y":
            numbered = text
            for number, month in enumerate(MONTHS, start=1):
                numbered = numbered.str.replace(f"(?i)-{month}-", f"-{number:02}-")
            iso = _parts(numbered, r"^(\d{2})-(\d{2})-(\d{4})$")
        case _:
            iso = text.str.extract(r"^(\d{4}-\d{2}-\d{2})$")
    day = iso.str.to_date("%Y-%m-%d", strict=False)
    return (pl.coalesce(day, _excel_day(text)) if takes_numbers else day).cast(pl.String)


def _parts(text: pl.Expr, form: str) -> pl.Expr:
    day, month, year = (text.str.extract(form, group) for group in (1, 2, 3))
    return pl.concat_str(year, month, day, separator="-")


def _excel_day(text: pl.Expr) -> pl.Expr:
    """Days since the workbook's first day; the 1900 system counts a 29 February 1900 that never was."""
    number = text.str.extract(r"^(\d{1,7})(?:\.\d+)?$").cast(pl.Int64)
    in_range = pl.when((number >= 1) & (number <= 2_958_465)).then(number)
    after_gap = in_range - pl.when(in_range < 60).then(-1).otherwise(0)
    in_1900 = pl.when(in_range != 60).then(after_gap)
    is_1904 = pl.col("date_system") == "1904"
    days = pl.when(is_1904).then(in_range).otherwise(in_1900)
    first = pl.when(is_1904).then(pl.lit(FIRST_DAY_OF_1904)).otherwise(pl.lit(FIRST_DAY_OF_1900))
    return first.str.to_date("%Y-%m-%d") + pl.duration(days=days)


def _time(text: pl.Expr) -> pl.Expr:
    form = r"^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$"
    hours, minutes, seconds = (text.str.extract(form, group) for group in (1, 2, 3))
    return pl.concat_str(hours, minutes, seconds.fill_null("00"), separator=":")


def _minutes(text: pl.Expr, unit: str, mark: str) -> pl.Expr:
    """Whole minutes, half up, in arithmetic of whole numbers: a decimal is its digits and how many they
    are."""
    if unit == "HH:MM":
        form = r"^(-?)(\d{1,9}):([0-5]\d)$"
        sign = pl.when(text.str.extract(form, 1) == "-").then(-1).otherwise(1)
        total = text.str.extract(form, 2).cast(pl.Int64) * 60 + text.str.extract(form, 3).cast(pl.Int64)
        return (sign * total).cast(pl.String)
    plain = text.str.replace(mark, ".", literal=True)
    number = plain.str.extract(r"^(-?\d{1,12}(?:\.\d+)?)$").cast(pl.Decimal(30, 10), strict=False)
    scaled = number * 60 if unit == "decimal hours" else number
    return (scaled + pl.lit("0.5").cast(pl.Decimal(30, 10))).floor().cast(pl.Int64).cast(pl.String)
