"""documents comes as one CSV file."""

from extractors.base import Extractor
from extractors.readers import csv_records

EXTRACTOR = Extractor("documents", {"csv": csv_records.read})
