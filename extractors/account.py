"""Counts what is in a file and compares it with the manifest: rows and parts (F04), control totals (F05).

Where they differ and rows of the file are set aside, these may be why: a line that does not split may be
nobody's row,
half of one, or several. What they can explain refuses nobody's delivery (F14); what they cannot does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.delivery import DeliveredFile
from extractors.problem import MANIFEST, Problem
from extractors.readers.bounds import Clock
from extractors.readers.broken import NOTHING_BROKEN, Broken
from extractors.readers.source import Chunk, Source
from extractors.registry import extractor
from extractors.totals import Totals


@dataclass
class FileCount:
    """What one file holds: rows by part as the company calls it, totals, and the problems met on the way."""

    added: Totals
    rows_by_part: dict[str, int] = field(default_factory=dict)
    broken: dict[str, Broken] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def totals(self) -> dict[str, Decimal]:
        """Each total of the parts the file holds."""
        return self.added.found

    @property
    def rows(self) -> int:
        """Rows of all parts."""
        return sum(self.rows_by_part.values())

    @property
    def is_whole(self) -> bool:
        """True when nothing kept rows from being read: only then can they be compared with the manifest."""
        return not any(problem.rule in ("F07", "F10", "F11", "F15") for problem in self.problems)


PANIC = "PanicException"
"""What a library written in Rust raises where it gives up. It is no Exception, so that nobody takes it for
one."""


def _pieces(source: Source) -> Iterator[Chunk | Problem]:
    try:
        yield from extractor(source.export).read(source)
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        told = "cannot be read: a library gave up on it"
        yield source.problem("F11", f"{told}. Ask {source.company} for the file again, written anew.")


def count(source: Source, keep: Callable[[Chunk | Problem], None] | None = None) -> FileCount:
    """Reads the file once, in bounded pieces; each is given to `keep`, so that nobody need read it again.

    Raises:
        LimitError: the file is beyond one of its limits.
    """
    totals = Totals(source)
    found = FileCount(totals, {part.delivered_as: 0 for part in source.parts})
    clock = Clock(source)
    for piece in _pieces(source):
        if isinstance(piece, Chunk):
            clock.add(piece.frame.height)
        if keep:
            keep(piece)
        if isinstance(piece, Problem):
            found.problems.append(piece)
        else:
            part = piece.part.delivered_as
            found.rows_by_part[part] += piece.frame.height
            found.broken[part] = found.broken.get(part, NOTHING_BROKEN) + piece.broken
            totals.add(piece)
    return found


def check_rows(file: DeliveredFile, found: FileCount, source: Source) -> Iterator[Problem]:
    """F04, or F14 where the rows set aside explain it. A part that neither side has rows of need not be
    named."""
    whole = sum(found.broken.values(), NOTHING_BROKEN)
    told: list[str] = []
    explained: list[str] = []
    if found.rows != file.rows:
        difference = f"{found.rows} rows are there, {file.rows} in {MANIFEST}"
        (explained if _can_be(file.rows, found.rows, whole) else told).append(difference)
    if source.dialect.container in ("xlsx", "xml"):
        for part in {**found.rows_by_part, **file.rows_by_part}:
            there, stated = found.rows_by_part.get(part, 0), file.rows_by_part.get(part, 0)
            if there != stated:
                difference = f"{there} rows of {part!r} are there, {stated} in {MANIFEST}"
                is_why = _can_be(stated, there, found.broken.get(part, NOTHING_BROKEN))
                (explained if is_why else told).append(difference)
    yield from _problems(source, "F04", told, explained, whole)


def check_totals(file: DeliveredFile, found: FileCount, source: Source) -> Iterator[Problem]:
    """F05, or F14 where the rows set aside explain it. A total the manifest leaves out is not demanded; one
    the export does not have is refused."""
    told: list[str] = []
    explained: list[str] = []
    totals = found.totals
    for name, stated in file.totals.items():
        if name not in totals:
            told.append(f"{name} is no control total of this file")
        elif totals[name] != stated:
            is_why = found.added.is_explained(name, stated - totals[name])
            difference = f"{name} is {totals[name]}, {stated} in {MANIFEST}"
            (explained if is_why else told).append(difference)
    yield from _problems(source, "F05", told, explained, found.added.broken)


def _can_be(stated: int, there: int, broken: Broken) -> bool:
    """`there` rows may be the `stated` ones: a broken line holds none, or as many as its fields would
    fill."""
    whole = there - broken.lines
    return broken.lines > 0 and whole <= stated <= whole + broken.most


def check_readable(found: FileCount, source: Source) -> Iterator[Problem]:
    """F11: not one of the rows can be read. Then it is no damage of rows: the file is of another form."""
    aside = sum(broken.aside for broken in found.broken.values())
    if found.rows > 1 and aside == found.rows:
        encoding = source.dialect.encoding
        told = f"none of its {aside} rows can be read"
        why = (
            "it is of another form"
            if encoding == "binary"
            else f"it is not in {encoding}, or of another form"
        )
        yield source.problem("F11", f"{told}: {why}. Ask {source.company} for the file as agreed.")


def _problems(
    source: Source, rule: str, told: list[str], explained: list[str], broken: Broken
) -> Iterator[Problem]:
    if told:
        more = f" {broken.aside} rows are set aside, which does not explain it." if broken.aside else ""
        yield source.problem(rule, f"{'; '.join([*told, *explained])}.{more} {_ask(source)}")
    elif explained:
        ask = f"Ask {source.company} for these rows; the others are read."
        why = f"{broken.told} set aside" if broken.aside else "rows whose amount cannot be read"
        yield source.problem("F14", f"{'; '.join(explained)}: {why} explain it. {ask}")


def _ask(source: Source) -> str:
    return f"Ask {source.company} for the file and manifest of one extract."
