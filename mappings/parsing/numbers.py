"""Whole and decimal numbers. Thousands separators, exponents and plus signs are refused, not guessed."""

import polars as pl

ID_DIGITS = 18
"""An nDelius key has up to 18 digits (exports/README, Types)."""
BEYOND_SHARES = 1000
"""No slip of the pen makes a share of this; it is not read as one (T05)."""


def key(text: pl.Expr) -> pl.Expr:
    """A surrogate key: up to 18 digits, never negative."""
    return _integer(text, ~text.str.starts_with("-") & (text.str.len_bytes() <= ID_DIGITS))


def whole(text: pl.Expr) -> pl.Expr:
    """A whole number. A negative one can be read; whether it makes sense is a rule's question (U15)."""
    digits = text.str.len_bytes() - text.str.starts_with("-").cast(pl.UInt32)
    return _integer(text, digits <= ID_DIGITS)


def _integer(text: pl.Expr, is_right: pl.Expr) -> pl.Expr:
    """Digits as a number: what is cast is nothing but digits and a sign. A form by pattern costs twice."""
    return pl.when(is_right & ~text.str.starts_with("+")).then(text.cast(pl.Int64, strict=False))


def decimal(text: pl.Expr, mark: str, precision: int, scale: int) -> pl.Expr:
    """A number of `precision` digits, `scale` of them after `mark`; further zeros at its end do no harm."""
    whole_digits = precision - scale
    form = rf"^-?[0-9]{{1,{whole_digits}}}([{mark}][0-9]{{1,{scale}}}0*)?$"
    return _with_point(_if_matches(text, form), mark).cast(pl.Decimal(precision, scale))


def percent(text: pl.Expr, mark: str) -> pl.Expr:
    """A share, decimals allowed. One above 100 can be read: that the sum is wrong is S03's to say (D54)."""
    share = exact(text, mark)
    return pl.when((share >= 0) & (share < BEYOND_SHARES)).then(share)


def exact(text: pl.Expr, mark: str) -> pl.Expr:
    """A number with 12 decimals kept: exact, so that rounding half up is never off by a float."""
    form = rf"^-?[0-9]{{1,12}}([{mark}][0-9]+)?$"
    return _with_point(_if_matches(text, form), mark).cast(pl.Decimal(38, 12), strict=False)


def _if_matches(text: pl.Expr, form: str) -> pl.Expr:
    return pl.when(text.str.contains(form)).then(text)


def _with_point(text: pl.Expr, mark: str) -> pl.Expr:
    return text if mark == "." else text.str.replace(mark, ".", literal=True)
