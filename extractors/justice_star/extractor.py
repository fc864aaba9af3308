"""justice_star comes as one CSV file."""

from extractors.base import Extractor
from extractors.readers import csv_records

EXTRACTOR = Extractor("justice_star", {"csv": csv_records.read})
