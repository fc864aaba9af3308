"""Reads a company's batch back from what the stages left on disk."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from mappings.case.own_records import is_added
from mappings.unpaid_work.answered_sessions import refer
from pipeline.graph import list_finding_stages
from pipeline.stages.baseline import held_rows
from pipeline.stages.limited_access import apply_blocks
from pipeline.stages.map import delivered_batch
from pipeline.stages.match import PEOPLE
from pipeline.storage.baseline_share import Scans, scan_baseline, scan_share
from pipeline.storage.frames import read_frames
from pipeline.storage.store import (
    read_findings,
    read_frame,
    read_manifest,
    scan_frame,
    sink_frame,
    write_frame,
)
from pipeline.workspace import Workspace
from validators.references import propagate_outcomes
from vocabulary.batch import CARRIED, SET_ASIDE, Batch
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.decisions import ACCESS, CODES, REGIONS, SESSIONS, STAFF, TEAMS
from vocabulary.errors import ConfigError
from vocabulary.findings import collect
from vocabulary.keys import key_words
from vocabulary.links import links, parents_first
from vocabulary.source import CASE_SYSTEMS, NDELIUS, OWN_SYSTEM, satellites

DECIDED = "decided"
"""Folder of stage validate: the answers it stood on, so that later stages stand on the same."""

DECIDED_KINDS = (CODES, REGIONS, TEAMS, STAFF, SESSIONS, ACCESS)

REFERRED = "referred"
"""Frame of stage validate: sessions and the appointment that an operator said each is."""

EDITED = "edited"
"""Folder beside the stages of a delta: T14, what its load left alone (pipeline.stages.edited)."""

SHARE = "baseline"
"""Folder of stage match: the company's share of nDelius."""

ROW = ["source_file", "source_row"]

BARE = ("contact",)
"""Entities of a case system, more than all others together, whose values few ask for once there is a plan."""

CONTACT, CONTACT_KEY = "contact", "contact_id"
CONTACTS_AT_A_TIME = 40_000

BESIDE = ("company", "export", *ROW, "row_number", "key", "row_outcome")
"""Columns beside the words that every row keeps."""

STATE = ("offender_id", "contact_id", "is_deleted")
"""Whose row of a case system it is, its key of nDelius, and whether it is there: outcomes are settled by
them."""


def mapped_batch(workspace: Workspace, company: str, *, is_bare: bool = False) -> Batch:
    """The batch as map left it, every frame with its `key`. `is_bare`: of BARE no values."""
    account = _mapped(workspace, company)
    return delivered_batch(
        company,
        workspace.cycle,
        dt.date.fromisoformat(account["extract_date"]),
        workspace.stage_folder(company, "map"),
        account["exports"],
        _bare if is_bare else _all_words,
    )


def _bare(export: str, entity: str, rows: pl.LazyFrame, also: Sequence[str] = ()) -> pl.LazyFrame:
    """Of an entity that is BARE what names its rows, what they hang on, and the words `also`."""
    if export not in CASE_SYSTEMS or entity not in BARE:
        return rows
    named = {*BESIDE, *STATE, *key_words(export, entity), *also}
    named |= {link.word for link in links(export).get(entity, ())}
    return rows.select(name for name in rows.collect_schema() if name in named)


def _all_words(export: str, entity: str, rows: pl.LazyFrame) -> pl.LazyFrame:
    del export, entity
    return rows


def _mapped(workspace: Workspace, company: str) -> dict[str, Any]:
    account = read_manifest(workspace.stage_folder(company, "map"))
    if account is None:
        raise ConfigError(f"Stage map of {company} has not run in {workspace.cycle}. Use `day1 run`.")
    return account


def baseline_batch(workspace: Workspace, entities: Sequence[str]) -> Batch:
    """Of nDelius on the evening before all rows of `entities`, which name what they hang on among them.

    Deleted rows and all below them are not in scope. For questions about the nation: contacts and
    appointments of a nation fit into no memory.
    """
    frames = {entity: rows.collect() for entity, rows in scan_nation(workspace, entities).items()}
    return _settled(workspace, frames)


def write_share(workspace: Workspace, batch: Batch, people: Sequence[pl.DataFrame], out: Path) -> None:
    """Write the company's share of nDelius (pipeline.storage.baseline_share) under `out`, with outcomes.

    Args:
        batch: the company's frames of map. people: what match found, with `person_id`.
    """
    share = scan_share(scan_nation(workspace), batch, people)
    known = pl.collect_all(_bare(NDELIUS, entity, rows) for entity, rows in share.items())
    settled = _settled(workspace, dict(zip(share, known, strict=True))).frames[NDELIUS]
    for entity, frame in settled.items():
        if entity in BARE:  # its values go from file to file
            sink_frame(out / SHARE, entity, with_outcomes(share[entity], frame))
        else:
            write_frame(out / SHARE, entity, frame)


def with_outcomes(rows: pl.LazyFrame, settled: pl.DataFrame) -> pl.LazyFrame:
    """`rows` with the `row_outcome` that they have in `settled`; most are carried, the others are few."""
    others = settled.lazy().filter(pl.col("row_outcome") != CARRIED).select(*ROW, "row_outcome")
    named = rows.join(others, on=ROW, how="left", maintain_order="left")
    return named.with_columns(pl.col("row_outcome").fill_null(CARRIED))


def company_baseline(
    workspace: Workspace, company: str, *, is_bare: bool = False, also: Sequence[str] = ()
) -> Batch:
    """Of nDelius on the evening before what the work on a company's delivery looks at, as match left it.

    `is_bare`: of BARE no values but the words `also`.
    """
    folder = workspace.stage_folder(company, "match") / SHARE
    words = partial(_bare, also=also) if is_bare else _all_words
    entities = parents_first(NDELIUS)
    scans = [words(NDELIUS, entity, scan_frame(folder, entity)) for entity in entities]
    return _baseline(workspace, dict(zip(entities, pl.collect_all(scans), strict=True)))


def recorded_rows(workspace: Workspace, company: str, entities: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Of a company that records in nDelius every row of `entities` that map kept; nothing of another."""
    folder = workspace.stage_folder(company, "map") / NDELIUS
    return {entity: read_frame(folder, entity) for entity in entities} if folder.is_dir() else {}


def scan_nation(workspace: Workspace, entities: Sequence[str] = ()) -> Scans:
    """Entity to every row of the baseline that map kept, none of them read yet; without `entities` of all.

    Raises:
        ConfigError: the baseline is not mapped.
    """
    _mapped(workspace, BASELINE_COMPANY)  # it must have run
    folder = workspace.stage_folder(BASELINE_COMPANY, "map")
    return scan_baseline(folder, entities or parents_first(NDELIUS))


def _settled(workspace: Workspace, frames: dict[str, pl.DataFrame]) -> Batch:
    batch = _baseline(workspace, frames)
    propagate_outcomes(batch, NDELIUS, collect([]), {})
    return batch


def _baseline(workspace: Workspace, frames: dict[str, pl.DataFrame]) -> Batch:
    taken = dt.date.fromisoformat(_mapped(workspace, BASELINE_COMPANY)["extract_date"])
    held = held_rows(workspace.stage_folder(BASELINE_COMPANY, "map"))
    return Batch(BASELINE_COMPANY, workspace.cycle, taken, {NDELIUS: frames}, held=held)


def matched_batch(workspace: Workspace, company: str, *, is_bare: bool = False) -> Batch:
    """The batch after match: spg frames and satellite rows with `person_id`. `is_bare`: of BARE no values."""
    batch = mapped_batch(workspace, company, is_bare=is_bare)
    folder, across = (workspace.stage_folder(company, name) for name in ("match", "across"))
    twice = read_findings(across).filter(rule="M09").select(ROW)
    nobody = pl.Series("person_id", [], pl.String)
    if batch.has("spg"):
        persons, left_out = read_frame(folder, "persons"), [read_frame(folder, "left_out")]
        if across.is_dir():
            left_out.append(read_frame(across, "left_out"))
        nobody = persons.join(twice, on=ROW, how="semi")["person_id"]
        # Who is held is nobody yet, as whom match itself holds.
        held = pl.col("person_id").is_in(nobody.implode())
        persons = persons.with_columns(
            pl.when(~held).then("person_id"), (pl.col("is_new_person") & ~held.fill_null(False))
        )
        _add_persons(batch, persons, pl.concat(left_out).unique())
    for export, frames in batch.frames.items():
        for entity, people in read_frames(folder / PEOPLE / export, satellites(export)).items():
            named = people.lazy().select(
                *ROW, pl.when(~pl.col("person_id").is_in(nobody.implode())).then("person_id")
            )
            joined = frames[entity].lazy().join(named, on=ROW, how="left", maintain_order="left")
            frames[entity] = joined.collect()
    return batch


def validated_batch(workspace: Workspace, company: str, *, is_bare: bool = False) -> Batch:
    """The batch after validate: every row with its outcome, with those of L03 once there is a plan.

    `is_bare`: of BARE no values.
    """
    batch = matched_batch(workspace, company, is_bare=is_bare)
    folder = workspace.stage_folder(company, "validate")
    batch.decided = read_frames(folder / DECIDED, DECIDED_KINDS)
    for export, frames in batch.frames.items():
        outcomes = read_frames(folder / "outcomes" / export, parents_first(export))
        for entity in parents_first(export):
            frames[entity] = frames[entity].hstack([outcomes[entity]["row_outcome"]])
    if batch.has("upw"):
        refer(batch, read_frame(folder, REFERRED))
    apply_blocks(batch, read_findings(workspace.stage_folder(company, "plan")))
    return batch


def planned_batch(workspace: Workspace, company: str) -> Batch:
    """`validated_batch` as a plan asks for it: of BARE only the records that are added, with their values. Of
    those that nDelius has, a plan says nothing."""
    batch = validated_batch(workspace, company, is_bare=True)
    frames = batch.frames.get(OWN_SYSTEM, {})
    for entity in frames.keys() & {*BARE}:
        added = frames[entity].filter(is_added(entity))
        values = scan_frame(workspace.stage_folder(company, "map") / OWN_SYSTEM, entity)
        beside = [name for name in added.columns if name not in values.collect_schema()]
        known = added.lazy().select(*ROW, *beside)
        frames[entity] = values.join(known, on=ROW, how="inner", maintain_order="left").collect()
    return batch


def _hold_edited(workspace: Workspace, batch: Batch) -> None:
    """What the load of a delta left alone is set aside; a plan is made of what the delivery says."""
    if workspace.is_delta:
        _hold(batch, read_findings(workspace.stage_folder(batch.company, EDITED)))


def _hold(batch: Batch, findings: pl.DataFrame) -> None:
    """Set carried rows of `findings` aside, of whichever entity."""
    rows = findings.select(*ROW, pl.lit(SET_ASIDE).alias("_held")).unique()
    for frames in batch.frames.values():
        for entity, frame in frames.items() if rows.height else ():
            held = frame.join(rows, on=ROW, how="left", maintain_order="left")["_held"]
            is_held = (frame["row_outcome"] == CARRIED) & held.is_not_null()
            frames[entity] = frame.with_columns(
                pl.when(is_held).then(pl.lit(SET_ASIDE)).otherwise("row_outcome").alias("row_outcome")
            )


def both_sides(workspace: Workspace, company: str) -> tuple[Batch, Batch]:
    """The batch after validate and the company's share of nDelius, of BARE without values."""
    batch = validated_batch(workspace, company, is_bare=True)
    _hold_edited(workspace, batch)
    return batch, company_baseline(workspace, company, is_bare=True)


def contact_pairs(workspace: Workspace, company: str) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Carried contacts of a company's own case system with every word, some at a time, and the rows of
    nDelius among which those are that they name."""
    share = scan_frame(workspace.stage_folder(company, "match") / SHARE, CONTACT)
    judged = workspace.stage_folder(company, "validate") / "outcomes" / OWN_SYSTEM
    if not judged.is_dir():
        return
    outcomes = read_frame(judged, CONTACT)["row_outcome"]
    mapped = scan_frame(workspace.stage_folder(company, "map") / OWN_SYSTEM, CONTACT)
    for start in range(0, len(outcomes), CONTACTS_AT_A_TIME):
        some = mapped.slice(start, CONTACTS_AT_A_TIME).collect()
        carried = some.filter(outcomes.slice(start, CONTACTS_AT_A_TIME) == CARRIED)
        keys = carried[CONTACT_KEY].drop_nulls().unique()
        yield carried, share.filter(pl.col(CONTACT_KEY).is_in(keys.implode())).collect()


def judged_rows(workspace: Workspace, company: str, *, is_loaded: bool = True) -> Batch:
    """Of every row of the batch after validate its place and its outcome, and nothing else.

    `is_loaded`: with what the load of a delta left alone.
    """
    account, folder = _mapped(workspace, company), workspace.stage_folder(company, "validate")
    frames = {
        export: {entity: read_frame(folder / "outcomes" / export, entity) for entity in parents_first(export)}
        for export in account["exports"]
    }
    taken = dt.date.fromisoformat(account["extract_date"])
    batch = Batch(company, workspace.cycle, taken, frames)
    batch.decided = {kind: read_frame(folder / DECIDED, kind) for kind in DECIDED_KINDS}
    apply_blocks(batch, read_findings(workspace.stage_folder(company, "plan")))
    if is_loaded:
        _hold_edited(workspace, batch)
    return batch


def findings_until(workspace: Workspace, company: str, last: str) -> pl.DataFrame:
    """All findings of a company up to and including stage `last`."""
    stages = list_finding_stages(last)
    later = [EDITED] if "plan" in stages and workspace.is_delta else []
    folders = (workspace.stage_folder(company, stage) for stage in (*stages, *later))
    return collect([read_findings(folder) for folder in folders])


def _add_persons(batch: Batch, persons: pl.DataFrame, left_out: pl.DataFrame) -> None:
    by_ref = persons.select("person_ref", "person_id").unique("person_ref", keep="first")
    frames = batch.frames["spg"]
    for entity, frame in frames.items():
        frames[entity] = frame.join(by_ref, on="person_ref", how="left", maintain_order="left")
    is_new = persons.select(*ROW, "is_new_person")
    shared = left_out.filter(pl.col("column") == "noms_number").select(*ROW, pl.lit(True).alias("_shared"))
    frames["offender"] = (
        frames["offender"]
        .join(is_new, on=ROW, how="left", maintain_order="left")
        .join(shared, on=ROW, how="left", maintain_order="left")
        .with_columns(
            pl.col("is_new_person").fill_null(False),
            # Two persons cannot both be written with one prison number (P08).
            pl.when(pl.col("_shared").is_null()).then("noms_number").alias("noms_number"),
        )
        .drop("_shared")
    )
