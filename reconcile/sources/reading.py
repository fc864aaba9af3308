"""The second reader of delivered text: each word as the target must show it. Shares nothing with mappings/.

It works on text throughout: a date is rearranged and then asked whether it exists, a time of day is put
behind 1 January 1970, minutes are counted from the owner's unit. What cannot be read is null, as T06 says;
that it is null because nothing was there, or because nobody can read it, is for the findings to tell.
"""

import re
from functools import cache

import polars as pl

from vocabulary.dialects import dialect
from vocabulary.resources import text_table
from vocabulary.source import Word, error_values, source_words

MIDNIGHT = " 00:00:00"
DAY_OF_TIMES = "1970-01-01 "
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_TEXT = 1000
"""Columns of notes: a note may well say NONE."""

FLAG_WORDS = {"flag01": ("1", "0"), "bool": ("true", "false")}
WHOLE_NUMBERS = ("id", "int", "minutes")

TRUTHS = {"TRUE": "1", "FALSE": "0"}
"""What a spreadsheet makes of yes and no."""

NO_DATE = "1900-01-01"
"""The latest day that stands for no date at all; of births it is a day like any other."""

DAYS_NOT_COUNTED = "1909-12-31"
"""The latest day that no day number of a workbook stands for; births apart."""

FIRST_DAY_OF_1900, FIRST_DAY_OF_1904 = "1899-12-30", "1904-01-01"


def blank_as_null(text: pl.DataFrame, export: str, entity: str) -> pl.DataFrame:
    """`text` with every word stripped; blanks, placeholders (codes/placeholder.csv), error values as null.

    2500000420.0 is how a spreadsheet saves a whole number: it becomes one, because keys are compared as text.
    """
    return text.with_columns(_read_blanks(text.columns, export, entity))


def scan_blank_as_null(text: pl.LazyFrame, export: str, entity: str) -> pl.LazyFrame:
    """The same of text that is not read yet: of words that nobody asks for nothing is done."""
    return text.with_columns(_read_blanks(text.collect_schema().names(), export, entity))


def _read_blanks(names: list[str], export: str, entity: str) -> list[pl.Expr]:
    words = _stripped_words(export, entity)
    system = [] if "date_system" in names else [pl.lit("1900").alias("date_system")]
    return [*(words[name] for name in names if name in words), *system]


@cache
def _stripped_words(export: str, entity: str) -> dict[str, pl.Expr]:
    """Word to its value, blank as null; members of a list are read one by one."""
    found = {}
    for word in source_words(export)[entity]:
        if "." in word.name:
            continue
        value = pl.col(word.name).cast(pl.String).str.strip_chars()
        is_there = ~value.str.contains(_nothing(is_placeholder=_may_be_placeholder(word)))
        if word.type in WHOLE_NUMBERS:
            value = value.str.replace(r"^(-?\d+)\.0$", "${1}")
        found[word.name] = pl.when(is_there).then(value).alias(word.name)
    return found


@cache
def _nothing(*, is_placeholder: bool) -> str:
    """The form of a stripped value that says nothing: blank, an error of a workbook, or a placeholder, that
    one between quotes too. One form, in any letters: cells are gone through once, not six times."""
    forms = [f"(?:{'|'.join(map(re.escape, sorted(error_values())))})?"]
    if is_placeholder:
        junk = text_table("mappings", "codes", "placeholder.csv")["source_code"]
        forms.append(f'"*(?:{"|".join(map(re.escape, junk))})"*')
    return f"^(?i:{'|'.join(forms)})$"


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
            return _day(text, pattern, style.container, is_birth=word.is_birth_date) + MIDNIGHT
        case "datetime":
            day = _later(_date(text.str.head(-9), style.date_format), NO_DATE)
            return day + " " + _time(text.str.tail(8))
        case "isodatetime":
            return _later(_date(text.str.head(10), "%Y-%m-%d"), NO_DATE) + " " + _time(text.str.tail(8))
        case "time":
            return DAY_OF_TIMES + _time(text.str.tail(8))
        case "isotime" | "hh:mm":
            return DAY_OF_TIMES + _time(text)
        case "id" | "int" | "minutes":
            return text.str.extract(r"^(-?\d{1,18})$").cast(pl.Int64).cast(pl.String)
        case "unit":
            return _minutes(text, style.unit, style.decimal)
        case "flag01" | "bool":
            return text.replace_strict(dict(zip(FLAG_WORDS[kind], ("1", "0"), strict=True)), default=None)
        case "flagYN":
            words = dict(zip(style.flags.split("/"), ("1", "0"), strict=True))
            return pl.coalesce(text.replace_strict(words, default=None), _truth(text))
        case "flagYNU":
            return pl.coalesce(_truth(text).replace({"1": "Y", "0": "N"}), text)
        case _:
            return text


def read_day(export: str, entity: str, name: str, company: str) -> pl.Expr:
    """A date word as a date, for comparing with Day 1."""
    return read_word(export, entity, name, company).str.head(10).str.to_date("%Y-%m-%d", strict=False)


def says_yes(name: str) -> pl.Expr:
    """True where a word of Y and N says yes."""
    return (pl.col(name) == "Y") | (pl.col(name).str.to_uppercase() == "TRUE")


def _truth(text: pl.Expr) -> pl.Expr:
    return text.str.to_uppercase().replace_strict(TRUTHS, default=None)


def _day(text: pl.Expr, pattern: str, container: str, *, is_birth: bool) -> pl.Expr:
    """A date as agreed; in workbooks and CSV also an Excel day number, in workbooks one typed as text."""
    written, forms = _date(text, pattern), []
    if container == "csv":
        forms = [(written, NO_DATE), (_excel_day(text, "1900"), DAYS_NOT_COUNTED)]
    elif container == "xlsx":  # a date cell is a day number that is shown as a day
        number = _excel_day(text, pl.col("date_system"))
        forms = [(written, DAYS_NOT_COUNTED), (number, DAYS_NOT_COUNTED), (_date(text, "%d/%m/%Y"), NO_DATE)]
    else:
        forms = [(written, NO_DATE)]
    return pl.coalesce(day if is_birth else _later(day, last) for day, last in forms)


def _later(day: pl.Expr, last: str) -> pl.Expr:
    """`day` where it is later than `last`; both are ISO text, which sorts as days do."""
    return pl.when(day > last).then(day)


def _date(text: pl.Expr, pattern: str) -> pl.Expr:
    """`YYYY-MM-DD`, null for no day of the calendar."""
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
    return iso.str.to_date("%Y-%m-%d", strict=False).cast(pl.String)


def _parts(text: pl.Expr, form: str) -> pl.Expr:
    day, month, year = (text.str.extract(form, group) for group in (1, 2, 3))
    return pl.concat_str(year, month, day, separator="-")


def _excel_day(text: pl.Expr, system: pl.Expr | str) -> pl.Expr:
    """Days since the workbook's first day; the 1900 system counts a 29 February 1900 that never was."""
    number = text.str.extract(r"^(\d{1,7})(?:\.\d+)?$").cast(pl.Int64)
    in_range = pl.when((number >= 1) & (number <= 2_958_465)).then(number)
    after_gap = in_range - pl.when(in_range < 60).then(-1).otherwise(0)
    in_1900 = pl.when(in_range != 60).then(after_gap)
    is_1904 = (pl.lit(system) if isinstance(system, str) else system) == "1904"
    days = pl.when(is_1904).then(in_range).otherwise(in_1900)
    first = pl.when(is_1904).then(pl.lit(FIRST_DAY_OF_1904)).otherwise(pl.lit(FIRST_DAY_OF_1900))
    return (first.str.to_date("%Y-%m-%d") + pl.duration(days=days)).cast(pl.String)


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
