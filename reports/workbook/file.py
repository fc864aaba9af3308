"""Writes a workbook so that the same figures give the same bytes, and never half a file."""

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook

from reports.atomic_write import atomic_write
from reports.workbook.style import PLAIN

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip archive can name."""

SAVED_AT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def save(workbook: Workbook, path: Path) -> None:
    """Writes `workbook` to `path`, in one step for a reader.

    Raises:
        OSError: no room, or not permitted; `path` is as it was.
    """
    workbook._named_styles["Normal"].font = PLAIN  # type: ignore[attr-defined]  # what widths are counted in
    packed = io.BytesIO()
    workbook.save(packed)
    with atomic_write(path) as beside:
        beside.write_bytes(without_times(packed))


def without_times(packed: io.BytesIO) -> bytes:
    """The archive with the times that openpyxl and zip put in set to a constant."""
    result = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = SAVED_AT.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return result.getvalue()
