"""Pollock's polluted CSV files as pairs: csv/<name> is read as a file of a company, clean/<name> says what
stands in it.

What is right is what the csv module reads in the clean file: its first record is the header that was agreed.
A record of the damaged file may be set aside; loaded it must be one of the clean ones.
"""

import csv
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.ingest_judge import Loaded, Reading
from extractors.layout import Part
from extractors.problem import Problem
from extractors.readers import csv_records
from extractors.readers.source import Source
from vocabulary.dialects import Dialect

AGREED = Dialect("documents", "*", "csv", "utf-8", ",", 1, "%d/%m/%Y", "", ".", "Y/N")
AGREED_NAME = "source.csv"
"""The file that nothing was done to; its header is the one that was agreed."""


def pollock_names(folder: Path) -> list[Path]:
    """The polluted files."""
    return sorted(path for path in (folder / "csv").iterdir() if path.is_file())


def read_pollock(path: Path) -> tuple[dict[str, Any], Reading]:
    """What stands in the clean file, and what our reader makes of the polluted one, rows under their clean
    number."""
    clean = _records(path.parent.parent / "clean" / path.name)
    source_file = path.parent.parent / "clean" / AGREED_NAME
    header = (_records(source_file) if source_file.is_file() else clean)[0]
    headers = {name: f"word{place}" for place, name in enumerate(header)}
    part = Part("documents", "documents", "document", headers)
    source = Source(path, "X00", "documents", (part,), AGREED)
    began = time.perf_counter()
    try:
        reading = _reading(source, part)
    except BaseException as error:
        reading = Reading(crash=f"{type(error).__name__}: {str(error)[:200]}")
    seconds = time.perf_counter() - began
    fitting = [cells for cells in clean[1:] if len(cells) == len(header)]
    rows, drawn = _matched(reading.rows, fitting, header)
    refused = [rule for rule, _ in reading.refused]
    expected = {"rows": {"": drawn}, "refused": refused, "may_refuse": True}
    return expected, Reading(rows, reading.refused, seconds, reading.crash)


def _records(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        return list(csv.reader(file)) or [[]]


def _reading(source: Source, part: Part) -> Reading:
    rows, refused = [], []
    for piece in csv_records.read(source):
        if isinstance(piece, Problem):
            refused += [(piece.rule, piece.message)] if piece.blocks else []
            continue
        said: dict[str, set[str]] = {}
        for row, rule in piece.findings.select("source_row", "rule").iter_rows():
            said.setdefault(row, set()).add(rule)
        for row in piece.frame.iter_rows(named=True):
            cells = {header: row[word] for header, word in part.headers.items()}
            rows.append(Loaded("", row["row_number"], cells, frozenset(said.get(row["source_row"], ()))))
    return Reading(tuple(rows), tuple(refused))


def _matched(
    rows: tuple[Loaded, ...], clean: list[list[str]], header: list[str]
) -> tuple[tuple[Loaded, ...], dict[str, Any]]:
    """Loaded rows beside the clean row they are: what has none is nobody's; a clean row may be missing where
    as many rows were set aside."""
    left = Counter(tuple(cells) for cells in clean)
    aside = sum(row.is_aside for row in rows)
    drawn: dict[str, Any] = {}
    for row in rows:
        key = tuple(row.cells[name] or "" for name in header)
        if not row.is_aside and left[key]:
            left[key] -= 1
            drawn[str(row.number)] = {"fate": "right", "cells": row.cells, "warned": []}
    for place, cells in enumerate(left.elements()):
        fate = "nothing" if place < aside else "right"
        drawn[str(-1 - place)] = {"fate": fate, "cells": dict(zip(header, cells, strict=True)), "warned": []}
    return rows, drawn
