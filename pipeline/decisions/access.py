"""Questions about limited access: who may see a person whose users all stay behind (L03)."""

import polars as pl

from mappings.staff.limited_access import RESTRICTION
from mappings.staff.named_users import users_to_name
from pipeline.decisions.persons import ROW, who
from pipeline.stages.plan import PLAN
from pipeline.storage.batches import mapped_batch
from pipeline.storage.store import read_findings, read_frame
from pipeline.workspace import Workspace
from reports.decisions.question import Choice, Question
from vocabulary.batch import Batch
from vocabulary.companies import company as known_company
from vocabulary.decisions import ACCESS


def access_questions(workspace: Workspace, company: str, baseline: Batch) -> list[Question]:
    """One question per person, with the rows that are held."""
    held = _held(workspace, company, baseline)
    if held.is_empty():
        return []
    choices = _choices(workspace, company, baseline)
    known = baseline.known("offender")
    return [
        Question(
            kind=ACCESS,
            key=(company, str(person)),
            rows=rows,
            context="L03: restriction rows are held, and sign-off waits",
            choices=choices,
            personal=who(known.filter(pl.col("offender_id") == person)),
            persons=frozenset((str(person),)),
        )
        for person, rows in held.iter_rows()
    ]


def _held(workspace: Workspace, company: str, baseline: Batch) -> pl.DataFrame:
    """offender_id and number of rows held; rows of the baseline are named where the company sent none."""
    found = read_findings(workspace.stage_folder(company, PLAN)).filter(pl.col("rule") == "L03")
    if found.is_empty():
        return pl.DataFrame(schema={"offender_id": pl.Int64, "len": pl.UInt32})
    sides = [baseline.known(RESTRICTION), mapped_batch(workspace, company).cases(RESTRICTION)]
    rows = pl.concat(side.select(*ROW, "offender_id") for side in sides if side is not None)
    return rows.join(found.select(ROW), on=ROW, how="semi").group_by("offender_id").len().sort("offender_id")


def _choices(workspace: Workspace, company: str, baseline: Batch) -> tuple[Choice, ...]:
    """Who comes along first, then the company's regions, then everybody else's."""
    accounts = read_frame(workspace.stage_folder(company, PLAN) / "staff", "accounts")
    users = users_to_name(baseline, accounts)
    ranks = {region: rank for rank, region in enumerate(known_company(company).regions)}
    ranked = users.with_columns(
        pl.when(pl.col("area").is_null())
        .then(pl.lit(-1))
        .otherwise(pl.col("area").replace_strict(ranks, default=len(ranks), return_dtype=pl.Int64))
        .alias("rank")
    ).sort("rank", maintain_order=True)
    return tuple(
        Choice(user, f"{area or 'comes along'}, {officer}")
        for user, area, officer in ranked.select("user", "area", "officer").iter_rows()
    )
