"""The note beside a cycle that says how it was drawn, and that it was drawn at all."""

import json
from collections.abc import Sequence
from pathlib import Path


def marker(out: Path, cycle: str) -> Path:
    """Where the note of a cycle lies."""
    return out / f"synth-{cycle}.toml"


def write_marker(out: Path, cycle: str, asked: dict[str, int | Sequence[str]]) -> None:
    """Write what the cycle was asked for with."""
    out.mkdir(parents=True, exist_ok=True)
    # numbers, and lists of texts, are written alike in JSON and TOML
    text = "".join(f"{name} = {json.dumps(value)}\n" for name, value in asked.items())
    marker(out, cycle).write_text(text, encoding="utf-8", newline="\n")
