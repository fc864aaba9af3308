"""When is a stage's earlier result still good? When its delivery, our program and data,
and the decisions are the same."""

import hashlib
import platform
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from vocabulary.file_hash import file_hash

PACKAGES = ("extractors", "lists", "mappings", "matching", "pipeline", "target", "validators", "vocabulary")
"""Packages whose code or data can change a result."""

AFTER_THE_LOAD = ("reconcile", "reports")
"""Packages whose code or data can change what is proved and told of a load."""

LIBRARIES = ("polars", "pandera", "sqlalchemy", "openpyxl", "splink", "duckdb")
"""Of others, what the reports name or are made with."""

SUFFIXES = (".py", ".csv", ".toml")
ROOT = Path(__file__).parents[2]
"""Where our packages lie."""


def fingerprint(*parts: str) -> str:
    """One hash of several."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def folder_fingerprint(folder: Path) -> str:
    """Hash over names and contents of all files of `folder`; an absent folder hashes like an empty one."""
    if not folder.is_dir():
        return fingerprint()
    return _of_files(folder, sorted(path for path in folder.rglob("*") if path.is_file()))


@cache
def program_fingerprint() -> str:
    """Hash over our own code, code lists, rules, routing and dictionary."""
    return _of_files(ROOT, program_files())


@cache
def whole_fingerprint() -> str:
    """The same with what is done after the load, and the versions of Python and LIBRARIES."""
    versions = [platform.python_version(), *(version(name) for name in LIBRARIES)]
    return fingerprint(program_fingerprint(), _of_files(ROOT, program_files(AFTER_THE_LOAD)), *versions)


def program_files(packages: Sequence[str] = PACKAGES) -> list[Path]:
    """The files of `packages` that can change a result, absolute."""
    return [path for name in packages for path in sorted((ROOT / name).rglob("*")) if path.suffix in SUFFIXES]


def data_fingerprint(package: str, place: str) -> str:
    """Hash over CSV and TOML at `place` of one of our packages: a file, or a folder and all below."""
    root = ROOT / package / place
    files = [root] if root.is_file() else sorted(root.rglob("*"))
    return _of_files(root.parent, [path for path in files if path.suffix in (".csv", ".toml")])


def _of_files(root: Path, files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(str(path.relative_to(root)).encode())
        total.update(bytes.fromhex(file_hash(path)))
    return total.hexdigest()
