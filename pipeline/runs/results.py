"""What a run keeps of what it came to, so that later runs can be held against it."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from extractors.base import scan_entity
from pipeline.graph import BY_NAME, COMPANY, ROAD
from pipeline.runs.folders import FINDINGS, NOT_CARRIED, RECONCILIATION, read_run, run_folder
from pipeline.runs.record import Run, Timing
from pipeline.runs.recorder import Recorder
from pipeline.runs.rows import ScanText, add_row_keys
from pipeline.storage.results import findings
from pipeline.storage.store import RUN, link_or_copy, read_manifest, write_frame
from pipeline.workspace import Workspace
from reports.atomic_write import atomic_write
from reports.data import Reconciliation
from reports.json_report import as_json
from vocabulary.batch import CARRIED
from vocabulary.companies import BASELINE_COMPANY

REPORTS = "reports"

ROW_SCHEMA = dict.fromkeys(
    ("company", "export", "entity", "source_file", "source_row", "row_outcome"), pl.String
)
"""A row that is not carried."""


def keep_results(recorder: Recorder, reconciliation: Reconciliation | None, *, with_reports: bool) -> None:
    """Complete the run's account with its timings and verdicts, and keep figures, findings, rows not carried
    and workbooks in its folder."""
    workspace = recorder.workspace
    recorder.run = replace(recorder.run, timings=timings(recorder))
    if reconciliation is None:
        return
    folder = run_folder(workspace, recorder.run.name)
    recorder.run = replace(
        recorder.run,
        verdict=reconciliation.verdict,
        verdicts={company.company: company.verdict for company in reconciliation.companies},
    )
    with atomic_write(folder / RECONCILIATION) as beside:
        beside.write_text(as_json(reconciliation), encoding="utf-8")
    keep_rows(workspace, reconciliation, recorder.run)
    if with_reports:
        _link_reports(workspace.reports, folder / REPORTS)


def keep_rows(workspace: Workspace, reconciliation: Reconciliation, run: Run) -> None:
    """FINDINGS and NOT_CARRIED in the folder of `run`: where its proofs stand from an earlier run of the same
    companies those of that one, which stood on the same."""
    folder = run_folder(workspace, run.name)
    if (earlier := _proved_by(workspace, reconciliation, run)) is not None:
        for name in (FINDINGS, NOT_CARRIED):
            link_or_copy(str(earlier / f"{name}.parquet"), str(folder / f"{name}.parquet"))
        return
    text = text_scanner(workspace)
    codes = [company.company for company in reconciliation.companies]
    write_frame(folder, FINDINGS, add_row_keys(findings(workspace), text))
    write_frame(folder, NOT_CARRIED, add_row_keys(rows_not_carried(workspace, codes), text))


def _proved_by(workspace: Workspace, reconciliation: Reconciliation, run: Run) -> Path | None:
    """The folder of the earlier run of the same companies whose proofs stand, with all that it kept."""
    proved = {company.run for company in reconciliation.companies}
    if len(proved) != 1 or run.name in proved:
        return None
    folder = run_folder(workspace, *proved)
    earlier = read_run(folder)
    is_whole = all((folder / f"{name}.parquet").is_file() for name in (FINDINGS, NOT_CARRIED))
    is_same = earlier is not None and earlier.companies == run.companies and earlier.cycle == run.cycle
    return folder if is_same and is_whole else None


def timings(recorder: Recorder) -> tuple[Timing, ...]:
    """How long each stage took that this run did, of each company and of all together; what stood from before
    took no time that says anything."""
    workspace = recorder.workspace
    rows = {code: _rows(workspace, code) for code in (*recorder.run.companies, BASELINE_COMPANY)}
    own = [
        Timing(code, stage, rows[code], float(account["seconds"]))
        for code in rows
        for stage in ROAD
        if BY_NAME[stage].scope == COMPANY
        and (account := _made_by(recorder.run.name, workspace.stage_folder(code, stage))) is not None
        and "seconds" in account
    ]
    every = sum(rows.values())
    return (*own, *(replace(one, rows=rows.get(one.company, every)) for one in recorder.timings))


def _rows(workspace: Workspace, code: str) -> int:
    received = read_manifest(workspace.stage_folder(code, "receive"))
    return int(received["rows"]) if received else 0


def _made_by(run: str, folder: Path) -> dict[str, Any] | None:
    account = read_manifest(folder)
    return account if account is not None and account.get(RUN) == run else None


def text_scanner(workspace: Workspace) -> ScanText:
    """Finds a text frame as extract kept it, unread."""

    def scan(company: str, export: str, entity: str) -> pl.LazyFrame | None:
        extracted = workspace.stage_folder(company, "extract") / export
        return scan_entity(extracted, entity) if (extracted / entity).is_dir() else None

    return scan


def rows_not_carried(workspace: Workspace, codes: Sequence[str]) -> pl.DataFrame:
    """ROW_SCHEMA of the rows of `codes` that are set aside or not in scope, as validate left them."""
    found = [pl.DataFrame(schema=ROW_SCHEMA)]
    for code in codes:
        outcomes = workspace.stage_folder(code, "validate") / "outcomes"
        for path in sorted(outcomes.rglob("*.parquet")):
            rows = pl.scan_parquet(path).filter(pl.col("row_outcome") != CARRIED).collect()
            told = rows.with_columns(
                pl.lit(code).alias("company"),
                pl.lit(path.parent.name).alias("export"),
                pl.lit(path.stem).alias("entity"),
            )
            found.append(told.select(pl.col(name).cast(pl.String) for name in ROW_SCHEMA))
    return pl.concat(found)


def _link_reports(reports: Path, folder: Path) -> None:
    """The workbooks under a second name: a later run writes new ones and never into these."""
    if reports.is_dir():
        shutil.copytree(reports, folder, copy_function=link_or_copy, dirs_exist_ok=True)
