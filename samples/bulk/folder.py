"""A delivery's folder whose files grow part by part, and whose manifest is written when they are whole."""

import codecs
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from samples.delivery import SentFile
from samples.facts import LATEST_VERSION
from samples.manifest import Entry, entry_of, manifest
from samples.workbooks import Book


@dataclass
class Growing:
    """One file: where it is written, and what the manifest will say of it."""

    name: str
    export: str
    encoding: str
    handle: IO[bytes]
    header: bytes
    rows: int = 0
    size: int = 0
    totals: dict[str, int | str] = field(default_factory=dict)
    rows_by_part: dict[str, int] = field(default_factory=dict)
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, content: bytes, rows: int, totals: dict[str, Any]) -> None:
        """Write more rows; totals add up."""
        self.handle.write(content)
        self.digest.update(content)
        self.rows += rows
        self.size += len(content)
        for name, value in totals.items():
            self.totals[name] = self.totals[name] + value if name in self.totals else value

    def entry(self) -> Entry:
        """What the manifest says of the file."""
        return Entry(
            name=self.name,
            export=self.export,
            rows=self.rows,
            size=self.size,
            sha256=self.digest.hexdigest(),
            encoding=self.encoding,
            rows_by_part=self.rows_by_part,
            totals=self.totals,
        )


class Folder:
    """The folder of a company or of the baseline while it is written."""

    def __init__(self, path: Path, company: str, cycle: str) -> None:
        path.mkdir(parents=True)
        self.path, self.company, self.cycle = path, company, cycle
        self._growing: dict[str, Growing] = {}
        self._whole: list[Entry] = []

    def add(self, file: SentFile) -> None:
        """Append a written file to the one of its name, without the header that this one begins with."""
        growing = self._growing.get(file.name)
        if growing is None:
            header = file.content.partition(b"\r\n")[0].removeprefix(codecs.BOM_UTF8) + b"\r\n"
            handle = (self.path / file.name).open("wb")
            growing = Growing(file.name, file.export, file.encoding, handle, header)
            growing.rows_by_part = file.rows_by_part
            self._growing[file.name] = growing
            growing.add(file.content, file.rows, file.totals)
        else:
            more = file.content.removeprefix(codecs.BOM_UTF8).removeprefix(growing.header)
            growing.add(more, file.rows, file.totals)

    def add_lines(self, name: str, lines: bytes, rows: int, totals: dict[str, int]) -> None:
        """Append lines to a file that is there."""
        self._growing[name].add(lines, rows, totals)

    def add_whole(self, file: SentFile) -> None:
        """Write a file that nothing is appended to."""
        (self.path / file.name).write_bytes(file.content)
        self._whole.append(entry_of(file))

    def add_book(self, name: str, export: str, book: Book, totals: dict[str, int | str]) -> None:
        """Save a workbook that has grown on its own."""
        with (self.path / name).open("w+b") as handle:
            book.save(handle)
            size = handle.seek(0, os.SEEK_END)
            handle.seek(0)
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        rows = sum(book.counts.values())
        self._whole.append(Entry(name, export, rows, size, digest, "binary", book.counts, totals))

    def close(self) -> tuple[int, int, int]:
        """Write the manifest; the number of files, and rows and bytes of all of them."""
        for growing in self._growing.values():
            growing.handle.close()
        entries = [*(growing.entry() for growing in self._growing.values()), *self._whole]
        text = manifest(self.company, self.cycle, entries, LATEST_VERSION)
        (self.path / "delivery.toml").write_bytes(text.encode())
        return len(entries), sum(entry.rows for entry in entries), sum(entry.size for entry in entries)
