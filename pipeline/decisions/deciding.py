"""`decisions import`: answers of workbooks become decisions/<kind>.csv, all of them together or none."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from extractors.readers.returned_book import check_returned
from mappings.staff.decisions import ANSWER_OF, DECISION_SCHEMA
from pipeline.decisions.files import ANSWER, decided, path_of, read_lines
from pipeline.decisions.judge import TAKEN, Key, Line, PersonOf, judge
from pipeline.decisions.questions import asked, data_fingerprint
from pipeline.decisions.write import write_all
from pipeline.storage.batches import baseline_batch
from pipeline.workspace import Workspace
from reports.decisions.question import Question
from reports.decisions.read import Returned, read_decisions
from vocabulary.decisions import KINDS, SIGNED, STAFF
from vocabulary.errors import ConfigError


def import_decisions(workspace: Workspace, files: Sequence[Path], today: dt.date) -> list[Line]:
    """Take the answers of `files`; gives what became of each, in the order of files, sheets and rows.

    To import twice changes nothing. Lines that are already there stay as they are.

    Raises:
        DeliveryError: a file is beyond its limits. UsageError: it is no workbook of ours.
        ConfigError: a workbook is stale or not as it was sealed; nothing of any file is taken then.
    """
    for file in files:
        check_returned(file, workspace.settings.limits)
    returned = [read_decisions(file) for file in files]
    for one in returned:
        _require_fresh(workspace, one)
    companies = tuple(sorted({code for one in returned for code in one.seal.companies}))
    questions = {(one.kind, one.key): one for one in asked(replace(workspace, chosen=companies))}
    given = [answer for one in returned for answer in one.answers]
    lines = judge(given, questions, _held(workspace, questions), _persons(workspace), today)
    _keep(workspace, [line for line in lines if line.outcome == TAKEN])
    return lines


def _require_fresh(workspace: Workspace, returned: Returned) -> None:
    seal = returned.seal
    if seal.cycle != workspace.cycle:
        raise ConfigError(
            f"{returned.file} asks about cycle {seal.cycle}, this is {workspace.cycle}. Give --cycle, or "
            "fill in a workbook of this cycle."
        )
    if seal.data != data_fingerprint(replace(workspace, chosen=seal.companies)):
        raise ConfigError(
            f"{returned.file} is stale: a delivery, the baseline, our lists or the program have changed "
            "since it was written. Nothing was taken. Run `day1 run` and export the workbook again."
        )


def _held(workspace: Workspace, questions: Mapping[Key, Question]) -> dict[Key, str]:
    """The answers that count already; one that cannot be followed gives way to another."""
    found = {
        (kind, tuple(line[name] for name in KINDS[kind].key)): line[ANSWER]
        for kind in KINDS
        for line in decided(workspace, kind).iter_rows(named=True)
    }
    return {
        key: answer for key, answer in found.items() if key not in questions or not questions[key].is_again
    }


def _persons(workspace: Workspace) -> PersonOf:
    """Looks persons of the baseline up who are not deleted."""
    offenders = baseline_batch(workspace, ("offender",)).known("offender")
    live = offenders.filter(~pl.col("is_deleted").fill_null(False))
    ids = live["offender_id"].cast(pl.String)
    known = dict(zip(live["crn"], ids, strict=True)) | dict(zip(ids, ids, strict=True))
    return known.get


def _keep(workspace: Workspace, taken: Sequence[Line]) -> None:
    texts = {}
    for kind in KINDS:
        new = [line for line in taken if line.given.kind == kind]
        if new:
            texts[path_of(workspace, kind).name] = _with(read_lines(workspace, kind), kind, new)
    if texts:
        write_all(workspace.decisions, texts)


def _with(lines: pl.DataFrame, kind: str, new: Sequence[Line]) -> str:
    """The file with `new` in it, sorted; a line without answer gives way to its answer."""
    key = list(KINDS[kind].key)
    added = pl.DataFrame([_record(line) for line in new], infer_schema_length=None).unique(key, keep="first")
    before = lines.join(added, on=key, how="anti")
    columns = lines.columns or added.columns
    whole = pl.concat([before, added], how="diagonal_relaxed")
    return whole.select(*columns, pl.exclude(columns)).sort(key, maintain_order=True).write_csv()


def _record(line: Line) -> dict[str, str | None]:
    given = line.given
    key = dict(zip(KINDS[given.kind].key, given.key, strict=True))
    signed = dict(zip(SIGNED, (given.who, given.when, given.reason), strict=True))
    if given.kind != STAFF:
        return {**key, ANSWER: given.answer, **signed}
    blanks: dict[str, str | None] = dict.fromkeys(("company", *DECISION_SCHEMA))
    return {**blanks, **key, ANSWER_OF[key["decision"]]: given.answer, **signed}
