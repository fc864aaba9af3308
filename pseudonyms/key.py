"""The secret key of a pseudonymisation: where it comes from, and what is drawn with it."""

import hashlib
import hmac
import os
import stat
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from vocabulary.errors import UsageError

VARIABLE = "DAY1_PSEUDONYM_KEY"
LEAST = 32
"""Characters of a key at least: 128 bits, as `openssl rand -hex 16` writes them."""

OTHERS = 0o077
"""What nobody but the owner may do with the file of the key."""

HOW = f"Draw one with: (umask 077; openssl rand -hex 32 > pseudonym.key), and give --key-file or {VARIABLE}."


class Secret:
    """Draws by HMAC-SHA256 (RFC 2104): the same key, use and text give the same, and nobody without the key
    can say what."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(key).digest()

    def bits(self, use: str, text: str) -> bytes:
        """32 bytes for `text` in this `use`."""
        message = f"{use}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, message, "sha256")

    def stream(self, use: str, text: str, length: int) -> bytes:
        """As many bytes as are asked for."""
        return hashlib.shake_256(self.bits(use, text)).digest(length)

    @cached_property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that tell two keys apart, and nothing of either."""
        return self.bits("fingerprint", "").hex()[:8]


def read_key(file: Path | None, environment: Mapping[str, str] = os.environ) -> Secret:
    """The key in `file`, else the one in the environment.

    Raises:
        UsageError: there is none, or both; it is too short; others may read the file.
    """
    given = environment.get(VARIABLE, "")
    if file and given:
        raise UsageError(f"There are two keys: --key-file and {VARIABLE}. Give one of them.")
    if file:
        return _long_enough(_text_of(file).strip(), str(file))
    if not given.strip():
        raise UsageError(f"There is no key, and without one nothing is pseudonymised. {HOW}")
    return _long_enough(given.strip(), VARIABLE)


def _text_of(file: Path) -> str:
    try:
        mode = file.stat().st_mode
        if stat.S_ISREG(mode) and mode & OTHERS:
            raise UsageError(f"{file} may be read by others than its owner: chmod 600 {file}, or a new key.")
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is no text"
        raise UsageError(f"The key in {file} cannot be read: {told}. {HOW}") from error


def _long_enough(key: str, where: str) -> Secret:
    if len(key) < LEAST:
        raise UsageError(f"The key in {where} has {len(key)} characters, {LEAST} are needed. {HOW}")
    return Secret(key.encode())
