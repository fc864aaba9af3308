"""What no weight may overrule: evidence that must be there beside it, and who is never joined by it."""

from functools import reduce

import polars as pl

from matching.linkage.settings import settings

TWINS, FAMILY, AGAINST, LITTLE = (
    "possible twins",
    "perhaps father and son",
    "something contradicts",
    "little beside",
)
"""Why a pair is not linked, whatever it weighs."""

SAME_NAMES = ("same", "form")
NEAR_NAMES = ("first_alike", "surname_alike")
SAME_BIRTH = ("same",)
NEAR_BIRTH = ("changed_over", "slip")
ONE_SURNAME = ("first_alike", "surname")
"""Levels of names with one surname and another first name, in any form of it."""

AT_ONE_PLACE = ("rare", "shared")


def with_guards(pairs: pl.DataFrame) -> pl.DataFrame:
    """`pairs` (matching.linkage.scoring.weigh) with `against`: why one may not be linked; null where it may.

    Twins: one surname and birth date, another first name in every form, and neither second name nor number
    in common. Father and son: one name at one address, and birth dates more than a slip apart.
    """
    further = pl.sum_horizontal(one.cast(pl.Int32) for one in further_evidence())
    is_another_first = _at("names", *ONE_SURNAME)
    apart = _at("names", *SAME_NAMES, *ONE_SURNAME) & _at("birth", "other", "placeholder", "january")
    contradicts = _at("numbers", "apart") | _at("second", "other")
    is_near = _at("names", *NEAR_NAMES).cast(pl.Int32) + _at("birth", *NEAR_BIRTH).cast(pl.Int32)
    is_whole = _at("names", *SAME_NAMES, *NEAR_NAMES) & _at("birth", *SAME_BIRTH, *NEAR_BIRTH)
    return pairs.with_columns(
        pl.when(is_another_first & _at("birth", *SAME_BIRTH) & ~_is_bound())
        .then(pl.lit(TWINS))
        .when(apart & _at("postcode", *AT_ONE_PLACE))
        .then(pl.lit(FAMILY))
        .when(contradicts)
        .then(pl.lit(AGAINST))
        .when(~is_whole | (is_near > 1) | (further < settings().thresholds["further"]))
        .then(pl.lit(LITTLE))
        .alias("against")
    )


def is_the_same_throughout() -> pl.Expr:
    """Both names and the date of birth are the same: what M05 holds is linked only so."""
    return _at("names", "same") & _at("birth", "same")


def agree_in_names_and_birth() -> pl.Expr:
    """Names and date of birth agree, at most nearly: twins have another first name, kin another birth."""
    names = _at("names", *SAME_NAMES, *NEAR_NAMES, "changed_over", "alike")
    return names & _at("birth", *SAME_BIRTH, *NEAR_BIRTH, "january")


def further_evidence() -> list[pl.Expr]:
    """What may speak beside names and date of birth."""
    return [
        _at("postcode", *AT_ONE_PLACE), _at("sentence", "shared"), _at("second", "same"),
        _at("numbers", "same", "part"),
    ]  # fmt: skip


def _is_bound() -> pl.Expr:
    """What twins do not share: a second name, or a number in part. A day in court they may; and where the
    first names are not even alike nothing binds."""
    return (_at("second", "same") | _at("numbers", "same", "part")) & ~_at("names", "surname")


def _at(comparison: str, *levels: str) -> pl.Expr:
    """The pair agrees in `comparison` at one of `levels`."""
    (own,) = (each for each in settings().comparisons if each.name == comparison)
    names = [level.name for level in reversed(own.levels)]
    numbers = [names.index(level) for level in levels]
    is_at = [pl.col(f"level_{comparison}") == number for number in numbers]
    return reduce(lambda one, other: one | other, is_at).fill_null(False)
