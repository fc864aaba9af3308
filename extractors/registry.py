"""The extractor of each export: a reader for each container, or the export's own where it has one."""

from functools import cache
from importlib import import_module

from extractors.base import Extractor
from extractors.readers import csv_records, jsonl, text, workbook
from extractors.readers.source import Reader
from vocabulary.companies import EXPORTS
from vocabulary.errors import ConfigError
from vocabulary.resources import resource

READERS: dict[str, Reader] = {
    "csv": csv_records.read,
    "jsonl": jsonl.read,
    "text": text.read,
    "xlsx": workbook.read,
}
"""By container (vocabulary/dialects.csv)."""


@cache
def extractor(export: str) -> Extractor:
    """The extractor of `export`: EXTRACTOR of extractors/<export>/extractor.py, else one of READERS.

    Raises:
        ConfigError: there is no such export.
    """
    if export not in EXPORTS:
        raise ConfigError(f"There is no export {export!r}. Exports: {', '.join(EXPORTS)}.")
    if not resource("extractors", export, "extractor.py").is_file():
        return Extractor(export, READERS)
    found = import_module(f"extractors.{export}.extractor").EXTRACTOR
    assert isinstance(found, Extractor)
    return found
