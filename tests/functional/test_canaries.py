"""Canaries: every rule is fired by a planted row through the real stages; one that saw none fails by name."""

from typing import NamedTuple

import polars as pl
import pytest
from canary_deliveries import Planted, make_deliveries
from canary_demands import REFUSING, demanded, lines
from canary_refusals import REFUSALS

from pipeline.graph import COMMANDS, SOURCES, select_stages
from pipeline.run import run_stages
from pipeline.storage.batches import findings_until
from pipeline.workspace import Workspace
from samples.make import make
from vocabulary.companies import EXPORTS
from vocabulary.errors import Day1Error
from vocabulary.rules import catalogue

Fired = dict[str, set[str]]
"""Rule to the exports in which it has findings."""


class Run(NamedTuple):
    """What was planted, what was found, and why the run did not go through (blank when it did)."""

    planted: set[Planted]
    fired: Fired
    problem: str


DEMANDED = demanded()


def fired(workspace: Workspace) -> Fired:
    """What the stages of all companies found."""
    found = [findings_until(workspace, company, "reconcile") for company in workspace.company_codes]
    pairs = pl.concat(found).select("rule", "export").unique()
    seen: Fired = {rule: set() for rule in catalogue()}
    for rule, export in pairs.iter_rows():
        seen[rule].add(export)
    return seen


def silent(seen: Fired, export: str) -> list[str]:
    """The rules that must have a finding in `export` and have none."""
    return [rule for rule, exports in DEMANDED.items() if export in exports and export not in seen[rule]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The deliveries with canaries, through the stages before the target.

    A rule that is switched off lets rows through that cannot be planned: it is to be named all the same.
    """
    root = tmp_path_factory.mktemp("canaries")
    planted = make_deliveries(root / "deliveries")
    workspace = Workspace.open(root)
    problem = ""
    try:
        run_stages(workspace, select_stages(COMMANDS, SOURCES))
    except Day1Error as error:
        problem = str(error)
    return Run(planted, fired(workspace), problem)


@pytest.fixture(scope="module")
def seen(run: Run) -> Fired:
    """What was found."""
    return run.fired


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Company to the rules that refuse its delivery."""
    root = tmp_path_factory.mktemp("refused")
    companies = [company for company, _ in REFUSALS.values()]
    make(root / "deliveries", companies=companies, people=12)
    for company, damage in REFUSALS.values():
        damage(root / "deliveries" / "day-1" / company)
    workspace = Workspace.open(root)
    run_stages(workspace, ["receive"])
    found = {company: findings_until(workspace, company, "receive") for company in companies}
    return {company: set(rows.filter(severity="block")["rule"]) for company, rows in found.items()}


@pytest.mark.parametrize("rule", [rule for rule, exports in DEMANDED.items() if exports])
def test_a_rule_is_fired_in_every_export_it_concerns(seen: Fired, rule: str) -> None:
    assert sorted(DEMANDED[rule] - seen[rule]) == []


@pytest.mark.parametrize("export", EXPORTS)
def test_every_rule_of_an_export_is_fired(seen: Fired, export: str) -> None:
    assert silent(seen, export) == []


@pytest.mark.parametrize("rule", REFUSING)
def test_a_refusing_rule_refuses_a_delivery(refused: dict[str, set[str]], rule: str) -> None:
    assert rule in refused[REFUSALS[rule][0]]


def test_what_the_rules_let_through_can_be_planned(run: Run) -> None:
    assert run.problem == ""


def test_what_is_planted_is_demanded(run: Run) -> None:
    """A rule function that no longer names an export would otherwise take its demand along."""
    unasked = {(rule, export) for rule, export in run.planted if export not in DEMANDED.get(rule, ())}
    assert sorted(unasked) == []


def test_no_rule_of_the_catalogue_is_passed_over_in_silence() -> None:
    assert sorted({*catalogue()} ^ {*DEMANDED, *REFUSING}) == []
    assert [rule for rule, exports, why in lines() if exports == "" and not why] == []


def test_an_export_that_is_not_reached_is_named_with_its_rules(seen: Fired) -> None:
    lost = {rule: exports - {"eoc"} for rule, exports in seen.items()}
    assert {"B02", "B04", "B06"} <= set(silent(lost, "eoc"))
    assert silent(lost, "justice_star") == silent(seen, "justice_star")
