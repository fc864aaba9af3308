"""Nothing stands in code or tables that nobody reads: names of modules, columns of our CSV files.

Words are looked for, not what is done with them: a column hides whose word something else is called by.
"""

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = (
    "cli", "pipeline", "vocabulary", "extractors", "lists", "mappings", "matching",
    "reconcile", "validators", "target", "reports", "samples", "pseudonyms",
)  # fmt: skip
FILES = sorted(path for room in (*ROOMS, "tests", "bench") for path in (ROOT / room).rglob("*.py"))
TABLES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.csv"))
NAMES = [str(path.relative_to(ROOT)) for path in TABLES]

ABOUT_THE_LINE = {"note", "source", "certainty"}
"""Columns for whoever reads the file: where a line is from, and what is odd about it."""

NOT_BY_NAME = {
    "vocabulary/bank_holidays.csv": {"name"},  # for whoever reads the file, too
    "target/dictionary/later.csv": {"since"},
    "validators/tables.csv": {"entity", "table"},  # read as pairs
}


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"))


def module_name(path: Path) -> str:
    """How other modules import it."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports(path: Path) -> dict[str, set[str]]:
    """Module to the names that `path` takes from it; of a module that is taken whole, none."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.setdefault(node.module, set()).update(alias.name for alias in node.names)
            for alias in node.names:
                found.setdefault(f"{node.module}.{alias.name}", set())
    return found


@cache
def said(path: Path) -> frozenset[str]:
    """Words of the file's code by which it may mean a column or a table."""
    words: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
        elif isinstance(node, ast.keyword) and node.arg:
            words.add(node.arg)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
    return frozenset(words)


@cache
def beginnings_and_ends(path: Path) -> frozenset[str]:
    """What an f-string puts before or behind a word: `_team` of `{kind}_team`."""
    found = (node for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr))
    parts = {str(one.value) for node in found for one in node.values if isinstance(one, ast.Constant)}
    return frozenset(part for part in parts if re.fullmatch(r"_\w+|\w+_", part))


@cache
def readers(table: Path) -> list[Path]:
    """Modules that name the table, or by its stem or folder make its name up, or that import one of those."""
    room, made_up = table.parts[len(ROOT.parts)], {table.stem, table.parent.name}
    own = [
        path
        for path in FILES
        if table.name in said(path) or (path.parts[len(ROOT.parts)] == room and made_up & said(path))
    ]
    names = {module_name(path) for path in own}
    return [*own, *(path for path in FILES if names & imports(path).keys())]


@cache
def words_of_records() -> set[str]:
    """Words that target/records/*.csv say a column is filled from: of tables of the dictionary, too."""
    lines = [line for path in (ROOT / "target/records").glob("*.csv") for line in rows(path)]
    return {line["source"] for line in lines}


def rows(path: Path) -> list[dict[str, str]]:
    """The lines of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unread(table: Path, columns: list[str]) -> list[str]:
    """Those of `columns` that no reader of the table names."""
    scopes = {line[word] for line in rows(ROOT / "vocabulary/companies.csv") for word in ("company", "owner")}
    known = scopes | ABOUT_THE_LINE | NOT_BY_NAME.get(str(table.relative_to(ROOT)), set())
    if "dictionary" in table.parts:
        known |= words_of_records()
    parts: set[str] = set()
    for path in readers(table):
        known |= said(path)
        parts |= beginnings_and_ends(path)
    return [
        column
        for column in columns
        if column not in known and not any(column.startswith(one) or column.endswith(one) for one in parts)
    ]


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_every_column_of_a_table_is_read(table: Path) -> None:
    with table.open(encoding="utf-8", newline="") as file:
        assert unread(table, next(csv.reader(file))) == []


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_a_planted_column_is_found(table: Path) -> None:
    assert unread(table, ["planted column"]) == ["planted column"]


@cache
def asked_of_modules() -> frozenset[str]:
    """Names behind a dot anywhere: `rules.setting_aside`."""
    nodes = (node for path in FILES for node in ast.walk(tree(path)))
    return frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute))


@cache
def taken() -> frozenset[tuple[str, str]]:
    """Module and name of everything that is imported; tests import their neighbours without a folder."""
    return frozenset(
        (module, name) for path in FILES for module, names in imports(path).items() for name in names
    )


def unused(path: Path) -> list[str]:
    """Names of the module that neither it nor another uses. What is decorated, or pytest calls, is used."""
    found: list[str] = []
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            found.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            stored = (one for one in ast.walk(node) if isinstance(one, ast.Name))
            found += [one.id for one in stored if isinstance(one.ctx, ast.Store)]
    own = {
        node.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    return [
        name
        for name in found
        if name not in own | asked_of_modules() | {"pytestmark", "__all__", "_"}
        and not name.startswith("test_")
        and not {(module_name(path), name), (path.stem, name)} & taken()
    ]


def test_every_name_of_a_module_is_used() -> None:
    assert {str(path.relative_to(ROOT)): names for path in FILES if (names := unused(path))} == {}


def test_a_planted_name_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_unused.ROOT", tmp_path)
    planted = tmp_path / "planted.py"
    planted.write_text("ALONE = 1\nREAD = 2\n\n\ndef test_this() -> None:\n    assert READ\n", "utf-8")
    assert unused(planted) == ["ALONE"]
