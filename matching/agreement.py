"""How far a delivered person agrees with the one an identifier found, in names and date of birth."""

import polars as pl

IN_PART = "M10"
"""Surname or date of birth agrees, and the rest says that it may be somebody else."""

YEARS_APART = 5
"""Of a row without first name: one surname and birth dates further apart are two people."""

FIRST_OF_TWO = (0, 2, 4, 5, 6)
"""Where two digits of one part of DDMMYYYY stand side by side."""


def confirm(found: pl.DataFrame, agrees: str, differs: str) -> pl.DataFrame:
    """row, answer, offender_id: `agrees`, or `differs` or IN_PART without a person.

    `found`: comparable words of one delivered row and, with the suffix _known, of the person found; and
    alias_names_known. A row that gives neither surname nor date of birth has nothing to disagree with: the
    number alone decides.
    """
    surname, born = _agrees("surname_key"), _agrees("date_of_birth")
    gives_nothing = pl.col("surname_key").is_null() & pl.col("date_of_birth").is_null()
    judged = found.with_columns(
        pl.when(~(surname | born | gives_nothing))
        .then(pl.lit(differs))
        .when(surname & _may_be_another(born))
        .then(pl.lit(IN_PART))
        .otherwise(pl.lit(agrees))
        .alias("answer")
    )
    is_found = pl.col("answer") == agrees
    return judged.select("row", "answer", pl.when(is_found).then("offender_id").alias("offender_id"))


def begins_with_other(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """One of two names is the beginning of the other: a short form, an initial, or the same."""
    return (one.str.starts_with(other) | other.str.starts_with(one)).fill_null(False)


def _may_be_another(is_born_then: pl.Expr) -> pl.Expr:
    """Of one surname: a twin, a father or a son."""
    is_twin = is_born_then & _is_another_first_name()
    is_father_or_son = _is_another_first_name() & ~is_born_then & ~_is_slip()
    has_no_first_name = pl.col("first_name_key").is_null() | pl.col("first_name_key_known").is_null()
    return (is_twin | is_father_or_son | (has_no_first_name & _is_years_apart())).fill_null(False)


def _is_another_first_name() -> pl.Expr:
    """False where one of the two is not known."""
    ours, theirs = pl.col("first_name_key"), pl.col("first_name_key_known")
    is_same = (
        begins_with_other(ours, theirs)
        | (ours == pl.col("second_name_key_known")).fill_null(False)
        | (theirs == pl.col("second_name_key")).fill_null(False)
        | pl.col("alias_names_known").list.contains(ours).fill_null(False)
    )
    return (ours.is_not_null() & theirs.is_not_null() & ~is_same).fill_null(False)


def _is_slip() -> pl.Expr:
    """Day and month changed over, or two digits side by side in day, month or year.

    A date of birth that is missing on one side counts as one: it does not differ.
    """
    ours, theirs = pl.col("date_of_birth"), pl.col("date_of_birth_known")
    texts = [date.dt.strftime("%d%m%Y") for date in (ours, theirs)]
    day, month, year = (0, 2), (2, 2), (4, 4)
    parts = [[text.str.slice(*place) for place in (day, month, year)] for text in texts]
    is_day_for_month = (
        (parts[0][0] == parts[1][1]) & (parts[0][1] == parts[1][0]) & (parts[0][2] == parts[1][2])
    )
    swapped = [_swapped(texts[0], first) == texts[1] for first in FIRST_OF_TWO]
    return pl.any_horizontal(is_day_for_month, *swapped).fill_null(True)


def _swapped(text: pl.Expr, first: int) -> pl.Expr:
    """`text` of eight digits with those at `first` and after it changed over."""
    one, other = text.str.slice(first, 1), text.str.slice(first + 1, 1)
    return pl.concat_str(text.str.slice(0, first), other, one, text.str.slice(first + 2))


def _is_years_apart() -> pl.Expr:
    earlier = pl.min_horizontal("date_of_birth", "date_of_birth_known")
    later = pl.max_horizontal("date_of_birth", "date_of_birth_known")
    return later > earlier.dt.offset_by(f"{YEARS_APART}y")


def _agrees(word: str) -> pl.Expr:
    return (pl.col(word) == pl.col(f"{word}_known")).fill_null(False)
