"""What a delivered code stands for in the target, read from the code lists and the answers of operators.

The lists are data (mappings/codes/*.csv); this reader of them is the proofs' own.
"""

from collections.abc import Mapping

import polars as pl

from vocabulary.companies import BASELINE_COMPANY, company
from vocabulary.decisions import CODES, DROP
from vocabulary.resources import text_table

NDELIUS, EVERYONE = "delius", "*"
DROPPED, WAITS = "drop", "needed"


def scope_of(export: str, company_code: str) -> str:
    """Whose codes the company writes in `export`: nDelius's own in the case systems, else its owner's."""
    if export in ("delius", "spg") or company_code == BASELINE_COMPANY:
        return NDELIUS
    return company(company_code).owner


def targets_of(
    name: str, export: str, company_code: str, decided: Mapping[str, pl.DataFrame]
) -> dict[str, str | None]:
    """Source code to target code of list `name`; null for a code that is not carried.

    The owner's line counts before the one for everyone, an operator's answer before both. A code that waits
    stands for itself; the one beside it is a candidate that nobody has chosen.
    """
    scope = scope_of(export, company_code)
    lines = text_table("mappings", "codes", f"{name}.csv")
    found: dict[str, str | None] = {}
    for wanted in (EVERYONE, scope):
        for row in lines.filter(pl.col("scope") == wanted).iter_rows(named=True):
            meant = row["source_code"] if row["decision"] == WAITS else row["target_code"]
            found[row["source_code"]] = None if row["decision"] == DROPPED else meant
    answers = decided.get(CODES)
    if answers is not None and answers.height:
        own = answers.filter((pl.col("scope") == scope) & (pl.col("list") == name))
        for code, answer in own.select("code", "answer").iter_rows():
            found[code] = None if answer == DROP else answer
    return found


def waiting_codes(
    name: str, export: str, company_code: str, decided: Mapping[str, pl.DataFrame]
) -> list[str]:
    """The codes of list `name` that nobody has decided."""
    scope = scope_of(export, company_code)
    lines = text_table("mappings", "codes", f"{name}.csv").filter(pl.col("scope").is_in([EVERYONE, scope]))
    answers = decided.get(CODES)
    known: set[str] = set()
    if answers is not None:
        known = set(answers.filter(scope=scope, list=name)["code"])
    return [code for code in lines.filter(decision=WAITS)["source_code"] if code not in known]


def decided_code(name: str, code: str, company_code: str, decided: Mapping[str, pl.DataFrame]) -> str:
    """What a code that Day 1 writes of its own accord is: itself, or as an operator answered."""
    return targets_of(name, NDELIUS, company_code, decided).get(code) or code


def read_code(
    column: str, name: str, export: str, company_code: str, decided: Mapping[str, pl.DataFrame]
) -> pl.Expr:
    """The target code of a coded word. Of nDelius's own codes our lists are a sample: one without a line that
    was carried stands for itself (whether it may, reconcile.proofs.own_codes says)."""
    targets = targets_of(name, export, company_code, decided)
    is_own = scope_of(export, company_code) == NDELIUS
    unlisted = pl.col(column) if is_own else pl.lit(None, pl.String)
    return pl.col(column).replace_strict(targets, default=unlisted, return_dtype=pl.String)
