"""When is a stage's earlier result still good? When its delivery, our program and data,
and the decisions are the same."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGES = ("extractors", "lists", "mappings", "matching", "pipeline", "target", "validators", "vocabulary")
"""Packages whose code or data can change a result."""

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


def program_files() -> list[Path]:
    """The files of PACKAGES that can change a result, absolute."""
    return [path for name in PACKAGES for path in sorted((ROOT / name).rglob("*")) if path.suffix in SUFFIXES]


def data_fingerprint(package: str, place: str) -> str:
    """Hash over CSV and TOML at `place` of one of our packages: a file, or a folder and all below."""
    root = ROOT / package / place
    files = [root] if root.is_file() else sorted(root.rglob("*"))
    return _of_files(root.parent, [path for path in files if path.suffix in (".csv", ".toml")])


def _of_files(root: Path, files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        total.update(str(path.relative_to(root)).encode())
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
