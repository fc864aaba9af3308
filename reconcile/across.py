"""Whether one person was made for two companies, or one document written for two, seen over all of them.

Each company's proof finds its own rows right. That two of them are one shows only beside each other.
"""

import re

import polars as pl

from reconcile.delivery import NEW, PLACE, Delivery
from reconcile.differences import DESTINATION, differences_of, no_differences
from vocabulary.decisions import ALL_OF_THEM

MADE_TWICE = "The same new person was carried for two companies."
STORED_TWICE = "One document of the store was carried for two companies."
SCHEMA = dict.fromkeys(("company", *PLACE, "what", "value"), pl.String)
"""A carried row and a value that no other company's carried row may bear."""

RULE = "M09"
PNC = re.compile(r"(\d{2}|\d{4})/(\d{7}[A-Z])")
PRISON = re.compile(r"[A-Z]\d{4}[A-Z]{2}")
CRO = re.compile(r"(\d{6}/\d{2}|SF\d{2}/\d{1,6})[A-Z]")
LAST_YEAR_OF_2000S = 21


def no_answers() -> pl.DataFrame:
    """rule, answer where nobody was asked."""
    return pl.DataFrame(schema={"rule": pl.String, "answer": pl.String})


def only_once(delivery: Delivery) -> pl.DataFrame:
    """SCHEMA of the company's carried documents and new persons."""
    found: list[tuple[str | None, ...]] = []
    words = [*PLACE, "pnc_number", "noms_number", "cro_number"]
    persons = delivery.carried("spg", "offender")
    if NEW in persons.columns:
        for *place, pnc, prison, cro in persons.filter(pl.col(NEW)).select(words).iter_rows():
            found += [(delivery.company, *place, MADE_TWICE, value) for value in _numbers(pnc, prison, cro)]
    documents = delivery.carried("documents", "document").select(*PLACE, "alfresco_id").drop_nulls()
    found += [(delivery.company, *place, STORED_TWICE, value) for *place, value in documents.iter_rows()]
    return pl.DataFrame(found, schema=SCHEMA, orient="row")


def find_carried_twice(rows: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Differences of the rows (SCHEMA, all companies) whose value another company's row bears too.

    `answers`: rule, answer of operators. Persons may be alike as often as somebody called them different.
    """
    several = rows.group_by("what", "value", maintain_order=True).agg(
        pl.col("company").n_unique().alias("companies"), pl.struct("company", *PLACE).sort().alias("rows")
    )
    several = several.filter(pl.col("companies") > 1)
    is_person = pl.col("what") == MADE_TWICE
    called_different = answers.filter(rule=RULE, answer=ALL_OF_THEM).height
    if several.filter(is_person)["rows"].unique().len() <= called_different:
        several = several.filter(~is_person)
    twice = rows.join(several, on=["what", "value"], how="semi")
    found = [
        differences_of(own.select("company", *PLACE).unique(), DESTINATION, str(what))
        for (what,), own in twice.group_by("what", maintain_order=True)
    ]
    return pl.concat([no_differences(), *found])


def _numbers(pnc: str | None, prison: str | None, cro: str | None) -> list[str]:
    """The numbers in one form each; one of wrong form names nobody."""
    found = []
    if year := PNC.fullmatch(pnc or ""):
        century = "" if len(year[1]) > 2 else "20" if int(year[1]) <= LAST_YEAR_OF_2000S else "19"
        found.append(f"PNC {century}{year[0]}")
    if PRISON.fullmatch(prison or ""):
        found.append(f"prison {prison}")
    plain = "".join((cro or "").split()).upper()
    if CRO.fullmatch(plain):
        found.append(f"CRO {plain}")
    return found
