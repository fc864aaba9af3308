"""The contract of extract: a delivery's files of one export become text frames on disk, in bounded pieces."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from extractors.delivery import DeliveredFile, Delivery
from extractors.layout import parts, parts_of_file
from extractors.problem import Problem, problem_findings
from extractors.readers.chunk import empty_frame
from extractors.readers.source import Chunk, Reader, Source
from vocabulary.dialects import dialect
from vocabulary.errors import ConfigError
from vocabulary.findings import collect


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

    def extract(self, delivery: Delivery, out: Path) -> "ExtractAccount":
        """Writes `out`/<entity>/<n>.parquet for every entity of the export, at least an empty one."""
        found: list[pl.DataFrame] = []
        rows: dict[tuple[str, str], int] = {}
        writer = _Writer(out)
        for file in delivery.of(self.export):
            for piece in self.read(source_of(delivery, file)):
                if isinstance(piece, Problem):
                    found.append(problem_findings([piece], delivery.company))
                    continue
                writer.write(piece.part.entity, piece.frame)
                found.append(piece.findings)
                key = (file.name, piece.part.entity)
                rows[key] = rows.get(key, 0) + piece.frame.height
        self._write_empty(delivery, writer)
        return ExtractAccount(self.export, collect(found), rows)

    def _write_empty(self, delivery: Delivery, writer: "_Writer") -> None:
        """An empty frame for each entity without a row, so that the next stage finds every one."""
        for part in parts(self.export, delivery.company, delivery.spec_version):
            if part.entity not in writer.written:
                source = Source(
                    delivery.folder,
                    delivery.company,
                    self.export,
                    (part,),
                    dialect(self.export, delivery.company),
                    delivery.is_delta,
                )
                writer.write(part.entity, empty_frame(source, part))


@dataclass(frozen=True)
class ExtractAccount:
    """What extract gave: findings, and rows by (file, entity), unreadable ones included."""

    export: str
    findings: pl.DataFrame
    rows: dict[tuple[str, str], int]


@dataclass
class _Writer:
    """Numbers the Parquet files of each entity; those of an earlier run go first."""

    out: Path
    written: dict[str, int] = field(default_factory=dict)

    def write(self, entity: str, frame: pl.DataFrame) -> None:
        folder = self.out / entity
        if entity not in self.written:
            folder.mkdir(parents=True, exist_ok=True)
            for old in folder.glob("*.parquet"):
                old.unlink()
        self.written[entity] = self.written.get(entity, 0) + 1
        frame.write_parquet(folder / f"{self.written[entity]:06}.parquet")


def source_of(delivery: Delivery, file: DeliveredFile) -> Source:
    """Everything a reader needs to know about `file`; a name that is not the export's has no parts."""
    return Source(
        path=delivery.path(file),
        company=delivery.company,
        export=file.export,
        parts=parts_of_file(file.export, delivery.company, file.name, delivery.spec_version),
        dialect=dialect(file.export, delivery.company),
        is_delta=delivery.is_delta,
    )


def read_entity(out: Path, entity: str) -> pl.DataFrame:
    """The text frame of `entity` that extract wrote under `out`, rows in the order of the files."""
    return pl.read_parquet(sorted((out / entity).glob("*.parquet")))
