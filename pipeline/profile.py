"""What is in a file or delivery before anything is run: columns, fill, lengths, odd values, lost teams."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from extractors.delivery import stated_version
from extractors.layout import parts_of_file
from extractors.problem import Problem
from extractors.readers.source import Chunk, Source
from extractors.registry import extractor
from mappings.allocation.routing import NO_TEAMS
from mappings.allocation.routing_gaps import teams_without_receiver
from mappings.basis import layout_marks
from mappings.parsing.code_lists import code_list
from mappings.parsing.convert import convert
from pipeline.workspace import BASELINE_FOLDER
from vocabulary.companies import BASELINE_COMPANY, EXPORTS, companies
from vocabulary.dialects import dialect
from vocabulary.errors import UsageError
from vocabulary.findings import collect
from vocabulary.source import CASE_SYSTEMS, Word, source_words

TOP = 5
"""Codes or shapes of a column that are shown, most frequent first."""

NOT_SHOWN = ("text(", "sha256")
"""Types that hold words of people begin so, and a checksum tells nothing: not even shapes are shown."""


@dataclass(frozen=True)
class ColumnProfile:
    """One column of one part.

    `odd` counts what reading found there (T03, T09, T12). `basis`: whether the column is public or assumed.
    `shown` are codes with their counts, or shapes (9 a digit, A a letter).
    """

    file: str
    entity: str
    column: str
    rows: int
    filled: int
    distinct: int
    shortest: int
    longest: int
    odd: str
    basis: str
    shown: str


@dataclass(frozen=True)
class Profile:
    """`problems` are files and rows that cannot be read; `gaps` has team, cases
    (mappings.allocation.routing_gaps)."""

    columns: tuple[ColumnProfile, ...]
    problems: tuple[str, ...]
    gaps: tuple[tuple[str, int], ...]


def nothing_decided(_company: str) -> pl.DataFrame:
    """No answers about teams."""
    return NO_TEAMS


def profile(path: Path, decided: Callable[[str], pl.DataFrame] = nothing_decided) -> Profile:
    """The profile of a delivered file, or of every file of a company's folder.

    `decided`: the answers about teams of a company (mappings.allocation.routing).

    Raises:
        UsageError: there is nothing there that a company delivers.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    sources = [source for file in files if (source := _source(file)) is not None]
    if not sources:
        raise UsageError(
            f"{path}: nothing here is named like a delivered file. Name a file such as C17_upw_sessions.csv, "
            "or the folder of one company's delivery."
        )
    columns: list[ColumnProfile] = []
    problems: list[str] = []
    frames: dict[str, pl.DataFrame] = {}
    for source in sources:
        for entity, frame, findings in _read(source, problems):
            columns += _columns(source, entity, frame, findings)
            problems += _unreadable(source, findings)
            if source.export in CASE_SYSTEMS:
                typed = _typed(frame, source, entity)
                frames[entity] = pl.concat([frames[entity], typed]) if entity in frames else typed
    return Profile(tuple(columns), tuple(problems), _gaps(sources[0], frames, decided))


def _source(file: Path) -> Source | None:
    """How to read the file; None when no company delivers one of that name."""
    prefix = file.name[:3]
    company = BASELINE_COMPANY if file.parent.name == BASELINE_FOLDER else prefix
    if company != BASELINE_COMPANY and company not in companies():
        return None
    version = stated_version(file.parent)
    for export in EXPORTS:
        if parts := parts_of_file(export, company, file.name, version):
            return Source(file, company, export, parts, dialect(export, company))
    return None


def _read(source: Source, problems: list[str]) -> Iterator[tuple[str, pl.DataFrame, pl.DataFrame]]:
    """Every entity of the file in one frame, with the findings of reading it."""
    pieces: dict[str, list[Chunk]] = {}
    for piece in extractor(source.export).read(source):
        if isinstance(piece, Problem):
            problems.append(piece.message)
        else:
            pieces.setdefault(piece.part.entity, []).append(piece)
    for entity, chunks in pieces.items():
        yield entity, pl.concat([one.frame for one in chunks]), collect([one.findings for one in chunks])


def _unreadable(source: Source, findings: pl.DataFrame) -> Iterator[str]:
    """Rows that have no columns to look at (T01, T02), counted."""
    rows = findings.filter(pl.col("column") == "")
    for rule, count in rows.group_by("rule").len().sort("rule").iter_rows():
        yield f"{source.path.name}: {count:,} rows with {rule}"


def _typed(frame: pl.DataFrame, source: Source, entity: str) -> pl.DataFrame:
    typed = convert(frame, source.export, entity, source.company).frame
    if "is_deleted" in typed.columns:
        typed = typed.filter(~pl.col("is_deleted").fill_null(False))
    return typed


def _gaps(
    source: Source, frames: dict[str, pl.DataFrame], decided: Callable[[str], pl.DataFrame]
) -> tuple[tuple[str, int], ...]:
    """Only a whole case system says which cases are live."""
    if source.company == BASELINE_COMPANY:
        return ()
    whole = [export for export in CASE_SYSTEMS if set(source_words(export)) <= set(frames)]
    answers = decided(source.company)
    found = [teams_without_receiver(frames, export, source.company, answers) for export in whole]
    return tuple(row for gaps in found for row in gaps.iter_rows())


def _columns(
    source: Source, entity: str, frame: pl.DataFrame, findings: pl.DataFrame
) -> Iterator[ColumnProfile]:
    for word in source_words(source.export)[entity]:
        value = frame[word.name].str.strip_chars()
        filled = value.filter(value.fill_null("") != "")
        lengths = filled.str.len_chars().unique().to_list()
        yield ColumnProfile(
            file=source.path.name,
            entity=entity,
            column=word.name,
            rows=frame.height,
            filled=filled.len(),
            distinct=filled.n_unique(),
            shortest=min(lengths, default=0),
            longest=max(lengths, default=0),
            odd="; ".join(_odd(findings, word.name)),
            basis=layout_marks(source.export)[entity, word.name],
            shown=_shown(filled, word, source),
        )


def _odd(findings: pl.DataFrame, word: str) -> Iterator[str]:
    named = findings.filter(pl.col("column").str.split(";").list.contains(word))
    for rule, count in named.group_by("rule").len().sort("rule").iter_rows():
        yield f"{count:,} {rule}"


def _shown(filled: pl.Series, word: Word, source: Source) -> str:
    """Known codes by name; of anything else only the shape, and of words of people nothing."""
    if word.type.startswith(NOT_SHOWN):
        return ""
    shape = filled.str.replace_all(r"\d", "9").str.replace_all(r"\p{L}", "A")
    if word.code_list:
        known = code_list(word.code_list, source.export, source.company).known
        is_known = filled.is_in(list(known))
        shape = pl.select(pl.when(is_known).then(filled).otherwise(pl.lit("unknown ") + shape)).to_series()
    counts = shape.rename("shape").value_counts(sort=True)
    most = counts.sort("count", "shape", descending=[True, False]).head(TOP)
    told = [f"{name} ({count:,})" for name, count in most.iter_rows()]
    more = counts.height - TOP
    return ", ".join(told) + (f" and {more} more" if more > 0 else "")
