"""Forms and check letters of the identifiers that name a person (BR26 to BR30): expressions over text."""

import polars as pl

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
"""A PNC number's letter is the one at (two-digit year and seven digits) modulo 23 (BR27)."""

LAST_YEAR_OF_2000S = 21
"""Two-digit years above it are 19yy (matching.md)."""


def is_crn(text: pl.Expr) -> pl.Expr:
    """One letter and six digits (BR26)."""
    return text.str.contains(r"^[A-Z]\d{6}$")


def is_pnc(text: pl.Expr) -> pl.Expr:
    """yyyy/nnnnnnnX or yy/nnnnnnnX (BR27)."""
    return text.str.contains(r"^(\d{2}|\d{4})/\d{7}[A-Z]$")


def long_pnc(text: pl.Expr) -> pl.Expr:
    """A PNC number in its long form; null when it has no form of a PNC number."""
    is_short = text.str.len_chars() < len("2003/0062845E")
    is_recent = text.str.head(2).cast(pl.Int64, strict=False) <= LAST_YEAR_OF_2000S
    century = pl.when(is_recent).then(pl.lit("20")).otherwise(pl.lit("19"))
    return pl.when(is_pnc(text)).then(pl.when(is_short).then(century + text).otherwise(text))


def has_pnc_letter(text: pl.Expr) -> pl.Expr:
    """True when the check letter of a PNC number of right form is right; null for other text (P04)."""
    number = text.str.replace(r"^(?:\d{2})?(\d{2})/(\d{7})[A-Z]$", "${1}${2}").cast(pl.Int64, strict=False)
    letters = dict(enumerate(CHECK_LETTERS))
    right = (number % len(CHECK_LETTERS)).replace_strict(letters, return_dtype=pl.String)
    return pl.when(is_pnc(text)).then(text.str.tail(1) == right)


def plain_cro(text: pl.Expr) -> pl.Expr:
    """A CRO number in capitals and without blanks; null when it has no form of a CRO number."""
    plain = _capitals(text)
    return pl.when(is_cro(plain)).then(plain)


def is_cro(text: pl.Expr) -> pl.Expr:
    """nnnnnn/yyX, or SFyy/ with up to six digits and a letter, apart from case and blanks (BR28)."""
    return _capitals(text).str.contains(r"^(\d{6}/\d{2}|SF\d{2}/\d{1,6})[A-Z]$")


def is_noms(text: pl.Expr) -> pl.Expr:
    """A prison number, A9999AA (BR29)."""
    return text.str.contains(r"^[A-Z]\d{4}[A-Z]{2}$")


def is_national_insurance(text: pl.Expr) -> pl.Expr:
    """Two letters, six digits and A, B, C or D (BR30)."""
    return text.str.contains(r"^[A-Z]{2}\d{6}[A-D]$")


def is_postcode(text: pl.Expr) -> pl.Expr:
    """Outward and inward code, with or without the blank between them (P12)."""
    return _capitals(text).str.contains(r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$")


def _capitals(text: pl.Expr) -> pl.Expr:
    return text.str.to_uppercase().str.replace_all(r"\s", "")
