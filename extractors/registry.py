"""Which exports can be read: those whose folder has an extractor.py."""

from functools import cache
from importlib import import_module

from extractors.base import Extractor
from extractors.readers import csv_records, jsonl, text, workbook
from extractors.readers.source import Reader
from vocabulary.companies import EXPORTS
from vocabulary.errors import ConfigError
from vocabulary.resources import resource

READ = tuple(export for export in EXPORTS if resource("extractors", export, "extractor.py").is_file())
"""The exports that extract reads. The others are received, checked and listed, and not demanded (F12)."""

PLAIN_READERS: dict[str, Reader] = {
    "text": text.read,
    "csv": csv_records.read,
    "xlsx": workbook.read,
    "jsonl": jsonl.read,
}
"""Readers that know nothing of the export: enough to count the rows of one without an extractor."""


@cache
def extractor(export: str) -> Extractor:
    """The extractor of `export`.

    Raises:
        ConfigError: the export has no extractor.py.
    """
    if export not in READ:
        raise ConfigError(
            f"Export {export!r} has no extractors/{export}/extractor.py. Read: {', '.join(READ)}."
        )
    found = import_module(f"extractors.{export}.extractor").EXTRACTOR
    assert isinstance(found, Extractor)
    return found


def counter(export: str) -> Extractor:
    """The extractor of `export`, or one that can only count its rows."""
    return extractor(export) if export in READ else Extractor(export, PLAIN_READERS)
