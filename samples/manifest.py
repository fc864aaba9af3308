"""Writes a delivery's folder: its files, and delivery.toml that counts and sums them."""

import hashlib
from pathlib import Path

from samples.delivery import BASELINE, Delivery, SentFile


def write_delivery(folder: Path, delivery: Delivery, files: list[SentFile]) -> None:
    """Write `files` and their manifest into `folder`, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.name).write_bytes(file.content)
    (folder / "delivery.toml").write_bytes(manifest(delivery, files).encode())


def manifest(delivery: Delivery, files: list[SentFile]) -> str:
    """The text of delivery.toml. The baseline is taken two hours after the companies' extracts."""
    hour = "20" if delivery.company == BASELINE else "18"
    head = [
        f'spec_version = "{delivery.spec_version}"',
        f'company = "{delivery.company}"',
        f'cycle = "{delivery.cycle}"',
        'kind = "full"',
        'previous = ""',
        f'extract_taken_at = "2021-06-25T{hour}:00:00+01:00"',
    ]
    return "\n".join([*head, *(_file(file) for file in files)]) + "\n"


def _file(file: SentFile) -> str:
    lines = [
        "",
        "[[file]]",
        f'name = "{file.name}"',
        f'export = "{file.export}"',
        f"rows = {file.rows}",
        f"bytes = {len(file.content)}",
        f'sha256 = "{hashlib.sha256(file.content).hexdigest()}"',
        f'encoding = "{file.encoding}"',
    ]
    if file.rows_by_part:
        counts = ", ".join(f'"{part}" = {rows}' for part, rows in file.rows_by_part.items())
        lines.append(f"rows_by_part = {{ {counts} }}")
    if file.totals:
        lines += ["", "[file.totals]", *(f"{name} = {value}" for name, value in file.totals.items())]
    return "\n".join(lines)
