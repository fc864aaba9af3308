"""Writes docs/rules.md: every rule, and the drawn tables that say what it means.

The tables are the tests' own, so that the page shows nothing that is not tested.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from vocabulary.rules import catalogue

HERE = Path(__file__).parent
RULE = re.compile(r"\b[A-Z]\d\d\b")
HEAD = """# The rules, and the tables they are tested by

Written by `make docs` from `vocabulary/rules.csv` and the drawn tables of `tests/spec`; a test fails when
it is out of date. A table is the test itself: each line is a case, the column of rules says which fail
(blank: none), other columns what comes of it. People are invented.
"""


@dataclass(frozen=True)
class Drawn:
    """A table: the test file it stands in, its name there, its cases, and the rules that they are about."""

    file: str
    name: str
    cases: list[dict[str, str]]
    rules: frozenset[str]

    @property
    def anchor(self) -> str:
        """What a link to it names."""
        return f"{self.file}-{self.name}".lower().replace("_", "-")


def drawn_tables() -> list[Drawn]:
    """Every table that a spec test is drawn as and that is about a rule, by file."""
    return [table for path in sorted(HERE.glob("test_*.py")) for table in _of_file(path) if table.rules]


def _of_file(path: Path) -> Iterator[Drawn]:
    tree = ast.parse(path.read_text("utf-8"))
    about = _rules_by_name(tree)
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _is_drawn(node.value):
            name = node.targets[0].id
            cases: list[dict[str, str]] = getattr(import_module(path.stem), name)
            told = {rule for case in cases for cell in case.values() for rule in RULE.findall(cell)}
            rules = frozenset(told or about.get(name, set())) & catalogue().keys()
            yield Drawn(path.stem, name, cases, rules)


def _rules_by_name(tree: ast.Module) -> dict[str, set[str]]:
    """Name to the rules that functions using it name, in their own name or in their text."""
    found: dict[str, set[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            text = ast.unparse(node)
            rules = {
                *RULE.findall(text),
                *(one.upper() for one in re.findall(r"_([a-z]\d\d)(?=_)", node.name)),
            }
            for used in ast.walk(node):
                if isinstance(used, ast.Name):
                    found.setdefault(used.id, set()).update(rules)
    return found


def _is_drawn(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "drawn"


def page() -> str:
    """The whole page."""
    tables = drawn_tables()
    return "\n".join([HEAD, *_catalogue(tables), "", *_sections(tables)])


def _catalogue(tables: list[Drawn]) -> Iterator[str]:
    yield "| rule | then | of | says | what to do | tables | source |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for rule in catalogue().values():
        own = [f"[{place}](#{table.anchor})" for place, table in enumerate(_about(rule.id, tables), start=1)]
        said = (rule.id, rule.severity, rule.entity, rule.statement, rule.what_to_do)
        cells = (*said, " ".join(own), rule.source or "")
        yield f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _about(rule: str, tables: list[Drawn]) -> list[Drawn]:
    return [table for table in tables if rule in table.rules]


def _sections(tables: list[Drawn]) -> Iterator[str]:
    for file in dict.fromkeys(table.file for table in tables):
        docstring = ast.get_docstring(ast.parse((HERE / f"{file}.py").read_text("utf-8"))) or ""
        yield f"## {docstring.splitlines()[0].rstrip('.')}"
        yield ""
        for table in (one for one in tables if one.file == file):
            yield f'<a id="{table.anchor}"></a>'
            yield f"**{table.name.replace('_', ' ').capitalize()}**: {', '.join(sorted(table.rules))}"
            yield ""
            yield f"| {' | '.join(_cell(name) for name in table.cases[0])} |"
            yield f"|{' --- |' * len(table.cases[0])}"
            for case in table.cases:
                yield f"| {' | '.join(_cell(cell) for cell in case.values())} |"
            yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
