"""Whether one person was made for two companies, or one document written for two, seen over all of them.

Each company's proof finds its own rows right. That two of them are one shows only beside each other.
"""

import polars as pl

from reconcile.differences import DESTINATION, differences_of, no_differences
from reconcile.people.numbers import numbers_of
from reconcile.sources.delivery import NEW, PLACE, Delivery

MADE_TWICE = "The same new person was carried for two companies."
STORED_TWICE = "One document of the store was carried for two companies."
SCHEMA = dict.fromkeys(("company", *PLACE, "what", "value"), pl.String)
"""A carried row and a value that no other company's carried row may bear."""

CALLED_DIFFERENT = dict.fromkeys(("company", *PLACE, "shared"), pl.String)
"""A row of a question that an operator answered with `all`; `shared` names the question."""


def only_once(delivery: Delivery) -> pl.DataFrame:
    """SCHEMA of the company's carried documents and new persons."""
    found: list[tuple[str | None, ...]] = []
    words = [*PLACE, "pnc_number", "noms_number", "cro_number"]
    persons = delivery.carried("spg", "offender")
    if NEW in persons.columns:
        for *place, pnc, prison, cro in persons.filter(pl.col(NEW)).select(words).iter_rows():
            found += [(delivery.company, *place, MADE_TWICE, value) for value in numbers_of(pnc, prison, cro)]
    documents = delivery.carried("documents", "document").select(*PLACE, "alfresco_id").drop_nulls()
    found += [(delivery.company, *place, STORED_TWICE, value) for *place, value in documents.iter_rows()]
    return pl.DataFrame(found, schema=SCHEMA, orient="row")


def find_carried_twice(rows: pl.DataFrame, called_different: pl.DataFrame) -> pl.DataFrame:
    """Differences of the rows (SCHEMA, all companies) whose value another company's row bears too.

    Persons may be alike whom somebody called different, all of them in one answer (CALLED_DIFFERENT): an
    answer about others excuses nobody. A document is one, whatever was answered.
    """
    place = ["company", *PLACE]
    answered = rows.join(called_different.unique(place), on=place, how="left", maintain_order="left")
    several = answered.group_by("what", "value", maintain_order=True).agg(
        pl.col("company").n_unique().alias("companies"),
        (pl.col("shared").n_unique() == 1).and_(pl.col("shared").is_not_null().all()).alias("is_excused"),
    )
    is_excused = pl.col("is_excused") & (pl.col("what") == MADE_TWICE)
    several = several.filter((pl.col("companies") > 1) & ~is_excused)
    twice = rows.join(several, on=["what", "value"], how="semi")
    found = [
        differences_of(own.select("company", *PLACE).unique(), DESTINATION, str(what))
        for (what,), own in twice.group_by("what", maintain_order=True)
    ]
    return pl.concat([no_differences(), *found])
