"""The values behind findings for a reader who asked for them: never of persons with limited access.

Where nobody can know yet whose a row is, its value is not shown either: the finding names file and row.
"""

from functools import cache

import polars as pl

from pipeline.failures import is_through
from pipeline.limited import Limited
from pipeline.stages.baseline import held_rows
from pipeline.storage.baseline_share import PERSON, below_persons, persons_of_rows
from pipeline.storage.batches import scan_nation
from pipeline.storage.delivered import delivered_text
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from reports.limited import PLACE, ROW
from reports.values import with_values
from vocabulary.companies import BASELINE_COMPANY, EXPORTS
from vocabulary.limited_access import ASK
from vocabulary.links import links, parents_first
from vocabulary.source import source_words

NOT_JUDGED = "shown once validate has said whose the row is"
"""In the place of a value: who may see the person is not known yet."""

PERSON_WORDS = frozenset(("crn", "person_ref", PERSON))
"""A row with one of them is about a person, and so is one that hangs on such a row."""


def revealed_values(workspace: Workspace, findings: pl.DataFrame, limited: Limited | None) -> pl.DataFrame:
    """`findings` with their values in a last column `value`; ASK or NOT_JUDGED where they may not be shown.

    `limited`: None where the baseline is not mapped, so that nobody is known.
    """
    valued = with_values(findings, delivered_text(workspace))
    said = [pl.DataFrame(schema={**dict.fromkeys(PLACE, pl.String), "said": pl.String})]
    for (company,), own in valued.filter(pl.col("value") != "").group_by("company"):
        said.append(_hidden(workspace, str(company), own.filter(_is_about_person()), limited))
    hidden = pl.concat(said).unique(PLACE, keep="first")
    told = valued.join(hidden, on=PLACE, how="left", maintain_order="left")
    shown = pl.when(pl.col("value") == "").then(pl.lit("")).otherwise(pl.coalesce("said", "value"))
    return told.with_columns(shown.alias("value")).drop("said")


def known_limits(workspace: Workspace) -> Limited | None:
    """Who has limited access; None before the baseline is mapped."""
    if read_manifest(workspace.stage_folder(BASELINE_COMPANY, "map")) is None:
        return None
    return Limited.of(workspace)


def _hidden(
    workspace: Workspace, company: str, findings: pl.DataFrame, limited: Limited | None
) -> pl.DataFrame:
    """PLACE and what is said in the place of the values there."""
    if limited is not None and company == BASELINE_COMPANY:
        return _of_baseline(workspace, findings, limited).with_columns(pl.lit(ASK).alias("said"))
    if limited is not None and is_through(workspace, company, "validate"):
        return limited.rows((company,)).with_columns(pl.lit(ASK).alias("said"))
    return findings.select(PLACE).unique().with_columns(pl.lit(NOT_JUDGED).alias("said"))


def _of_baseline(workspace: Workspace, findings: pl.DataFrame, limited: Limited) -> pl.DataFrame:
    """PLACE of every row of nDelius that is not known to be about somebody whom everybody may see."""
    hidden = [findings.select(PLACE).clear()]
    for (entity,), own in findings.group_by("entity"):
        if entity in below_persons():
            asked = own.select(PLACE).unique()
            is_open = ~pl.col(PERSON).cast(pl.String).is_in(list(limited.keys))
            known = _persons_of(workspace, str(entity)).join(asked.lazy(), on=ROW, how="semi")
            hidden.append(asked.join(known.filter(is_open).collect(), on=ROW, how="anti"))
    return pl.concat(hidden)


def _persons_of(workspace: Workspace, entity: str) -> pl.LazyFrame:
    """ROW and PERSON of the rows of nDelius, also of those that map took out, as far as they name one."""
    known = persons_of_rows(scan_nation(workspace), entity)
    held = held_rows(workspace.stage_folder(BASELINE_COMPANY, "map")).get(entity)
    if held is None or PERSON not in held.columns:
        return known
    return pl.concat([known, held.lazy().select(*ROW, PERSON)])


def _is_about_person() -> pl.Expr:
    """True of rows that are about a person, by what their entity holds or hangs on."""
    return pl.any_horizontal(
        pl.col("export").eq(export) & pl.col("entity").is_in(list(entities_of_persons(export)))
        for export in EXPORTS
    )


@cache
def entities_of_persons(export: str) -> frozenset[str]:
    """The entities of `export` with one of PERSON_WORDS, and all that hang on them."""
    found: set[str] = set()
    for entity in parents_first(export):
        own = {word.name for word in source_words(export)[entity]}
        above = {link.parent for link in links(export).get(entity, ())}
        if own & PERSON_WORDS or above & found:
            found.add(entity)
    return frozenset(found)
