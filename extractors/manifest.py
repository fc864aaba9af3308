"""Checks the shape of a manifest before anything is read from it (F01): keys, types, plain file names."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from extractors.layout import SPEC_VERSIONS

KINDS = ("full", "delta")

LARGEST = 10**18

LONGEST_NAME = 255
"""Bytes that a file system takes as the name of a file."""

DELIVERY_KEYS = {"spec_version": str, "company": str, "cycle": str, "kind": str}
FILE_KEYS = {"name": str, "export": str, "rows": int, "bytes": int, "sha256": str, "encoding": str}


def complaints(manifest: dict[str, Any], company: str, cycle: str) -> list[str]:
    """Everything that is wrong with the manifest, one sentence each; empty when it can be used."""
    found = list(_key_complaints(manifest, DELIVERY_KEYS, "delivery.toml"))
    if not found:
        found += _identity_complaints(manifest, company, cycle)
    if extract_time(manifest.get("extract_taken_at")) is None:
        found.append("extract_taken_at is not a date and time such as 2021-06-25T18:00:00+01:00.")
    if not isinstance(manifest.get("previous", ""), str):
        found.append("previous is not text.")
    files = manifest.get("file", [])
    if not isinstance(files, list) or not all(isinstance(entry, dict) for entry in files):
        return [*found, "the files are not given as [[file]] tables."]
    for number, entry in enumerate(files, 1):
        found += _file_complaints(entry, f"[[file]] number {number}")
    return found + _repeated_names(files)


def extract_time(value: object) -> dt.datetime | None:
    """`extract_taken_at` as a time, whether text or a TOML date-time; None when it is neither."""
    if isinstance(value, dt.datetime):
        return value
    try:
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def is_plain_name(name: str) -> bool:
    """True for the name of a file in the folder itself: a path could lead out of the delivery."""
    is_short = len(name.encode("utf-8", "replace")) <= LONGEST_NAME
    return is_short and name.isprintable() and name not in ("", ".", "..") and not {"/", "\\"} & {*name}


def _key_complaints(table: dict[str, Any], keys: Mapping[str, type], where: str) -> Iterator[str]:
    for key, kind in keys.items():
        if key not in table:
            yield f"{where} has no key {key}."
        elif not _is(table[key], kind):
            yield f"{where}: {key} is not {'a whole number' if kind is int else 'text'}."


def _is(value: object, kind: type) -> bool:
    # In Python a bool is an int; in a manifest `rows = true` is a mistake.
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))


def _identity_complaints(manifest: dict[str, Any], company: str, cycle: str) -> Iterator[str]:
    for key, wanted in {"company": company, "cycle": cycle}.items():
        if manifest[key] != wanted:
            yield f"{key} is {manifest[key]!r}, expected {wanted!r}."
    for key, choices in {"spec_version": SPEC_VERSIONS, "kind": KINDS}.items():
        if manifest[key] not in choices:
            yield f"{key} is {manifest[key]!r}, expected one of {', '.join(choices)}."


def _file_complaints(entry: dict[str, Any], where: str) -> Iterator[str]:
    broken = list(_key_complaints(entry, FILE_KEYS, where))
    yield from broken
    if not broken and not is_plain_name(entry["name"]):
        yield f"{where}: name is not the plain name of a file."
    if not broken and (entry["rows"] < 0 or entry["bytes"] < 0):
        yield f"{where}: rows and bytes cannot be negative."
    if not _is_table_of(entry.get("rows_by_part", {}), (int,)):
        yield f"{where}: rows_by_part is not a table of whole numbers."
    if not _is_table_of(entry.get("totals", {}), (int, Decimal)):
        yield f"{where}: totals is not a table of numbers."


def _is_table_of(value: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, dict) and all(_is_number(number, kinds) for number in value.values())


def _is_number(value: object, kinds: tuple[type, ...]) -> bool:
    if not isinstance(value, kinds) or isinstance(value, bool):
        return False
    # Not a number, infinite, or larger than anything that is counted here.
    is_finite = not isinstance(value, Decimal) or value.is_finite()
    return is_finite and isinstance(value, int | Decimal) and -LARGEST < value < LARGEST


def _repeated_names(files: list[dict[str, Any]]) -> list[str]:
    names = [str(entry.get("name")) for entry in files]
    repeated = sorted({name for name in names if names.count(name) > 1})
    return [f"the file {name} is listed {names.count(name)} times." for name in repeated]
