"""One cycle or run held against another: findings new, fixed and persisting, and the rows behind figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.runs.deliveries import changed_deliveries
from pipeline.runs.folders import FINDINGS, NOT_CARRIED, RECONCILIATION, find_run, run_folder, runs_of
from pipeline.runs.record import Run
from pipeline.runs.rows import ROW, ROW_KEY
from pipeline.storage.results import company_of
from pipeline.storage.store import read_frame, read_json
from pipeline.workspace import Workspace
from reports.data import CompanyReconciliation
from vocabulary.companies import BASELINE_COMPANY
from vocabulary.errors import ConfigError, UsageError

NEW, FIXED, PERSISTING = "new", "fixed", "persisting"
WHOSE = ["company", "export", "entity"]
SIDES = ("before", "after")
ELSEWHERE = "carried or not delivered"
"""What a row is on a side that does not list it among those it did not carry."""


@dataclass(frozen=True)
class Side:
    """What is compared: `name` as it was asked for, and of each company the run whose results count."""

    name: str
    runs: dict[str, Run]

    @property
    def seconds_by_stage(self) -> dict[str, float]:
        """How long each stage took, over all companies: of each company in its own run, of a stage that looks
        at all of them in the newest run that did it."""
        found: dict[str, float] = {}
        together: dict[str, float] = {}
        for run in sorted(set(self.runs.values()), key=lambda run: run.number):
            for one in run.timings:
                if not one.company:
                    together[one.stage] = one.seconds
                elif self.runs.get(one.company, run) is run:
                    found[one.stage] = round(found.get(one.stage, 0) + one.seconds, 3)
        return found | together

    @property
    def newest(self) -> Run:
        """The newest of them."""
        return max(self.runs.values(), key=lambda run: run.number)


@dataclass(frozen=True)
class Comparison:
    """`findings`: every finding of either side, with `state` and the place of its row before and after.

    `outcomes`: rows that are carried on one side alone, or set aside for out of scope. `deliveries`: rows
    that are not delivered on both sides, or not alike (pipeline.runs.deliveries). `figures`: each side's
    figures of the companies that both have. `one_sided`: companies that only one has, and which.
    """

    before: Side
    after: Side
    findings: pl.DataFrame
    outcomes: pl.DataFrame
    deliveries: pl.DataFrame
    figures: tuple[list[CompanyReconciliation], list[CompanyReconciliation]]
    one_sided: dict[str, str]


def find_side(workspace: Workspace, wanted: str) -> Side:
    """The results of a run (its number or name), or of a cycle: of each company the newest.

    Raises:
        ConfigError: no such run or cycle has been reconciled.
    """
    of_cycle = [run for run in runs_of(workspace) if run.cycle == wanted]
    runs = of_cycle or [find_run(workspace, wanted)]
    newest: dict[str, Run] = {}
    for run in runs:
        if not run.is_dry or not of_cycle:
            for company in run.verdicts:
                newest.setdefault(company, run)
    if not newest:
        raise ConfigError(f"{wanted} has not been reconciled here. `day1 runs` lists what has.")
    return Side(wanted, dict(sorted(newest.items())))


def compare(workspace: Workspace, before: str, after: str) -> Comparison:
    """`before` against `after`, each a cycle or a run, over the companies that both have.

    Raises:
        ConfigError: one of them has no results here. UsageError: they are one.
    """
    if before == after:
        raise UsageError(f"{before} is named twice. Name two cycles or runs; `day1 runs` lists them.")
    sides = find_side(workspace, before), find_side(workspace, after)
    chosen = workspace.chosen or tuple(sides[0].runs)
    both = [code for code in sides[0].runs if code in sides[1].runs and code in chosen]
    findings = [_rows(workspace, side, [*both, BASELINE_COMPANY], FINDINGS) for side in sides]
    outcomes = [_rows(workspace, side, both, NOT_CARRIED) for side in sides]
    earlier, later = (workspace.of_cycle(side.newest.cycle) for side in sides)
    return Comparison(
        *sides,
        findings=_changed_findings(*findings),
        outcomes=_changed_outcomes(*outcomes),
        deliveries=changed_deliveries(earlier, later, both),
        figures=(_figures(workspace, sides[0], both), _figures(workspace, sides[1], both)),
        one_sided={
            code: side.name
            for side, other in (sides, sides[::-1])
            for code in side.runs
            if code not in other.runs and code in (workspace.chosen or side.runs)
        },
    )


def _figures(workspace: Workspace, side: Side, codes: Sequence[str]) -> list[CompanyReconciliation]:
    """The figures of each company as its run kept them."""
    found = []
    for code in codes:
        path = run_folder(workspace, side.runs[code].name) / RECONCILIATION
        companies = (read_json(path) or {"companies": []})["companies"]
        found += [company_of(one) for one in companies if one["company"] == code]
    return found


def _rows(workspace: Workspace, side: Side, codes: Sequence[str], name: str) -> pl.DataFrame:
    """The frame `name` of the runs of `codes`; of the baseline that of the newest run."""
    runs = {code: side.runs.get(code, side.newest) for code in codes}
    frames = [
        read_frame(run_folder(workspace, run.name), name).filter(pl.col("company") == code)
        for code, run in runs.items()
    ]
    return pl.concat(frames)


def _changed_findings(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """A finding is the same where company, entity, rule and record are; of several of one record as many."""
    same = [*WHOSE, "rule", "severity", ROW_KEY]
    state = (
        pl.when(pl.col("after_source_file").is_null())
        .then(pl.lit(FIXED))
        .when(pl.col("before_source_file").is_null())
        .then(pl.lit(NEW))
        .otherwise(pl.lit(PERSISTING))
    )
    both = _side_by_side(before, after, same, [*ROW, "column"])
    return both.select(state.alias("state"), pl.all()).drop(ROW_KEY).sort("state", *WHOSE, "rule")


def _changed_outcomes(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Rows that are not carried on one side, or not for the same reason."""
    both = _side_by_side(before, after, [*WHOSE, ROW_KEY], [*ROW, "row_outcome"])
    sides = [f"{side}_row_outcome" for side in SIDES]
    told = both.with_columns(pl.col(name).fill_null(ELSEWHERE) for name in sides)
    return told.filter(pl.col(sides[0]) != pl.col(sides[1])).drop(ROW_KEY).sort(*WHOSE, *sides)


def _side_by_side(
    before: pl.DataFrame, after: pl.DataFrame, same: list[str], told: list[str]
) -> pl.DataFrame:
    """The rows of both sides that are equal in `same`, the first with the first, the second with the second;
    `told` of either under a name of its own, null where it has none."""
    numbered = [
        rows.select(
            *same,
            pl.int_range(pl.len()).over(same).alias("_nth"),
            *(pl.col(name).alias(f"{side}_{name}") for name in told),
        )
        for side, rows in zip(SIDES, (before, after), strict=True)
    ]
    return (
        numbered[0]
        .join(numbered[1], on=[*same, "_nth"], how="full", coalesce=True, nulls_equal=True)
        .drop("_nth")
    )
