"""The golden files: a small delivered file each, and beside it what extract makes of it, in words."""

from pathlib import Path

import polars as pl

from extractors.layout import LATEST_VERSION, parts_of_file
from extractors.problem import Problem
from extractors.readers.source import Source
from extractors.registry import extractor
from vocabulary.companies import EXPORTS
from vocabulary.dialects import dialect

FOLDER = Path(__file__).parent / "files"
FIRST_VERSION = ("C05_staff.xlsx",)
"""Files in the layout of version 1.0 of the specification; the others are in the latest."""
PROVENANCE = ("company", "export", "source_file", "row_number")


def delivered_files() -> list[Path]:
    """Every delivered file that has, or will have, an expected text beside it."""
    return sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected"))


def expected_path(path: Path) -> Path:
    """Where the expected text of a delivered file lies."""
    return path.with_name(f"{path.name}.expected")


def of(path: Path) -> tuple[str, str]:
    """Company and export that a file's name says."""
    company, rest = path.name.split(".")[0].split("_", maxsplit=1)
    return company, next(export for export in EXPORTS if f"{rest}_".startswith(f"{export}_"))


def in_words(path: Path) -> str:
    """The rows, findings and problems of a file, one value to a line. Blank is '', null is left out."""
    company, export = of(path)
    version = "1.0" if path.name in FIRST_VERSION else LATEST_VERSION
    source = Source(
        path, company, export, parts_of_file(export, company, path.name, version), dialect(export, company)
    )
    lines: list[str] = []
    for piece in extractor(export).read(source):
        if isinstance(piece, Problem):
            lines.append(f"{piece.rule}: {piece.message}\n")
        else:
            lines += [_row(piece.part.entity, row) for row in piece.frame.iter_rows(named=True)]
            lines += _findings(piece.findings)
    return "\n".join(lines)


def _row(entity: str, row: dict[str, str | None]) -> str:
    words = {word: value for word, value in row.items() if word not in (*PROVENANCE, "source_row")}
    told = "".join(f"  {word} = {value!r}\n" for word, value in words.items() if value is not None)
    return f"{entity} {row['source_row']}\n{told}"


def _findings(findings: pl.DataFrame) -> list[str]:
    found = findings.select("rule", "severity", "source_row", "column").iter_rows()
    return [f"{rule} {severity}: {row} {column}".rstrip() + "\n" for rule, severity, row, column in found]
