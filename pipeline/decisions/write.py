"""Writes several lists of answers as one: after a crash all of them are new, or none is."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

READY = "import.ready"
"""Stands in the folder from the moment that every new list is whole until all of them are in their place."""

COMING = ".coming"


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Put the file `name` with its text into `folder`, for all of `texts` or for none.

    Raises:
        OSError: no room, or not permitted; what was there stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    finish_interrupted(folder)
    for left in folder.glob(f"*{COMING}"):  # of an import that was cut short before it was whole
        left.unlink()
    for name, text in texts.items():
        _write(folder / (name + COMING), text)
    _write(folder / READY, "")
    finish_interrupted(folder)


def finish_interrupted(folder: Path) -> None:
    """Bring an import that was cut short when all its lists were whole to its end."""
    if not (folder / READY).exists():
        return
    for path in sorted(folder.glob(f"*{COMING}")):
        with suppress(FileNotFoundError):  # somebody else was faster
            path.replace(path.with_name(path.name.removesuffix(COMING)))
    (folder / READY).unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
