"""Looks at a workbook as the ZIP archive it is, before anything opens it: size, macros, links (F10)."""

import re
import zipfile
import zlib
from collections.abc import Iterator

from extractors.problem import Problem
from extractors.readers.sheet_xml import FAR_CELL, any_sheet_has
from extractors.readers.source import Source

MOST_BYTES = 200 * 1024 * 1024
MOST_TIMES = 100
"""A workbook unpacks to at most 200 MB and at most 100 times its own size (F10)."""

PIECE = 1024 * 1024
MACRO_PARTS = re.compile(r"vbaProject|/macrosheets/", re.IGNORECASE)
LINK_PARTS = re.compile(r"xl/externalLinks/|xl/connections\.xml$", re.IGNORECASE)


def check_workbook(source: Source) -> Iterator[Problem]:
    """The F10 problems of the file. It is unpacked in pieces, to nowhere, and no further than the bound."""
    try:
        with zipfile.ZipFile(source.path) as archive:
            yield from _contents(archive, source)
            if not _fits(archive, min(MOST_BYTES, MOST_TIMES * source.path.stat().st_size)):
                bound = f"{MOST_BYTES // 1024 // 1024} MB or {MOST_TIMES} times its own size"
                yield _problem(source, f"unpacks to more than {bound}; it was not opened")
                return
        if any_sheet_has(source.path, FAR_CELL):
            yield _problem(source, "has filled cells right of column AZ, where no agreed sheet reaches")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        yield _problem(source, "is no workbook: not a ZIP archive that can be unpacked without a password")


def _contents(archive: zipfile.ZipFile, source: Source) -> Iterator[Problem]:
    names = archive.namelist()
    if any(MACRO_PARTS.search(name) for name in names):
        yield _problem(source, "holds macros")
    if any(LINK_PARTS.search(name) for name in names):
        yield _problem(source, "holds links to other files")


def _fits(archive: zipfile.ZipFile, bound: int) -> bool:
    """First what the archive says of itself, then what comes out of it: a header may lie."""
    members = archive.infolist()
    return (
        sum(member.file_size for member in members) <= bound and _unpacked(archive, members, bound) <= bound
    )


def _unpacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], bound: int) -> int:
    """Bytes that come out, counted until they pass `bound`."""
    total = 0
    for member in members:
        with archive.open(member) as content:
            while total <= bound and (piece := content.read(PIECE)):
                total += len(piece)
    return total


def _problem(source: Source, told: str) -> Problem:
    return source.problem("F10", f"{told}. Ask {source.company} for a plain .xlsx workbook with values only.")
