"""Canaries: every rule is fired by a planted row through the real stages; one that saw none fails by name."""

import polars as pl
import pytest
from canary_deliveries import Planted, make_deliveries
from canary_demands import REFUSING, demanded, lines
from canary_refusals import REFUSALS

from pipeline.batches import findings_until
from pipeline.run import run_stages
from pipeline.run_sources import SOURCE_STAGES
from pipeline.workspace import Workspace
from samples.make import make
from vocabulary.companies import EXPORTS
from vocabulary.rules import catalogue

Fired = dict[str, set[str]]
"""Rule to the exports in which it has findings."""

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
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[Planted], Fired]:
    """What was planted in the deliveries, and what the stages before the target found in them."""
    root = tmp_path_factory.mktemp("canaries")
    planted = make_deliveries(root / "deliveries")
    workspace = Workspace.open(root)
    run_stages(workspace, list(SOURCE_STAGES))
    return planted, fired(workspace)


@pytest.fixture(scope="module")
def seen(run: tuple[set[Planted], Fired]) -> Fired:
    """What was found."""
    return run[1]


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


def test_what_is_planted_is_demanded(run: tuple[set[Planted], Fired]) -> None:
    """A rule function that no longer names an export would otherwise take its demand along."""
    unasked = {(rule, export) for rule, export in run[0] if export not in DEMANDED.get(rule, ())}
    assert sorted(unasked) == []


def test_no_rule_of_the_catalogue_is_passed_over_in_silence() -> None:
    assert sorted(catalogue()) == sorted({*DEMANDED, *REFUSING})
    assert [rule for rule, exports, why in lines() if exports == "" and not why] == []


def test_an_export_that_is_not_reached_is_named_with_its_rules(seen: Fired) -> None:
    lost = {rule: exports - {"eoc"} for rule, exports in seen.items()}
    assert {"B02", "B04", "B06"} <= set(silent(lost, "eoc"))
    assert silent(lost, "justice_star") == silent(seen, "justice_star")
