"""The rows that companies delivered of a person, those below them too, and what became of each."""

from collections.abc import Mapping

import polars as pl

from pipeline.cases.find import Person
from pipeline.cases.told import PERSON_ENTITY
from pipeline.failures import is_through
from pipeline.storage.batches import findings_until, judged_rows
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from vocabulary.links import links, parents_first

ROW = ["source_file", "source_row"]
FOUND = ("rules", "infos")
SCHEMA = dict.fromkeys(("company", "export", "entity", *ROW, "key", "row_outcome", *FOUND), pl.String)
"""A row: its own key as the export has it, its outcome (null before validate), the rules that it fails and
those that tell something of it, with a semicolon between."""

NO_FRAME = pl.DataFrame(schema=dict.fromkeys(ROW, pl.String))


def delivered_rows(workspace: Workspace, company: str, person: Person) -> pl.DataFrame:
    """SCHEMA of the company's rows about `person`, in the order of the exports and the files."""
    account = read_manifest(workspace.stage_folder(company, "map"))
    if account is None:
        return pl.DataFrame(schema=SCHEMA)
    told = person.told.filter(company=company)
    found = [pl.DataFrame(schema={name: SCHEMA[name] for name in SCHEMA if name not in FOUND})]
    outcomes = _outcomes(workspace, company)
    for export in account["exports"]:
        for entity, rows in _of_export(workspace, company, export, told, person).items():
            judged = outcomes.get((export, entity), NO_FRAME.with_columns(row_outcome=pl.lit("")))
            named = rows.join(judged, on=ROW, how="left", maintain_order="left").with_columns(
                company=pl.lit(company), export=pl.lit(export), entity=pl.lit(entity)
            )
            found.append(named.select(found[0].columns))
    rows = pl.concat(found).unique(["export", "entity", *ROW], keep="first", maintain_order=True)
    return rows.join(
        _rules(workspace, company), on=["export", *ROW], how="left", maintain_order="left"
    ).select(list(SCHEMA))


def _of_export(
    workspace: Workspace, company: str, export: str, told: pl.DataFrame, person: Person
) -> dict[str, pl.DataFrame]:
    """Entity to ROW and key of the person's rows: those that match spoke of, and what names one of them or
    the person as its parent."""
    folder = workspace.stage_folder(company, "map") / export
    own = told.filter(export=export)
    numbers = {*told["person_ref"].drop_nulls(), *([person.key] if person.is_of_ndelius else ())}
    held: dict[str, pl.DataFrame] = {}
    for entity in parents_first(export):
        frame = pl.scan_parquet(folder / f"{entity}.parquet")
        spoken_of = own.filter(entity=entity).select(ROW).lazy()
        parts = [frame.join(spoken_of, on=ROW, how="semi", maintain_order="left")]
        for link in links(export).get(entity, ()):
            if link.parent == PERSON_ENTITY:
                keys = numbers
            else:
                keys = {*_texts(held.get(link.parent), link.parent_word)}
            if keys:
                parts.append(frame.filter(pl.col(link.word).cast(pl.String).is_in(sorted(keys))))
        rows = pl.concat(parts).collect().unique(ROW, keep="first", maintain_order=True)
        if rows.height:
            held[entity] = rows.with_columns(pl.col("key").cast(pl.String))
    return held


def _texts(parents: pl.DataFrame | None, word: str) -> list[str]:
    return [] if parents is None else parents[word].cast(pl.String).drop_nulls().to_list()


def _outcomes(workspace: Workspace, company: str) -> Mapping[tuple[str, str], pl.DataFrame]:
    if not is_through(workspace, company, "validate"):
        return {}
    frames = judged_rows(workspace, company).frames
    return {
        (export, entity): frame.select(*ROW, "row_outcome").unique(ROW, keep="first")
        for export, entities in frames.items()
        for entity, frame in entities.items()
    }


def _rules(workspace: Workspace, company: str) -> pl.DataFrame:
    """export, ROW, rules, infos."""
    found = findings_until(workspace, company, "reconcile")
    is_info = pl.col("severity") == "info"
    texts = [
        pl.col("rule").filter(kind).unique(maintain_order=True).str.join(";").alias(name)
        for name, kind in zip(FOUND, (~is_info, is_info), strict=True)
    ]
    return found.group_by("export", *ROW, maintain_order=True).agg(texts)
