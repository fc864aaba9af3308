"""Writes the export: a folder of numbered files in the order in which they are to be used, with a list of all
of them."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from target.export.loaded import NEW, Loads
from target.export.sqlldr import (
    STAGING,
    apply_changes,
    control_file,
    count_drifted,
    create_staging,
    staging_fields,
    write_rows,
)
from target.schema.shape import Column, columns
from vocabulary.errors import UsageError
from vocabulary.file_hash import file_hash

LIST, README = "files.csv", "README.txt"
INSERT, STAGE, SQL = "insert", "stage", "sql"


@dataclass(frozen=True)
class ExportedFile:
    """One file: `kind` is insert, stage (changed rows, before they are written) or sql; `rows` that a data
    file holds or a statement must touch."""

    file: str
    kind: str
    table: str
    rows: int
    bytes: int
    sha256: str


@dataclass
class Export:
    """The files written so far, numbered."""

    folder: Path
    files: list[ExportedFile] = field(default_factory=list)
    number: int = 0

    def rows(self, kind: str, name: str, known: Mapping[str, Column], pieces: Iterator[pl.DataFrame]) -> int:
        """Control and data file of a table, whose columns are among `known`; how many rows."""
        data = self._next(name, "dat")
        count, header = 0, list[str]()
        for piece in pieces:
            write_rows(piece, data, is_first=not count)
            count, header = count + piece.height, piece.columns
        control = data.with_suffix(".ctl")
        control.write_text(control_file(name, data, [(one, known[one]) for one in header]), encoding="utf-8")
        for path in (control, data):
            self._add(path, kind, name, count)
        return count

    def sql(self, name: str, word: str, rows: int, *statements: str) -> None:
        """A file of statements about table `name`."""
        path = self._next(f"{name}-{word}", "sql")
        path.write_text("".join(f"{statement};\n\n" for statement in statements), encoding="utf-8")
        self._add(path, SQL, name, rows)

    def _next(self, name: str, suffix: str) -> Path:
        self.number += 1
        return self.folder / f"{self.number:03}-{name}.{suffix}"

    def _add(self, path: Path, kind: str, name: str, rows: int) -> None:
        size = path.stat().st_size
        self.files.append(ExportedFile(path.name, kind, name, rows, size, file_hash(path)))


def write_export(loads: Loads, folder: Path, told: str) -> list[ExportedFile]:
    """Write all files into `folder`, which is new or empty; the list of them. `told`: what is exported, for
    the README. It is there whole or not at all.

    Raises:
        UsageError: there is something in the folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty. Name a new folder: an export is whole or it is none.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f"{folder.name}-", dir=folder.parent) as beside:
        export = Export(Path(beside) / folder.name)
        export.folder.mkdir()
        for name in loads.inserted_tables():
            export.rows(INSERT, name, columns(name), loads.inserted_rows(name))
        for number, name in enumerate(loads.changed_tables(), start=1):
            _write_changes(export, loads, name, f"{STAGING}{number:03}")
        _write_list(export)
        (export.folder / README).write_text(HOW_TO.format(told=told, list=LIST), encoding="utf-8")
        if folder.exists():
            folder.rmdir()
        export.folder.rename(folder)
    return export.files


def _write_changes(export: Export, loads: Loads, name: str, staging: str) -> None:
    first, pieces = _peeked(loads.changed_rows(name))
    changed = [column.removeprefix(NEW) for column in first.columns if column.startswith(NEW)]
    fields_of = staging_fields(name, changed)
    export.sql(name, "create", 0, create_staging(staging, fields_of))
    rows = export.rows(STAGE, staging, dict(fields_of), pieces)
    export.sql(name, "drifted", 0, count_drifted(staging, name, changed))
    export.sql(name, "apply", rows, apply_changes(staging, name, changed))
    export.sql(name, "drop", 0, f"DROP TABLE {staging}")


def _peeked(pieces: Iterator[pl.DataFrame]) -> tuple[pl.DataFrame, Iterator[pl.DataFrame]]:
    """The first of them, and all of them."""
    first = next(pieces)

    def every() -> Iterator[pl.DataFrame]:
        yield first
        yield from pieces

    return first, every()


def _write_list(export: Export) -> None:
    with (export.folder / LIST).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [one.name for one in fields(ExportedFile)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(one) for one in export.files)


HOW_TO = """What day1 wrote, for a database that it may not enter: {told}.

These files hold personal data. Keep them where only those may read who load them, and destroy them
afterwards.

1. Compare each file's SHA-256 with {list}.
2. Go through the files in the order of their numbers, within one window in which nobody else writes:
   insert  sqlldr userid=... control=<file>.ctl     appends rows; the log must say as many as {list}
   stage   the same: changed rows come into a table of their own, made by the file before it
   sql     -create   makes that table
           -drifted  counts rows that are not as they were when the change was worked out. Not 0: stop, and
                     have the change worked out again on the state of today
           -apply    writes; it must touch as many rows as {list} says, else roll back
           -drop     takes that table away
3. Commit when all is done. Row numbers are those that day1 gave: the ranges must be kept free, and
   sequences set above them. Each company's crosswalk (which source row became which number) stays with day1.
4. What nDelius works out for itself from other rows is not here: CASELOAD, ORGANISATION_OFFENDER and the
   arrays of areas. Have its own jobs build them for the persons concerned before anybody is let in: until
   then rows that were added are seen by nobody.
"""
