"""Questions about programmes: what the panel decided (A05), and what a regional director agrees to (A01)."""

import polars as pl

from lists.interventions import EXPORT, director_list, open_referrals
from lists.sources import NO_REGION, list_sources
from mappings.parsing.panel_answers import ACTIVITY
from pipeline.decisions.persons import ROW, places, who
from pipeline.stages.plan import PLAN
from pipeline.storage.batches import company_baseline, mapped_batch, validated_batch
from pipeline.storage.store import read_findings, read_frame
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.decisions import INTERVENTIONS, KINDS, PROGRAMMES


def activity_questions(workspace: Workspace, company: str) -> list[Question]:
    """One question per live structured intervention without a decision of the panel."""
    found = _told(workspace, company, "A05")
    if found.is_empty():
        return []
    activities = mapped_batch(workspace, company).all(EXPORT, ACTIVITY)
    waiting = activities.join(found.select(ROW), on=ROW, how="semi")
    return [
        _of_activity(company, str(activity), rows)
        for (activity,), rows in waiting.group_by("activity_ref", maintain_order=True)
    ]


def _of_activity(company: str, activity: str, rows: pl.DataFrame) -> Question:
    first = rows.row(0, named=True)
    return Question(
        kind=INTERVENTIONS,
        key=(company, activity),
        rows=rows.height,
        context=f"A05: {first['source_file']}, row {first['source_row']}; need area {first['need_area']}",
        choices=_choices(INTERVENTIONS),
        personal=who(rows),
        places=places(company, rows),
    )


def programme_questions(workspace: Workspace, company: str) -> list[Question]:
    """One question per region and programme; persons without a region are asked about first (G01)."""
    if _told(workspace, company, "A01").is_empty():
        return []
    batch, baseline = validated_batch(workspace, company), company_baseline(workspace, company)
    moving = read_frame(workspace.stage_folder(company, PLAN), "moving")
    referrals = director_list(open_referrals(list_sources(batch, baseline, moving)))
    waiting = referrals.filter(pl.col("region") != NO_REGION)
    return [
        Question(
            kind=PROGRAMMES,
            key=(company, str(region), str(programme)),
            rows=rows.height,
            context="A01: open referrals wait for the regional director",
            choices=_choices(PROGRAMMES),
        )
        for (region, programme), rows in waiting.group_by("region", "programme", maintain_order=True)
    ]


def _told(workspace: Workspace, company: str, rule: str) -> pl.DataFrame:
    return read_findings(workspace.stage_folder(company, "map")).filter(pl.col("rule") == rule)


def _choices(kind: str) -> tuple[Choice, ...]:
    return tuple(Choice(answer) for answer in KINDS[kind].answers)
