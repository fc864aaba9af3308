"""Searches the XML of a workbook's sheets for what the fast reader does not tell, or must not meet."""

import re
import zipfile
from pathlib import Path

PIECE = 1024 * 1024
OVERLAP = 256
"""Bytes kept from one piece to the next, so that a tag cut in two is found."""

FORMULA_OR_ERROR = re.compile(rb"""<(?:\w+:)?(?:f[ >/]|c\b[^>]*\bt=["']e["'])""")
"""A formula element, or a cell that shows an error value."""

FAR_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*\br=["'](?:[B-Z][A-Z]|[A-Z]{3})\d+["'][^>/]*>""")
"""A filled cell right of column AZ. The reader makes a full grid up to it, which can take all memory."""


def any_sheet_has(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """True when `pattern`, of fewer bytes than the overlap, occurs in a sheet of the workbook."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name)]
        return any(_occurs(archive, name, pattern) for name in sheets)


def _occurs(archive: zipfile.ZipFile, name: str, pattern: re.Pattern[bytes]) -> bool:
    rest = b""
    with archive.open(name) as sheet:
        while piece := sheet.read(PIECE):
            if pattern.search(rest + piece):
                return True
            rest = piece[-OVERLAP:]
    return False
