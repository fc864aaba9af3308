"""What a row that is set aside because of another one hangs on: the row that is at fault itself (X01)."""

from collections.abc import Iterator

import polars as pl

from matching.cascade import HELD
from pipeline.cases.told import PERSON_ENTITY
from pipeline.stages.across import TWICE
from pipeline.storage.store import read_manifest
from pipeline.workspace import Workspace
from reports.finding_order import FOLLOWS
from vocabulary.links import links, parents_first

ROW = ["source_file", "source_row"]
CAUSE = ["cause_file", "cause_row"]
SCHEMA = dict.fromkeys((*ROW, *CAUSE), pl.String)
NAMES = ("crn", "person_ref")
"""Words by which a row of a satellite names a person."""


def under_causes(workspace: Workspace, company: str, findings: pl.DataFrame) -> pl.DataFrame:
    """A company's `findings` in their order, but what follows from a row stands directly behind that row's
    own findings; what hangs on nothing that is known stays where it was."""
    found = causes_of(workspace, company, findings)
    if found.is_empty():
        return findings
    placed = findings.with_row_index("_place").join(found, on=ROW, how="left", maintain_order="left")
    is_follower = (pl.col("rule") == FOLLOWS) & pl.col("cause_row").is_not_null()
    own = placed.filter(pl.col("rule") != FOLLOWS, pl.col("severity") == "set_aside")
    last = own.group_by(ROW).agg(pl.col("_place").max().alias("_behind"))
    behind = placed.join(last, left_on=CAUSE, right_on=ROW, how="left", maintain_order="left")
    order = pl.when(is_follower).then(pl.coalesce("_behind", "_place")).otherwise("_place")
    return behind.sort(order, "_place").select(findings.columns)


def causes_of(workspace: Workspace, company: str, findings: pl.DataFrame) -> pl.DataFrame:
    """SCHEMA of the rows of X01: the row with a finding of its own that they hang on, however far above."""
    follow = findings.filter(rule=FOLLOWS).select("export", *ROW).unique()
    account = read_manifest(workspace.stage_folder(company, "map"))
    if follow.is_empty() or account is None:
        return pl.DataFrame(schema=SCHEMA)
    wrong = findings.filter(pl.col("severity") == "set_aside", pl.col("rule") != FOLLOWS)
    held = findings.filter(pl.col("rule").is_in([*HELD, TWICE]), entity=PERSON_ENTITY)
    found = [pl.DataFrame(schema=SCHEMA)]
    persons: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in NAMES}
    of_held = {*held["export"]}  # looked at first, for the others name their persons
    for export in sorted(account["exports"], key=lambda one: one not in of_held):
        at_fault = wrong.filter(export=export).select(ROW).unique()
        rows = follow.filter(export=export).select(ROW)
        found.append(
            _of_export(workspace, company, export, rows, at_fault, held.select(ROW).unique(), persons)
        )
    return pl.concat(found).unique(ROW, keep="first")


Persons = dict[str, dict[str, tuple[str, str]]]


def _of_export(
    workspace: Workspace, company: str, export: str, follow: pl.DataFrame, at_fault: pl.DataFrame,
    held: pl.DataFrame, persons: Persons,
) -> pl.DataFrame:  # fmt: skip
    folder = workspace.stage_folder(company, "map") / export
    causes: dict[tuple[str, str], tuple[str, str]] = {place: place for place in at_fault.iter_rows()}
    follows, keys = {*follow.iter_rows()}, _Parents()
    for entity in parents_first(export):
        own = links(export).get(entity, ())
        frame = pl.scan_parquet(folder / f"{entity}.parquet")
        words = frame.collect_schema().names()
        wanted = list(
            dict.fromkeys([*ROW, *(link.word for link in own), *_named_below(export, entity), *NAMES])
        )
        concerned = pl.concat([follow, at_fault]).unique().lazy()
        rows = (
            frame.select(name for name in wanted if name in words)
            .join(concerned, on=ROW, how="semi")
            .collect()
        )
        for row in rows.iter_rows(named=True):
            place = (row["source_file"], row["source_row"])
            if place in follows and place not in causes:
                above = (keys.of(link.parent, link.parent_word, row[link.word]) for link in own)
                by_name = (persons[name].get(str(row.get(name))) for name in NAMES)
                if cause := next((one for one in (*above, *by_name) if one), None):
                    causes[place] = cause
            if place in causes:
                keys.add(entity, row, causes[place])
        if entity == PERSON_ENTITY:
            _add_held(rows.join(held, on=ROW, how="semi"), persons)
    told = [(*place, *cause) for place, cause in causes.items() if place in follows]
    return pl.DataFrame(told, schema=SCHEMA, orient="row")


def _named_below(export: str, entity: str) -> Iterator[str]:
    """Words of `entity` by which others of the export name it."""
    for below in links(export).values():
        yield from (link.parent_word for link in below if link.parent == entity)


def _add_held(rows: pl.DataFrame, persons: Persons) -> None:
    for row in rows.iter_rows(named=True):
        for name in NAMES:
            if row.get(name):
                persons[name][str(row[name])] = (row["source_file"], row["source_row"])


class _Parents:
    """Cause of each row that is left, by entity, word and value."""

    def __init__(self) -> None:
        self.causes: dict[tuple[str, str, str], tuple[str, str]] = {}

    def add(self, entity: str, row: dict[str, object], cause: tuple[str, str]) -> None:
        """What names `row` by any of its words has its cause."""
        for word, value in row.items():
            if value is not None:
                self.causes[entity, word, str(value)] = cause

    def of(self, entity: str, word: str, value: object) -> tuple[str, str] | None:
        """The cause of the row of `entity` whose `word` is `value`."""
        return self.causes.get((entity, word, str(value)))
