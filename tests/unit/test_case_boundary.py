"""After match nothing knows which case system a row came from but those who must (docs/architecture.md)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AFTER_MATCH = ("mappings", "lists", "validators", "pipeline", "target", "reports")
MODULES = sorted(path.relative_to(ROOT) for room in AFTER_MATCH for path in (ROOT / room).rglob("*.py"))

MUST_KNOW = {
    "mappings/parsing": "text and codes of one export, before match",
    "mappings/case": "makes the case model of both systems",
    "mappings/allocation/routing_gaps.py": "looks at a delivery before it is matched",
    "mappings/basis.py": "marks lines of the code lists, which have scopes",
    "mappings/registry.py": "says in which order exports stand in the plan",
    "validators/references.py": "settles outcomes along the keys of each export",
    "validators/rules/programmes.py": "says what a company with a case system of its own may leave blank",
    "validators/spg_places.py": "judges records of a company's own case system",
    "pipeline/cases/told.py": "tells what match said of each system's persons",
    "pipeline/decisions/persons.py": "asks what match could not answer",
    "pipeline/figures/company_rows.py": "says which rows of nDelius a company must deliver",
    "pipeline/profile.py": "looks at a delivery before it is matched",
    "pipeline/stages/across.py": "compares what match found, before the rules",
    "pipeline/stages/alike.py": "compares the new persons that match found",
    "pipeline/stages/agreement.py": "compares a delivery with the baseline as text",
    "pipeline/stages/baseline.py": "makes the baseline",
    "pipeline/stages/company_data.py": "asks what a company is to deliver",
    "pipeline/stages/map_entity.py": "stands before match",
    "pipeline/stages/map.py": "reads what stands before match",
    "pipeline/stages/match.py": "is match",
    "pipeline/stages/weigh.py": "gives match the two sides of a comparison",
    "pipeline/storage/baseline_share.py": "reads the baseline for match",
    "pipeline/stages/prove.py": "hands the sources to the proofs",
    "pipeline/storage/batches.py": "reads what match left behind",
    "pipeline/storage/ndelius_codes.py": "reads codes of the baseline for map",
}
"""Module or folder to why it tells a company's own case system from nDelius; all others ask the case model.
A rule of validators/rules may besides name the exports that it is registered for."""

CONSTANTS = {"NDELIUS", "OWN_SYSTEM", "CASE_SYSTEMS"}
NAMES = re.compile(r"\b(?:spg|delius)\b")


def code_of(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse((ROOT / path).read_text("utf-8"))


def texts_in(node: ast.AST) -> list[ast.Constant]:
    """The texts below `node`."""
    found = [one for one in ast.walk(node) if isinstance(one, ast.Constant)]
    return [one for one in found if isinstance(one.value, str)]


def declared_texts(module: ast.Module) -> list[ast.Constant]:
    """The texts in decorators: whose rows a function speaks of."""
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    return [text for one in functions for decorator in one.decorator_list for text in texts_in(decorator)]


def named_systems(module: ast.Module) -> list[str]:
    """Where the code tells one case system from the other: its name in a text, the constant of it, the
    question whether a company has one of its own.

    What a docstring tells is no code, and what a decorator names a declaration.
    """
    told = [text for node in ast.walk(module) if isinstance(node, ast.Expr) for text in [node.value]]
    apart = {id(text) for text in [*told, *declared_texts(module)]}
    found = [name for text in texts_in(module) if id(text) not in apart for name in NAMES.findall(text.value)]
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "vocabulary.source":
            found += [alias.name for alias in node.names if alias.name in CONSTANTS]
        elif isinstance(node, ast.Attribute) and node.attr == "has_own_system":
            found.append(node.attr)
    return found


def reason(path: Path) -> str | None:
    """The entry of MUST_KNOW that speaks of the module."""
    return next((str(place) for place in (path, *path.parents) if str(place) in MUST_KNOW), None)


@pytest.mark.parametrize("path", [path for path in MODULES if reason(path) is None], ids=str)
def test_a_module_after_match_names_no_case_system(path: Path) -> None:
    module = code_of(path)
    is_rule = path.is_relative_to("validators/rules")
    declared = {text.value for text in declared_texts(module)} if is_rule else set()
    assert {*named_systems(module)} - declared == set()


@pytest.mark.parametrize("entry", MUST_KNOW)
def test_an_exception_is_one(entry: str) -> None:
    modules = [path for path in MODULES if reason(path) == entry]
    assert any(named_systems(code_of(path)) for path in modules)


@pytest.mark.parametrize(
    "line",
    [
        'rows = batch.carried("spg", "event")',
        'folder = f"{root}/delius"',
        "from vocabulary.source import NDELIUS, parts",
        "if case.batch.has_own_system:\n    pass",
        'def late():\n    """Told."""\n    return batch.has("spg")',
    ],
)
def test_a_planted_case_system_is_found(line: str) -> None:
    assert len(named_systems(ast.parse(line))) == 1


def test_whose_rows_a_function_speaks_of_is_a_declaration() -> None:
    declared = (
        '@writes("spg", tables="NSI")\ndef new(model):\n    """Of spg."""\n    return model.added("nsi")'
    )
    assert named_systems(ast.parse(declared)) == []
