"""How names are compared: capitals, without accents, letters only (matching.md)."""

import polars as pl


def name_key(name: pl.Expr) -> pl.Expr:
    """The comparable form of a name; null when no letter is left, so that two empty names never agree."""
    letters = name.str.normalize("NFKD").str.to_uppercase().str.replace_all(r"[^\p{L}]", "")
    return pl.when(letters != "").then(letters)
