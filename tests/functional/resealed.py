"""Changes a file of a written delivery and makes the manifest agree again."""

import hashlib
import re
from pathlib import Path


def reseal(folder: Path, name: str, content: bytes) -> None:
    """Write a file and make the manifest agree with it in size and hash."""
    (folder / name).write_bytes(content)
    manifest = folder / "delivery.toml"
    head, mark, tail = manifest.read_text("utf-8").partition(f'name = "{name}"')
    assert mark
    tail = re.sub(r"bytes = \d+", f"bytes = {len(content)}", tail, count=1)
    tail = re.sub(r'sha256 = "\w+"', f'sha256 = "{hashlib.sha256(content).hexdigest()}"', tail, count=1)
    manifest.write_text(head + mark + tail, encoding="utf-8")
