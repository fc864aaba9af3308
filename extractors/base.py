"""The contract of extract: a delivery's files become text frames on disk, in bounded pieces."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from extractors.delivery import DeliveredFile, Delivery
from extractors.layout import Part, parts, parts_of_file
from extractors.problem import Problem, problem_findings
from extractors.readers.chunk import empty_frame
from extractors.readers.source import Chunk, Reader, Source
from vocabulary.companies import EXPORTS
from vocabulary.dialects import dialect
from vocabulary.errors import ConfigError
from vocabulary.findings import collect
from vocabulary.limits import Limits, default_limits


@dataclass(frozen=True)
class Extractor:
    """One export and the reader of each container it comes in."""

    export: str
    readers: dict[str, Reader]

    def read(self, source: Source) -> Iterator[Chunk | Problem]:
        """The rows and problems of one file.

        Raises:
            ConfigError: the export's extractor has no reader for the company's container.
        """
        container = source.dialect.container
        if container not in self.readers:
            raise ConfigError(
                f"{source.company} delivers {self.export!r} as {container} (vocabulary/dialects.csv), and "
                f"extractors/registry.py has no reader for that. Add one, or one of the export's own in "
                f"extractors/{self.export}/extractor.py."
            )
        return self.readers[container](source)


@dataclass(frozen=True)
class ExtractAccount:
    """What reading gave: findings in the order of the exports, and rows by (file, entity), unreadable ones
    included."""

    findings: pl.DataFrame
    rows: dict[tuple[str, str], int]


@dataclass
class Texts:
    """The text frames of `delivery`, written piece by piece as its files are read.

    `out`/<export>/<entity>/<n>.parquet for every entity of every export, at least an empty one.
    """

    delivery: Delivery
    out: Path
    found: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    written: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, file: DeliveredFile, piece: Chunk | Problem) -> None:
        """Writes a piece of `file` and keeps what is wrong with it."""
        found = self.found.setdefault(file.export, [])
        if isinstance(piece, Problem):
            found.append(problem_findings([piece], self.delivery.company))
            return
        self._write(file.export, piece.part.entity, piece.frame)
        found.append(piece.findings)
        key = (file.name, piece.part.entity)
        self.rows[key] = self.rows.get(key, 0) + piece.frame.height

    def finish(self) -> ExtractAccount:
        """Writes an empty frame for each entity without a row, so that the next stage finds every one."""
        exports = [export for export in EXPORTS if self.delivery.of(export)]
        for export in exports:
            for part in parts(export, self.delivery.company, self.delivery.spec_version):
                if (export, part.entity) not in self.written:
                    self._write(export, part.entity, _empty(self.delivery, export, part))
        found = [collect(self.found.get(export, [])) for export in exports]
        return ExtractAccount(collect(found), self.rows)

    def _write(self, export: str, entity: str, frame: pl.DataFrame) -> None:
        folder, number = self.out / export / entity, self.written.get((export, entity), 0) + 1
        folder.mkdir(parents=True, exist_ok=True)
        self.written[export, entity] = number
        frame.write_parquet(folder / f"{number:06}.parquet")


def _empty(delivery: Delivery, export: str, part: Part) -> pl.DataFrame:
    style = dialect(export, delivery.company)
    source = Source(delivery.folder, delivery.company, export, (part,), style, delivery.is_delta)
    return empty_frame(source, part)


def source_of(delivery: Delivery, file: DeliveredFile, limits: Limits | None = None) -> Source:
    """Everything a reader needs to know about `file`; a name that is not the export's has no parts."""
    return Source(
        path=delivery.path(file),
        company=delivery.company,
        export=file.export,
        parts=parts_of_file(file.export, delivery.company, file.name, delivery.spec_version),
        dialect=dialect(file.export, delivery.company),
        is_delta=delivery.is_delta,
        limits=limits or default_limits(),
    )


def read_entity(out: Path, entity: str) -> pl.DataFrame:
    """The text frame of `entity` that extract wrote under `out`, rows in the order of the files."""
    return pl.read_parquet(sorted((out / entity).glob("*.parquet")))


def scan_entity(out: Path, entity: str) -> pl.LazyFrame:
    """The same, unread."""
    return pl.scan_parquet(sorted((out / entity).glob("*.parquet")))
