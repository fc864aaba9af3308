"""Every question that waits for an operator, gathered from what the last run left."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cache

import polars as pl

from mappings.parsing.code_lists import all_reference_codes
from pipeline.decisions.access import access_questions
from pipeline.decisions.across import across_questions
from pipeline.decisions.codes import code_questions
from pipeline.decisions.files import decided
from pipeline.decisions.interventions import activity_questions, programme_questions
from pipeline.decisions.persons import match_questions, region_questions
from pipeline.decisions.places import staff_questions, team_questions
from pipeline.decisions.sessions import session_questions
from pipeline.failures import is_stopped
from pipeline.stages.plan import PLAN, is_judged
from pipeline.stages.source_stages import inputs
from pipeline.storage.batches import baseline_batch
from pipeline.storage.fingerprint import fingerprint
from pipeline.storage.store import read_manifest
from pipeline.target import target_exists
from pipeline.workspace import Workspace
from reports.decisions.question import Question, ranked
from target.database import connect, transaction
from target.reference_data.choices import CHOICE_SCHEMA, choices_held, choices_of_sample
from target.schema.record import plain_list_name, reference_lists
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.decisions import KINDS
from vocabulary.errors import ConfigError

NATIONAL = ("offender", "restriction", "team", "staff", "staff_team", "user")
"""Entities of the baseline that questions name persons, teams and users from."""

RECEIVE = "receive"


def unanswered(workspace: Workspace) -> list[Question]:
    """The questions of the workspace's companies that nobody has answered yet, or whose answer cannot be
    followed."""
    answers = {kind: set(decided(workspace, kind).select(KINDS[kind].key).iter_rows()) for kind in KINDS}
    return [one for one in asked(workspace) if one.is_again or one.key not in answers[one.kind]]


def asked(workspace: Workspace) -> list[Question]:
    """All questions of the last run, answered since or not; most rows first within their kind.

    Raises:
        ConfigError: the run is not complete, or its deliveries have changed since.
    """
    companies = _asked(workspace)
    for company in companies:
        _require_current(workspace, company)
    nation = baseline_batch(workspace, NATIONAL)
    with ExitStack() as stack:
        found = code_questions(workspace, companies, _choices_of(workspace, stack))
    found += across_questions(workspace, companies)
    for company in companies:
        found += match_questions(workspace, company, nation)
        found += region_questions(workspace, company, nation)
        found += team_questions(workspace, company, nation)
        found += staff_questions(workspace, company)
        found += session_questions(workspace, company)
        found += access_questions(workspace, company, nation)
        found += activity_questions(workspace, company)
        found += programme_questions(workspace, company)
    places = list(KINDS)
    return sorted(ranked(found), key=lambda question: places.index(question.kind))


def data_fingerprint(workspace: Workspace) -> str:
    """What the questions are made from: deliveries, baseline, our program with its lists, the threshold.

    Answers are no part of it: two people may work on two workbooks of one run.
    """
    codes = _asked(workspace)
    parts = [inputs(workspace, code, RECEIVE) for code in (BASELINE_COMPANY, *codes)]
    return fingerprint(workspace.cycle, *codes, *parts, str(workspace.settings.assign_min))


def _asked(workspace: Workspace) -> list[str]:
    """The companies that have been judged and that nothing has stopped since."""
    codes = workspace.company_codes
    return [code for code in codes if is_judged(workspace, code) and not is_stopped(workspace, code, PLAN)]


def _require_current(workspace: Workspace, company: str) -> None:
    received = read_manifest(workspace.stage_folder(company, RECEIVE))
    if read_manifest(workspace.stage_folder(company, PLAN)) is None:
        raise ConfigError(f"{company}: stage {PLAN} has not run in {workspace.cycle}. Use `day1 run`.")
    if received is None or received["inputs"] != inputs(workspace, company, RECEIVE):
        raise ConfigError(
            f"{company}: the delivery or the program has changed since the last run. Use `day1 run` first."
        )


def _choices_of(workspace: Workspace, stack: ExitStack) -> Callable[[str], pl.DataFrame]:
    """The lists of the target where it stands, else of the sample it would be made with."""
    sample = all_reference_codes().select(pl.col("target_list").alias("list_name"), "code", "description")
    held = (
        stack.enter_context(transaction(connect(workspace.target_url), dry_run=True))
        if target_exists(workspace)
        else None
    )

    @cache
    def choices(list_name: str) -> pl.DataFrame:
        if plain_list_name(list_name) not in reference_lists():
            return pl.DataFrame(schema=CHOICE_SCHEMA)  # values that steer the toolkit, no list of the target
        return choices_of_sample(list_name, sample) if held is None else choices_held(held, list_name)

    return choices
