"""Looks at a workbook as the ZIP archive it is, before anything opens it: size, macros, links (F10)."""

import re
import zipfile
import zlib
from collections.abc import Iterator

from extractors.problem import Problem
from extractors.readers.source import Source
from vocabulary.limits import Bounds

PIECE = 1024 * 1024
DOCTYPE, LONGEST_PROLOGUE = re.compile(rb"^\s*<\?xml[^>]*>\s*<!|^\s*<!(?:DOCTYPE|ENTITY)"), 1024
"""Where a part of a workbook declares what only its reader's expansion would tell."""

MACRO_PARTS = re.compile(r"vbaProject|/macrosheets/", re.IGNORECASE)
LINK_PARTS = re.compile(r"xl/externalLinks/|xl/connections\.xml$", re.IGNORECASE)


def check_workbook(source: Source) -> Iterator[Problem]:
    """The F10 problems of the file. It is unpacked in pieces, to nowhere, and no further than the bound."""
    bounds = source.limits.of("xlsx")
    try:
        with zipfile.ZipFile(source.path) as archive:
            yield from (_problem(source, told) for told in archive_complaints(archive, bounds))
            times, most = bounds["times"], bounds["unpacked_bytes"]
            if not fits(archive, min(most, times * source.path.stat().st_size)):
                bound = f"{most // 1024 // 1024} MB or {times} times its own size"
                yield _problem(source, f"unpacks to more than {bound}; it was not opened")
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        yield _problem(source, "is no workbook: not a ZIP archive that can be unpacked without a password")


def archive_complaints(archive: zipfile.ZipFile, bounds: Bounds) -> Iterator[str]:
    """What a workbook must not hold, as its directory tells it."""
    names = archive.namelist()
    if len(names) > bounds["members"]:
        yield f"has {len(names):,} parts, {bounds['members']:,} are allowed"
    elif len({name.lower() for name in names}) < len(names):
        yield "has a part twice: programs differ in which of the two they read"
    if any(MACRO_PARTS.search(name) for name in names):
        yield "holds macros"
    if any(LINK_PARTS.search(name) for name in names):
        yield "holds links to other files"


def fits(archive: zipfile.ZipFile, bound: int) -> bool:
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
            first = content.read(PIECE)
            if DOCTYPE.search(first[:LONGEST_PROLOGUE]):
                raise ValueError("a part declares a document type")
            total += len(first)
            while total <= bound and (piece := content.read(PIECE)):
                total += len(piece)
    return total


def _problem(source: Source, told: str) -> Problem:
    return source.problem("F10", f"{told}. Ask {source.company} for a plain .xlsx workbook with values only.")
