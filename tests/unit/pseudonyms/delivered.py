"""Small files as companies deliver them, and their copies."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pseudonyms.columns import Treatments
from pseudonyms.copying import STREAMED, source_of
from samples.make import make


@cache
def deliveries() -> Path:
    """One small delivery of a company of each kind, and the baseline."""
    folder = Path(mkdtemp(prefix="pseudonyms-"))
    make(folder, companies=("C03", "C04", "C11", "C17"), people=24)
    return folder / "day-1"


def changed(folder: Path, name: str, content: bytes) -> Path:
    """A file of this name and content in a delivery of its own."""
    path = folder / name
    path.write_bytes(content)
    return path


def copy_of(path: Path, treatments: Treatments) -> bytes:
    """The copy of a file that is no workbook."""
    source = source_of(path)
    assert source is not None
    return b"".join(STREAMED[source.dialect.container](source, treatments))
