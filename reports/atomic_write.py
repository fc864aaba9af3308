"""A report is there whole or not at all: when the disk is full, or the run is killed, the old one stays."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Gives a place beside `path` to write to, which takes the place of `path` when all is written.

    Raises:
        OSError: no room, or not permitted; `path` is as it was.
    """
    beside = path.with_name(path.name + ".part")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
