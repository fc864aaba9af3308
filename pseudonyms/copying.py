"""Deliveries copied with their people taken out: every file by its container, and the manifest in step."""

import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractors.delivery import stated_version
from extractors.folder import REFERENCE
from extractors.layout import parts_of_file
from extractors.problem import MANIFEST
from extractors.readers.bounds import LimitError
from extractors.readers.source import Source
from pseudonyms.columns import TEXT, Treatments
from pseudonyms.containers import delimited, json_lines, messages, quoted
from pseudonyms.containers.workbook import write_workbook
from pseudonyms.manifest import Bytes, copied
from vocabulary.companies import BASELINE_COMPANY, EXPORTS, companies
from vocabulary.dialects import dialect
from vocabulary.errors import DeliveryError, UsageError

STREAMED: dict[str, Callable[[Source, Treatments], Iterator[bytes]]] = {
    "csv": quoted.copied,
    "jsonl": json_lines.copied,
    "text": delimited.copied,
    "xml": messages.copied,
}
"""By container: the pieces of a copy. A workbook is an archive, and is written as a whole."""

REFERENCE_TABLE = re.compile(r"R_[A-Z0-9_]+\.csv")
"""Tables of codes and descriptions, which are about nobody (target/dictionary/README.md)."""

NAMES = re.compile(r"([A-Z]\d{2})_([a-z_]+?)(?:_[A-Za-z0-9_]+)?\.\w+")
"""Company and export in the name of a delivered file."""


@dataclass(frozen=True)
class Copied:
    """What became of one delivery. `emptied`: files that nobody agreed to, of which the name alone stays."""

    cycle: str
    folder: str
    files: int
    bytes: int
    emptied: int


def pseudonymise(source: Path, target: Path, treatments: Treatments) -> Iterator[Copied]:
    """Copies every delivery below `source` to `target`, which takes its place when all of them are done.

    Raises:
        UsageError: there is no delivery; `target` is there already, or lies in `source`.
        DeliveryError: a file holds what nobody agreed to.
        ConfigError: nobody has said how a field is treated.
    """
    _demand_room(source, target)
    folders = sorted(found.parent for found in source.rglob(MANIFEST) if found.is_file())
    if not folders:
        raise UsageError(f"No delivery is below {source}: none of its folders has a {MANIFEST}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for folder in folders:
            made = aside / folder.relative_to(source)
            made.mkdir(parents=True, exist_ok=True)
            yield _copy_delivery(folder, made, treatments)
        aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _demand_room(source: Path, target: Path) -> None:
    if not source.is_dir():
        raise UsageError(f"{source} is no folder. Name the folder of the deliveries, or of one of them.")
    if target.exists() or target.is_symlink():
        raise UsageError(f"{target} is there already, and nothing is written over. Name a new folder.")
    if target.resolve().is_relative_to(source.resolve()):
        raise UsageError(f"{target} lies in {source}. Name a folder outside of the deliveries.")


def _copy_delivery(folder: Path, made: Path, treatments: Treatments) -> Copied:
    files: dict[str, Bytes] = {}
    emptied = 0
    manifest = (folder / MANIFEST).read_bytes().decode("utf-8", "surrogateescape")
    for path in sorted(folder.iterdir()):
        if path.name == MANIFEST or path.is_symlink():
            continue  # a link could lead anywhere; without it the file is missing all the same (F02)
        if path.is_dir():
            _copy_folder(path, made, treatments)
            continue
        source = source_of(path, _is_delta(manifest))
        name = path.name if source or path.name in manifest else treatments.named("file_name")(path.name)
        if source:
            _copy_file(source, treatments, made / name)
        else:
            (made / name).touch()
            emptied += 1
        files[path.name] = Bytes(path, made / name)
    said = copied(manifest, files, treatments.named(TEXT))
    (made / MANIFEST).write_bytes(said.encode("utf-8", "surrogateescape"))
    size = sum(file.copy.stat().st_size for file in files.values())
    return Copied(folder.parent.name, folder.name, len(files), size, emptied)


def source_of(path: Path, is_delta: bool = False) -> Source | None:
    """A delivered file with its layout; None where no company delivers a file of that name."""
    found = NAMES.fullmatch(path.name)
    known = {BASELINE_COMPANY, *companies()}
    if not found or found[1] not in known:
        return None
    exports = [export for export in EXPORTS if path.name.startswith(f"{found[1]}_{export}")]
    for export in exports:
        if parts := parts_of_file(export, found[1], path.name, stated_version(path.parent)):
            return Source(path, found[1], export, parts, dialect(export, found[1]), is_delta)
    return None


def _copy_file(source: Source, treatments: Treatments, target: Path) -> None:
    if source.dialect.container == "xlsx":
        write_workbook(source, treatments, target)
        return
    try:
        with target.open("wb") as file:
            file.writelines(STREAMED[source.dialect.container](source, treatments))
    except LimitError as error:
        told = f"{source.path} {error}, so nothing was pseudonymised."
        raise DeliveryError(f"{told} Ask {source.company} what it is.") from error


def _copy_folder(folder: Path, made: Path, treatments: Treatments) -> None:
    """A folder in a delivery: the client's reference tables, or one that does not belong there (F02)."""
    if folder.name != REFERENCE:
        (made / treatments.named(TEXT)(folder.name)).mkdir(exist_ok=True)
        return
    (made / REFERENCE).mkdir()
    for path in _reference_tables(folder.iterdir()):
        shutil.copyfile(path, made / REFERENCE / path.name)


def _reference_tables(paths: Iterable[Path]) -> Iterator[Path]:
    for path in sorted(paths):
        if REFERENCE_TABLE.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            yield path


def _is_delta(manifest: str) -> bool:
    return re.search(r'^\s*kind\s*=\s*"delta"', manifest, re.MULTILINE) is not None
