"""Files written by hand for the readers, one line or cell at a time."""

from pathlib import Path

import polars as pl

from extractors.layout import parts_of_file
from extractors.problem import Problem
from extractors.readers.source import Chunk, Reader, Source
from vocabulary.dialects import dialect
from vocabulary.findings import no_findings


def source(path: Path, company: str, export: str, *, is_delta: bool = False) -> Source:
    """The file at `path` as a delivered file of `company`; its name must be one of the export's."""
    parts = parts_of_file(export, company, path.name)
    return Source(path, company, export, parts, dialect(export, company), is_delta)


def header(found: Source, part: int = 0) -> list[str]:
    """The headers the company agreed to, in order."""
    return list(found.headers(found.parts[part]))


def line(found: Source, separator: str = "|", part: int = 0, **values: str) -> str:
    """A line with `values` under their shared words and nothing else."""
    return separator.join(values.get(word, "") for word in found.headers(found.parts[part]).values())


def read_all(reader: Reader, found: Source) -> tuple[pl.DataFrame, pl.DataFrame, list[Problem]]:
    """All rows of a file with one part, all findings, all problems."""
    pieces = list(reader(found))
    chunks = [piece for piece in pieces if isinstance(piece, Chunk)]
    frame = pl.concat([chunk.frame for chunk in chunks]) if chunks else pl.DataFrame()
    findings = pl.concat([chunk.findings for chunk in chunks]) if chunks else no_findings()
    return frame, findings, [piece for piece in pieces if isinstance(piece, Problem)]


def rules(findings: pl.DataFrame) -> list[tuple[str, str]]:
    """(row, rule) of each finding."""
    return findings.select("source_row", "rule").rows()
