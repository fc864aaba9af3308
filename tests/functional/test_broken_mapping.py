"""A mapping broken on purpose: validation refuses its rows; the database does when nobody validates."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from sample_runs import assert_clear, changed_tables, day1, dump_of

import pipeline.stages.plan
from mappings.writes.planning import Planned
from pipeline.failures import failure_of
from pipeline.run import run_stages
from pipeline.workspace import Workspace
from vocabulary.errors import ConfigError, TargetError

BROKEN = {
    "too long": ("UPW_PROJECT", "name", pl.lit("Sample" * 100)),
    "blank": ("OFFENDER", "surname", pl.lit(None, pl.String)),
    "not a value of the list": ("UPW_PROJECT", "is_selectable", pl.lit("X")),
    "nobody": ("UPW_ALLOCATION", "upw_project_id", pl.lit("999999999")),
    "dates turned round": ("RQMNT", "end_date", pl.lit("1999-12-31").str.to_date()),
}
"""Fault to table, word and what the broken mapping writes there."""
SEEN_BY_VALIDATION = ("too long", "blank", "not a value of the list")
"""Faults of single values. References and dates are compared with other rows and columns by the database."""

Break = Callable[[str], None]


@pytest.fixture(scope="module")
def before_validate(clean_run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean run whose gateway company has been taken out of the target again. Not to be changed."""
    root = Path(shutil.copytree(clean_run, tmp_path_factory.mktemp("before_validate") / "w"))
    assert day1(root, "undo", "--company", "C17").returncode == 0
    shutil.rmtree(root / "work/day-1/C17/plan")
    return root


@pytest.fixture
def workspace(before_validate: Path, tmp_path: Path) -> Workspace:
    """A workspace in which validate is next for the gateway company."""
    return Workspace.open(Path(shutil.copytree(before_validate, tmp_path / "w")), companies=("C17",))


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Breaks the mapping."""
    honest = pipeline.stages.plan.plan_company

    def break_it(fault: str) -> None:
        table, word, wrong = BROKEN[fault]

        def plan_wrongly(*args: Any) -> Planned:
            planned = honest(*args)
            rows = planned.plan.inserts[table].with_columns(wrong.alias(word))
            plan = replace(planned.plan, inserts=planned.plan.inserts | {table: rows})
            return replace(planned, plan=plan)

        monkeypatch.setattr(pipeline.stages.plan, "plan_company", plan_wrongly)

    return break_it


@pytest.mark.parametrize("fault", SEEN_BY_VALIDATION)
def test_validation_refuses_what_a_broken_mapping_makes(
    workspace: Workspace, broken: Break, fault: str
) -> None:
    broken(fault)
    run_stages(workspace, ("validate", "plan"))
    refused = failure_of(workspace, "C17")
    assert refused is not None
    assert (refused.stage, refused.exit_code) == ("plan", ConfigError.exit_code)
    assert BROKEN[fault][0] in refused.message
    assert "Zz" not in refused.message


@pytest.mark.parametrize("fault", sorted(BROKEN))
def test_the_database_refuses_it_when_validation_is_passed_by(
    workspace: Workspace, broken: Break, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    before = dump_of(workspace.root / "target.db")
    broken(fault)
    monkeypatch.setattr(pipeline.stages.plan, "require_schema", lambda _: None)
    run_stages(workspace, ("validate", "plan"))
    run_stages(workspace, ("load",))
    refused = failure_of(workspace, "C17")
    assert refused is not None
    assert refused.stage == "load"
    assert refused.exit_code in (TargetError.exit_code, ConfigError.exit_code)
    assert "Zz" not in refused.message
    assert changed_tables(before, dump_of(workspace.root / "target.db")) == []


def test_a_plan_that_was_refused_is_not_loaded(workspace: Workspace, broken: Break) -> None:
    broken("too long")
    run_stages(workspace, ("validate", "plan"))
    assert_clear(day1(workspace.root, "load", "--company", "C17"), ConfigError.exit_code)
