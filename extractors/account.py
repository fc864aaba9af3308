"""Counts what is in a file and compares it with the manifest: rows and parts (F04), control totals (F05)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.delivery import DeliveredFile
from extractors.problem import MANIFEST, Problem
from extractors.readers.source import Chunk, Source
from extractors.registry import extractor
from extractors.totals import Totals


@dataclass
class FileCount:
    """What one file holds: rows by part as the company calls it, totals, and the problems met on the way."""

    rows_by_part: dict[str, int] = field(default_factory=dict)
    totals: dict[str, Decimal] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Rows of all parts."""
        return sum(self.rows_by_part.values())

    @property
    def is_whole(self) -> bool:
        """True when nothing kept rows from being read: only then can they be compared with the manifest."""
        return not any(problem.rule in ("F07", "F10", "F11") for problem in self.problems)


def count(source: Source, keep: Callable[[Chunk | Problem], None] | None = None) -> FileCount:
    """Reads the file once, in bounded pieces; each is given to `keep`, so that nobody need read it again."""
    totals = Totals(source)
    found = FileCount({part.delivered_as: 0 for part in source.parts}, totals.found)
    for piece in extractor(source.export).read(source):
        if keep:
            keep(piece)
        if isinstance(piece, Problem):
            found.problems.append(piece)
        else:
            found.rows_by_part[piece.part.delivered_as] += piece.frame.height
            totals.add(piece)
    return found


def check_rows(file: DeliveredFile, found: FileCount, source: Source) -> Iterator[Problem]:
    """F04. A part that neither side has rows of need not be named."""
    told = []
    if found.rows != file.rows:
        told.append(f"{found.rows} rows are there, {file.rows} in {MANIFEST}")
    if source.dialect.container in ("xlsx", "xml"):
        for part in {**found.rows_by_part, **file.rows_by_part}:
            there, stated = found.rows_by_part.get(part, 0), file.rows_by_part.get(part, 0)
            if there != stated:
                told.append(f"{there} rows of {part!r} are there, {stated} in {MANIFEST}")
    if told:
        yield source.problem("F04", f"{'; '.join(told)}. {_ask(source)}")


def check_totals(file: DeliveredFile, found: FileCount, source: Source) -> Iterator[Problem]:
    """F05. A total the manifest leaves out is not demanded; one the export does not have is refused."""
    told = []
    for name, stated in file.totals.items():
        if name not in found.totals:
            told.append(f"{name} is no control total of this file")
        elif found.totals[name] != stated:
            told.append(f"{name} is {found.totals[name]}, {stated} in {MANIFEST}")
    if told:
        yield source.problem("F05", f"{'; '.join(told)}. {_ask(source)}")


def _ask(source: Source) -> str:
    return f"Ask {source.company} for the file and manifest of one extract."
