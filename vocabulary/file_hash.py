"""The SHA-256 of a file, as manifests and accounts name it."""

import hashlib
from pathlib import Path


def file_hash(path: Path) -> str:
    """64 hexadecimal digits; the file is read bit by bit.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
