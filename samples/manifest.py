"""Writes a delivery's folder: its files, and delivery.toml that counts and sums them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from samples.delivery import BASELINE, Delivery, SentFile


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one file."""

    name: str
    export: str
    rows: int
    size: int
    sha256: str
    encoding: str
    rows_by_part: dict[str, int]
    totals: dict[str, int | str]


def write_delivery(folder: Path, delivery: Delivery, files: list[SentFile]) -> None:
    """Write `files` and their manifest into `folder`, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.name).write_bytes(file.content)
    entries = [entry_of(file) for file in files]
    text = manifest(delivery.company, delivery.cycle, entries, delivery.spec_version)
    (folder / "delivery.toml").write_bytes(text.encode())


def entry_of(file: SentFile) -> Entry:
    """What the manifest says of a file that lies in memory."""
    return Entry(
        name=file.name,
        export=file.export,
        rows=file.rows,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        encoding=file.encoding,
        rows_by_part=file.rows_by_part,
        totals=file.totals,
    )


def manifest(company: str, cycle: str, entries: Sequence[Entry], spec_version: str) -> str:
    """The text of delivery.toml. The baseline is taken two hours after the companies' extracts."""
    hour = "20" if company == BASELINE else "18"
    head = [
        f'spec_version = "{spec_version}"',
        f'company = "{company}"',
        f'cycle = "{cycle}"',
        'kind = "full"',
        'previous = ""',
        f'extract_taken_at = "2021-06-25T{hour}:00:00+01:00"',
    ]
    return "\n".join([*head, *(_lines(entry) for entry in entries)]) + "\n"


def _lines(entry: Entry) -> str:
    lines = [
        "",
        "[[file]]",
        f'name = "{entry.name}"',
        f'export = "{entry.export}"',
        f"rows = {entry.rows}",
        f"bytes = {entry.size}",
        f'sha256 = "{entry.sha256}"',
        f'encoding = "{entry.encoding}"',
    ]
    if entry.rows_by_part:
        counts = ", ".join(f'"{part}" = {rows}' for part, rows in entry.rows_by_part.items())
        lines.append(f"rows_by_part = {{ {counts} }}")
    if entry.totals:
        lines += ["", "[file.totals]", *(f"{name} = {value}" for name, value in entry.totals.items())]
    return "\n".join(lines)
