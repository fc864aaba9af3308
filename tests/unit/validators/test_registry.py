"""A rule function runs because it is defined: found by itself, for exports and facts that there are."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from mappings.case.context import CaseContext
from tests.spec.drawn_batch import batch_of, ndelius
from validators import registry
from validators import rules as home
from validators.registry import ASIDE, WARNING, RuleFunction, judge, judges, rule_functions
from vocabulary.companies import EXPORTS
from vocabulary.rules import catalogue

FUNCTIONS = rule_functions()
MODULES = sorted(path for path in Path(home.__path__[0]).glob("*.py"))
GIVEN = ("export", "batch", "baseline")

DROPPED = '''"""A rule file that nobody lists."""

from validators.registry import judges
from validators.rules.failing import findings_of


@judges("documents", rules="H01")
def no_document_is_right(batch):
    """Every document fails."""
    return [findings_of(batch.all("documents", "document"), "H01", "document")]
'''


def ids_in(path: Path) -> set[str]:
    """The rule ids that the code of a file names."""
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and node.value in catalogue()}


def declared_in(path: Path) -> set[str]:
    """The rule ids that the functions of a file are registered with."""
    own = [each for each in FUNCTIONS if each.function.__module__ == f"{home.__name__}.{path.stem}"]
    return {rule for each in own for rule in each.rules}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_rule_that_a_file_names_is_registered_by_its_functions(path: Path) -> None:
    assert ids_in(path) == declared_in(path)


@pytest.mark.parametrize("each", FUNCTIONS, ids=lambda each: f"{each.name} of {'+'.join(each.exports)}")
def test_what_a_rule_function_judges_and_needs_is_there(each: RuleFunction) -> None:
    assert set(each.exports) <= set(EXPORTS)
    assert [need for need in each.needs if need not in GIVEN and need not in vars(CaseContext)] == []


@pytest.mark.parametrize("export", EXPORTS)
def test_every_export_has_rules(export: str) -> None:
    assert [each.name for each in FUNCTIONS if export in each.exports] != []


@pytest.fixture
def dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A rule file beside ours, in no list; gone again afterwards."""
    (tmp_path / "dropped_in.py").write_text(DROPPED, "utf-8")
    monkeypatch.setattr(home, "__path__", [*home.__path__, str(tmp_path)])
    monkeypatch.setattr(registry, "_defined", [*registry._defined])
    rule_functions.cache_clear()
    yield "validators.rules.dropped_in.no_document_is_right"
    sys.modules.pop("validators.rules.dropped_in", None)
    rule_functions.cache_clear()


def test_a_file_that_is_dropped_in_runs(dropped: str) -> None:
    sound = {"case": "sound", "checksum": "a" * 64}
    batch = batch_of("C06", documents={"document": [sound]}, delius={})
    found = pl.concat(judge("documents", ASIDE, CaseContext(batch, ndelius())))
    assert dropped in [each.name for each in rule_functions()]
    assert found["rule"].to_list() == ["H01"]


def nothing(batch: object) -> list[pl.DataFrame]:  # noqa: ARG001
    """A rule function."""
    return []


@pytest.mark.parametrize(
    ("rules", "told"), [("Z99", "Z99"), ("", "rules.csv"), ("U04 U06", "set_aside"), ("M01", "info")]
)
def test_a_function_with_rules_that_cannot_run_together_is_refused_by_name(rules: str, told: str) -> None:
    with pytest.raises(ValueError, match=told) as refused:
        judges("upw", rules=rules)(nothing)
    assert "test_registry.nothing" in str(refused.value)


def test_the_order_is_not_the_one_of_imports() -> None:
    told = [each.function.__module__.rpartition(".")[2] for each in FUNCTIONS if "delius" in each.exports]
    assert list(dict.fromkeys(told)) == [
        "sentences", "components", "unpaid_work", "lengths", "liveness", "managers",
    ]  # fmt: skip
    assert {each.severity for each in FUNCTIONS} == {ASIDE, WARNING}
