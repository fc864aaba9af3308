"""The rules of the house, held with `ast`: who imports whom, sizes, and what no Python may name."""

import ast
import csv
import re
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = (
    "cli", "pipeline", "vocabulary", "extractors", "lists", "mappings", "matching",
    "reconcile", "validators", "target", "reports", "samples", "pseudonyms",
)  # fmt: skip
MAY_IMPORT = {
    "vocabulary": set(),
    "samples": set(),
    "target": {"vocabulary"},
    "extractors": {"vocabulary"},
    "mappings": {"vocabulary", "target"},
    "lists": {"vocabulary", "target", "mappings"},
    "matching": {"vocabulary", "target"},
    "validators": {"vocabulary", "target"},
    "reports": {"vocabulary", "target"},
    "reconcile": {"vocabulary", "target", "extractors"},
    "pseudonyms": {"vocabulary", "extractors", "matching"},
    "pipeline": {*ROOMS} - {"cli", "samples", "pseudonyms"},
    "cli": {*ROOMS},
}
"""Imports run one way. Only `demo` and `synth` import samples, which share no code with anybody."""

RECONCILE_MAY_IMPORT = {
    "target": {"adapters", "bulk", "schema.shape", "schema.tables", "database", "ledger"},
    "extractors": {"base"},
}
"""The side that proves shares with the side that writes only the readers of files and of
tables, and what is a database's own."""

FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in FILES]


def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"))


def imported(module: ast.Module) -> set[str]:
    """Dotted names that `module` imports, wherever the import stands; of `from room import x` both parts."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            is_room = "." not in node.module
            names |= {f"{node.module}.{alias.name}" for alias in node.names} if is_room else {node.module}
    return names


def imported_rooms(module: ast.Module) -> set[str]:
    """Rooms that `module` imports."""
    return {name.split(".")[0] for name in imported(module)} & {*ROOMS}


def not_for_proofs(module: ast.Module) -> list[str]:
    """What `module` imports that no proof may lean on."""
    own = {name for name in imported(module) if name.split(".")[0] in {*ROOMS} - {"reconcile", "vocabulary"}}
    allowed = {f"{room}.{place}" for room, places in RECONCILE_MAY_IMPORT.items() for place in places}
    return sorted(name for name in own if not any(f"{name}.".startswith(f"{one}.") for one in allowed))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    assert imported_rooms(tree(path)) - {room} <= MAY_IMPORT[room]


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parts[len(ROOT.parts)] == "reconcile"], ids=lambda path: path.stem
)
def test_what_proves_shares_nothing_with_what_writes(path: Path) -> None:
    assert not_for_proofs(tree(path)) == []


@pytest.mark.parametrize(
    "line",
    [
        "from mappings.parsing.code_lists import code_list",
        "from target.plan import Plan",
        "from target import undo",
        "import target.load",
        "import target",
        "from target.schema import shape",
        "from target.schema.record import record",
        "from lists.custody import in_custody",
        "from extractors.receive import receive",
        "def late():\n    from pipeline.stages.prove import prove",
    ],
)
def test_a_planted_import_of_the_writing_side_is_found(line: str) -> None:
    assert len(not_for_proofs(ast.parse(line))) == 1


def company_words() -> re.Pattern[str]:
    """Company codes and owners' names."""
    with (ROOT / "vocabulary" / "companies.csv").open(encoding="utf-8", newline="") as file:
        owners = {row["owner"] for row in csv.DictReader(file)}
    return re.compile(rf"\bC(0[0-9]|1[0-9]|2[01])\b|\b({'|'.join(sorted(owners))})\b")


def code_of(path: Path) -> str:
    """The file's code without comments and docstrings."""
    module = tree(path)
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value.value = None
    return ast.unparse(module)


def named_companies(path: Path) -> list[str]:
    """Strings of the file's code that name a company; what a docstring tells is no code."""
    module = tree(path)
    told = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    texts = [
        node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    return [text for text in texts if company_words().search(text)]


@pytest.mark.parametrize(
    "path", [path for path in FILES if "samples" not in path.parts], ids=lambda path: path.stem
)
def test_no_python_names_a_company(path: Path) -> None:
    assert named_companies(path) == []


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if not {"samples", "calendar.py"} & {*path.parts}],
    ids=lambda path: path.stem,
)
def test_day_1_is_written_down_once(path: Path) -> None:
    assert re.findall(r"2021-06-2[67]|date\(2021, 6, 2[567]\)", code_of(path)) == []


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    assert [one.name for one in functions if (one.end_lineno or 0) - one.lineno >= 50] == []


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_file_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))


def test_no_two_test_files_have_one_name() -> None:
    """pytest takes a second file of a name for the first, and stops at it where both fall to one worker."""
    names = [path.name for path in TESTS if path.name.startswith("test_")]
    assert [name for name in set(names) if names.count(name) > 1] == []


@pytest.mark.parametrize("word", ["utils", "helpers", "common"])
def test_no_file_has_a_name_that_says_nothing(word: str) -> None:
    assert [name for name in NAMES if Path(name).stem == word or f"/{word}/" in name] == []


def test_no_dependency_ships_a_top_level_name_of_ours() -> None:
    """PyPI has a package called `validators`: installed, it would shadow ours or be shadowed."""
    taken = {room: set(packages_distributions().get(room, ())) - {"day1"} for room in ROOMS}
    assert {room: others for room, others in taken.items() if others} == {}


def test_a_planted_company_code_is_found(tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text('"""C17 may be told here."""\n\nHOME = "C17"\n', "utf-8")
    assert named_companies(planted) == ["C17"]
