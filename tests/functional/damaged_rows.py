"""Damages rows of a written delivery at random places and makes the manifest agree again."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from resealed import sign

KINDS = ("broken", "repeated", "differing", "deleted", "orphaned", "unreadable", "empty")
"""What can happen to a row; see `damage`."""
NOBODY = "999999999999"


class Damage(NamedTuple):
    """One damaged row: the file's ending, which row (counted round and round), and a kind of KINDS."""

    part: str
    row: int
    kind: str


def damage(folder: Path, damages: Sequence[Damage]) -> dict[str, int]:
    """Does `damages` to a delivery of text and CSV files; file name to the rows it has now."""
    for part in sorted({damage.part for damage in damages}):
        (path,) = folder.glob(f"*_{part}")
        path.write_bytes(damaged(path.read_bytes(), [each for each in damages if each.part == part]))
    return sign(folder)


def damaged(content: bytes, damages: Sequence[Damage]) -> bytes:
    """The file with its rows damaged. No cell of the samples holds a line break."""
    header, *rows = content.split(b"\r\n")[:-1]
    separator = b"|" if b"|" in header else b";"
    for each in damages:
        if rows:
            place = each.row % len(rows)
            rows[place : place + 1] = bad_rows(rows[place], header, separator, each.kind)
    return b"\r\n".join([header, *rows, b""])


def bad_rows(row: bytes, header: bytes, separator: bytes, kind: str) -> list[bytes]:
    """What becomes of one row."""
    words, cells = header.split(separator), row.split(separator)
    match kind:
        case "broken":
            return [row + separator]
        case "repeated":
            return [row, row]
        case "differing":
            return [row, separator.join([*cells[:-1], b"X"])]
        case "deleted" if b"SOFT_DELETED" in words:
            cells[words.index(b"SOFT_DELETED")] = b"1"
            return [separator.join(cells)]
        case "orphaned":
            return [separator.join([cells[0], NOBODY.encode(), *cells[2:]])]
        case "unreadable":
            return [separator.join([*cells[:2], b"\x00", *cells[3:]])]
        case "empty":
            return [separator.join([cells[0], *(b"" for _ in cells[1:])])]
        case _:
            return [row]
