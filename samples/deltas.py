"""Draws a delta from a written full delivery: some rows added, changed and deleted in each of its files.

What is drawn is read back from the files, so that a delta can follow any delivery, also one that was damaged.
"""

import csv
import hashlib
import io
import json
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

ADDED, CHANGED, DELETED = "A", "C", "D"
CHANGE = "change"
MANIFEST = "delivery.toml"


@dataclass(frozen=True)
class Edit:
    """One row of a delta: `take` picks the row of the full delivery that it is made of, `change` says what it
    is, and `values` replace some of its columns."""

    file: str
    change: str
    take: Callable[[dict[str, Any]], bool]
    values: dict[str, Any] = field(default_factory=dict)


def having(column: str, value: str) -> Callable[[dict[str, Any]], bool]:
    """Picks the row that has `value` in `column`."""
    return lambda row: str(row.get(column)) == value


def make_delta(full: Path, out: Path, cycle: str, edits: Sequence[Edit], previous: str = "day-1") -> None:
    """Write the delta `cycle` of the company whose full delivery lies in `full` to `out`.

    Raises:
        LookupError: an edit finds no row to be made of.
    """
    manifest = tomllib.loads((full / MANIFEST).read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for file in manifest["file"]:
        own = [edit for edit in edits if edit.file == file["name"]]
        if own:
            content, rows, by_part = _written(full / file["name"], file["encoding"], own)
            (out / file["name"]).write_bytes(content)
            entries.append({**file, "rows": rows, "rows_by_part": by_part, "content": content})
    head = [
        f'spec_version = "{manifest["spec_version"]}"',
        f'company = "{manifest["company"]}"',
        f'cycle = "{cycle}"',
        'kind = "delta"',
        f'previous = "{previous}"',
        'extract_taken_at = "2021-07-02T18:00:00+01:00"',
    ]
    text = "\n".join([*head, *(_entry(entry) for entry in entries)]) + "\n"
    (out / MANIFEST).write_text(text, encoding="utf-8")


def _entry(entry: dict[str, Any]) -> str:
    lines = [
        "",
        "[[file]]",
        *(f'{name} = "{entry[name]}"' for name in ("name", "export", "encoding")),
        f"rows = {entry['rows']}",
        f"bytes = {len(entry['content'])}",
        f'sha256 = "{hashlib.sha256(entry["content"]).hexdigest()}"',
    ]
    if entry["rows_by_part"]:
        counts = ", ".join(f'"{part}" = {rows}' for part, rows in entry["rows_by_part"].items())
        lines.append(f"rows_by_part = {{ {counts} }}")
    return "\n".join(lines)


def _written(path: Path, encoding: str, edits: Sequence[Edit]) -> tuple[bytes, int, dict[str, int]]:
    write = {".csv": _csv, ".txt": _text, ".jsonl": _json_lines, ".xlsx": _workbook, ".xml": _messages}
    return write[path.suffix](path, encoding, edits)


def _made(rows: Sequence[dict[str, Any]], edit: Edit, file: str) -> dict[str, Any]:
    row = next((row for row in rows if edit.take(row)), None)
    if row is None:
        raise LookupError(f"{file}: no row to make a {edit.change or 'blank'} of")
    return {CHANGE: edit.change, **row, **edit.values}


def _csv(path: Path, encoding: str, edits: Sequence[Edit]) -> tuple[bytes, int, dict[str, int]]:
    raw = path.read_bytes().decode(encoding.removesuffix("-sig"))
    mark, raw = ("\ufeff", raw[1:]) if raw.startswith("\ufeff") else ("", raw)
    delimiter = max(",;\t|", key=raw.splitlines()[0].count)
    rows = list(csv.DictReader(io.StringIO(raw, newline=""), delimiter=delimiter))
    found = io.StringIO(newline="")
    made = [_made(rows, edit, path.name) for edit in edits]
    writer = csv.DictWriter(found, [CHANGE, *rows[0]], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(made)
    return (mark + found.getvalue()).encode(encoding.removesuffix("-sig")), len(made), {}


def _text(path: Path, encoding: str, edits: Sequence[Edit]) -> tuple[bytes, int, dict[str, int]]:
    header, *lines = path.read_bytes().decode(encoding).split("\r\n")
    names = header.split("|")
    rows = [dict(zip(names, line.split("|"), strict=False)) for line in lines if line]
    made = [_made(rows, edit, path.name) for edit in edits]
    written = ["|".join([CHANGE, *names]), *("|".join(map(str, row.values())) for row in made)]
    return "".join(f"{line}\r\n" for line in written).encode(encoding), len(made), {}


def _json_lines(path: Path, encoding: str, edits: Sequence[Edit]) -> tuple[bytes, int, dict[str, int]]:
    rows = [json.loads(line) for line in path.read_bytes().decode(encoding).splitlines() if line]
    made = [_made(rows, edit, path.name) for edit in edits]
    return "".join(f"{json.dumps(row)}\n" for row in made).encode(encoding), len(made), {}


def _workbook(path: Path, encoding: str, edits: Sequence[Edit]) -> tuple[bytes, int, dict[str, int]]:
    del encoding
    book, counts = load_workbook(path), dict[str, int]()
    for sheet in book.worksheets:
        head = next(
            number
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1)
            if sum(cell is not None for cell in cells) > 1
        )
        names = [cell.value for cell in sheet[head] if cell.value is not None]
        rows: list[dict[str, Any]] = [
            dict(zip(map(str, names), cells, strict=False))
            for cells in sheet.iter_rows(min_row=head + 1, values_only=True)
            if any(cell is not None for cell in cells)
        ]
        made = [_made(rows, edit, path.name) for edit in edits if any(edit.take(row) for row in rows)]
        sheet.delete_rows(head, sheet.max_row)
        for number, values in enumerate([[CHANGE, *names], *([*row.values()] for row in made)]):
            for place, value in enumerate(values, start=1):
                sheet.cell(head + number, place, value)
        counts[sheet.title] = len(made)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue(), sum(counts.values()), counts


MESSAGE = re.compile(r"<(?P<tag>(?:\w+:)?SPGMessage)\b(?P<rest>.*?)</(?P=tag)>", re.DOTALL)


def _messages(path: Path, encoding: str, edits: Sequence[Edit]) -> tuple[bytes, int, dict[str, int]]:
    """Messages keep their text; elements are replaced by name, and references counted anew."""
    text = path.read_bytes().decode(encoding)
    found = list(MESSAGE.finditer(text))
    made, counts = [], dict[str, int]()
    for number, edit in enumerate(edits, start=1):
        match = next((one for one in found if edit.take({"text": one.group(0)})), None)
        if match is None:
            raise LookupError(f"{path.name}: no message to make a {edit.change or 'blank'} of")
        body = match.group(0).replace(match.group("tag"), f'{match.group("tag")} change="{edit.change}"', 1)
        for name, value in {**edit.values, "MessageReferenceNumber": number}.items():
            body = re.sub(rf"(<(?:\w+:)?{name}\b[^>]*>)[^<]*(</)", rf"\g<1>{value}\g<2>", body)
        made.append(body)
        record = re.findall(r"</SPGMessageHeader>\s*<(\w+)", body)[0]
        counts[record] = counts.get(record, 0) + 1
    whole = text[: found[0].start()] + "".join(made) + text[found[-1].end() :]
    whole = re.sub(r"(<(?:\w+:)?ControlCount\b[^>]*>)[^<]*(</)", rf"\g<1>{len(made)}\g<2>", whole)
    return whole.encode(encoding), len(made), counts
