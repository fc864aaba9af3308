"""Every rule of rules.csv is named by code, and code names no rule that rules.csv does not have."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from vocabulary.rules import catalogue

ROOT = Path(__file__).parents[2]
ROOMS = (
    "extractors",
    "lists",
    "mappings",
    "matching",
    "validators",
    "pipeline",
    "reconcile",
    "reports",
    "target",
    "cli",
)

NAMED_BY_NO_CODE = {
    "K02": "is the row account: file by file it closes or does not",
    "K03": "is the totals of minutes before and after",
    "K04": "is the totals of persons and components, and access per person and user, before and after",
}
"""Rules that no finding and no message has the id of, and why."""

LETTERS = "".join(sorted({rule[0] for rule in catalogue()}))
A_RULE = re.compile(rf"(?<![\w-])[{LETTERS}]\d\d(?!\w)")
"""A word of the form of a rule id."""


def named_in(text: str) -> set[str]:
    """Words of a Python text's strings that look like rule ids; docstrings tell, they do not count."""
    module = ast.parse(text)
    told = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    strings = [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    return {rule for string in strings for rule in A_RULE.findall(string)}


@cache
def named() -> dict[str, Path]:
    """Each rule that code names, and a file that does."""
    paths = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return {rule: path for path in paths for rule in named_in(path.read_text("utf-8"))}


@pytest.mark.parametrize("rule", catalogue())
def test_a_rule_of_the_catalogue_is_named_by_code(rule: str) -> None:
    assert (rule in named()) != (rule in NAMED_BY_NO_CODE), NAMED_BY_NO_CODE.get(rule, "no code names it")


def test_each_rule_that_code_names_is_in_the_catalogue() -> None:
    unknown = {rule: path for rule, path in named().items() if rule not in catalogue()}
    assert unknown == {}


def test_a_rule_that_only_a_docstring_tells_is_not_named() -> None:
    assert named_in('"""T08 is told."""\nRULE = "Z99 S04"\nAREA = "C17"\n') == {"S04"}
