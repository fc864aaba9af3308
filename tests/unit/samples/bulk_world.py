"""Small deliveries drawn part by part, read back with csv, lxml and tomllib alone."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from samples.bulk.write import Asked, write_country

DELIUS, GATEWAY = "C06", "C21"
PEOPLE, CONTACTS = 340, 40
"""Enough for a second part of both companies."""


def draw(out: Path, **asked: Any) -> Path:
    """Draw two companies into `out`; the folder of the cycle."""
    wanted = {"people": PEOPLE, "companies": (DELIUS, GATEWAY), "contacts": CONTACTS} | asked
    for _ in write_country(out, Asked(**wanted), lambda _: None):
        pass
    return out / "day-1"


def told(folder: Path) -> dict[str, dict[str, Any]]:
    """File to what the manifest says of it."""
    with (folder / "delivery.toml").open("rb") as file:
        return {entry["name"]: entry for entry in tomllib.load(file)["file"]}


def counted(folder: Path) -> dict[str, tuple[int, str]]:
    """File to its size and hash as it lies there."""
    return {
        path.name: (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in folder.iterdir()
        if path.name != "delivery.toml"
    }


def contents(folder: Path) -> dict[str, tuple[int, str]]:
    """Every file below `folder` with its size and hash."""
    return {
        f"{part.name}/{name}": found
        for part in sorted(folder.iterdir())
        for name, found in counted(part).items()
    }
