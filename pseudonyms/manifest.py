"""The manifest of the copy: sizes and checksums made anew where they were right, wrong ones as wrong as
they were.

It is copied line by line, so that one that is no TOML stays none. Of a key that nobody knows the text is
replaced, as is every remark: both may name people.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from extractors.manifest import DELIVERY_KEYS, FILE_KEYS
from pseudonyms.columns import Treatment
from vocabulary.file_hash import file_hash

KNOWN = {*DELIVERY_KEYS, *FILE_KEYS, "previous", "extract_taken_at", "rows_by_part"}
LINE = re.compile(r"(\s*)([\w.\"-]+)(\s*=\s*)(.*?)(\s*)", re.DOTALL)
TABLE = re.compile(r"\s*\[\[?[\w.\s\"-]+\]\]?\s*")
NUMBER = re.compile(r"[+-]?[\d_]+(?:\.\d+)?")
NAME = re.compile(r'\s*name\s*=\s*"([^"]*)"')
ENTRY = re.compile(r"^(?=\s*\[\[file\]\])", re.MULTILINE)


@dataclass(frozen=True)
class Bytes:
    """A file before and after."""

    source: Path
    copy: Path


def copied(manifest: str, files: dict[str, Bytes], treat: Treatment) -> str:
    """The text of the manifest of the copy. `files`: those that were copied, by name; `treat`: for remarks
    and for what nobody knows."""
    return "".join(_entry(entry, files, treat) for entry in ENTRY.split(manifest))


def _entry(entry: str, files: dict[str, Bytes], treat: Treatment) -> str:
    named = [found[1] for line in entry.splitlines() if (found := NAME.match(line))]
    file = files.get(named[0]) if named else None
    return "".join(_line(line, file, treat) for line in entry.splitlines(keepends=True))


def _line(line: str, file: Bytes | None, treat: Treatment) -> str:
    said, remark, told = line.partition("#") if '"' not in line.partition("#")[2] else (line, "", "")
    return _said(said, file, treat) + remark + treat(told)


def _said(said: str, file: Bytes | None, treat: Treatment) -> str:
    found = LINE.fullmatch(said)
    if not found:
        return said if not said.strip() or TABLE.fullmatch(said) else treat(said)
    before, key, equals, value, after = found.groups()
    if file and key == "bytes" and value.isdecimal():
        # A size that was wrong by so many bytes is wrong by as many.
        value = str(file.copy.stat().st_size + int(value) - file.source.stat().st_size)
    elif file and key == "sha256" and value.strip('"').lower() == file_hash(file.source):
        value = f'"{file_hash(file.copy)}"'
    elif key not in KNOWN and not NUMBER.fullmatch(value):
        value = treat(value)
    return before + key + equals + value + after
